"""Places that lists are narrowed by: somebody's address stands in no address of ours.

What was typed stays with the session, under a sign; the address carries the sign.
"""

from typing import Any

from django.utils.crypto import salted_hmac

KEPT = 20
SALT = "townline.desk.places"


def sign_for(session: Any, text: str) -> str:
    """The sign under which this text is kept; empty for none."""
    if not text:
        return ""
    sign = salted_hmac(SALT, text).hexdigest()[:16]
    kept = session.get("places", {})
    if sign in kept:
        return sign
    session["places"] = dict([*kept.items(), (sign, text)][-KEPT:])
    return sign


def text_of(session: Any, sign: str) -> str:
    """What was typed; nothing when this session does not know the sign."""
    return str(session.get("places", {}).get(sign, "")) if sign else ""
