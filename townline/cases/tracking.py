"""Following one's own case without an account.

The mail that acknowledges a case carries a signed link. Opening it starts a
session that may track this one case, and the link leaves the address bar at
once. Without the link, a reference together with the e-mail address or the
postal code given at intake does the same.
"""

from collections.abc import MutableMapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.core import signing
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from townline.cases.places import postal_code
from townline.customers.models import ContactPoint, Customer

if TYPE_CHECKING:
    from townline.cases.models import Case

SALT = "townline.track"
FOLLOW_SALT = "townline.follow"
DAYS = 365


@dataclass(frozen=True)
class Tracker:
    """Somebody who has proved to know these cases, or sent them from this browser, and nothing more."""

    case_ids: frozenset[int] = field(default_factory=frozenset)
    drafter: str = ""
    follower_ids: frozenset[int] = field(default_factory=frozenset)
    is_anonymous: bool = True
    is_employee: bool = False

    @classmethod
    def of(cls, session: MutableMapping[str, Any]) -> "Tracker":
        """The tracker that this browser session has become."""
        return cls(
            frozenset(session.get("tracked", [])),
            session.get("drafter", ""),
            frozenset(session.get("followed", [])),
        )

    @staticmethod
    def admit(session: MutableMapping[str, Any], case_id: int) -> None:
        """Let this session track the case; the newest fifty are kept."""
        _remember(session, "tracked", case_id)

    @staticmethod
    def admit_follower(session: MutableMapping[str, Any], follower_id: int) -> None:
        """Let this session see what this follower sees; the newest fifty are kept."""
        _remember(session, "followed", follower_id)


def _remember(session: MutableMapping[str, Any], name: str, known_id: int) -> None:
    known = [one for one in session.get(name, []) if one != known_id]
    session[name] = [*known, known_id][-50:]


@dataclass(frozen=True)
class Passerby:
    """Somebody of the public, who hears of a case no more than its service shares."""

    is_anonymous: bool = True
    is_employee: bool = False


def follower_token(follower: Any) -> str:
    """What the link in a follower's mail carries."""
    return signing.dumps(follower.pk, salt=FOLLOW_SALT)


def follower_of_token(token: str) -> int | None:
    """The follower a link is for; None for a link that is not ours or too old."""
    return _read(token, FOLLOW_SALT)


class DaySigner(signing.TimestampSigner):
    """Signs with the day and not the second, so that a link in a preview is the link in the mail."""

    def timestamp(self) -> str:
        """When today began."""
        began = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
        return signing.b62_encode(int(began.timestamp()))


def link_token(case: "Case") -> str:
    """What the link in our mail carries; the same all day."""
    return DaySigner(salt=SALT).sign_object(case.pk)


def case_of_token(token: str) -> int | None:
    """The case a link leads to; None for a link that is not ours or too old."""
    return _read(token, SALT)


def _read(token: str, salt: str) -> int | None:
    try:
        found = signing.loads(token, salt=salt, max_age=DAYS * 24 * 3600)
    except signing.BadSignature:
        return None
    return found if isinstance(found, int) else None


def knows(case: "Case | None", proof: str) -> bool:
    """Is this the e-mail address or the postal code that was given with the case?

    Does the same work for a case that does not exist, so that the answer's
    time tells a stranger nothing.
    """
    given = case.contact_point.current if case and case.contact_point else None
    family = Customer.objects.family([given.customer_id if given else 0])
    points = ContactPoint.objects.filter(customer__in=family).exclude(status=ContactPoint.Status.RETIRED)
    mailing = [point.value for point in points if point.kind == ContactPoint.Kind.MAIL]
    known_postals = {postal for text in mailing if (postal := postal_code(text))}
    is_address = given is not None and given.kind == ContactPoint.Kind.EMAIL and not given.is_retired
    known_address = given.key if given and is_address else ""
    same_address = constant_time_compare(proof.strip().lower(), known_address) and bool(known_address)
    return same_address or postal_code(proof) in known_postals


def follows(case: "Case | None", proof: str) -> int | None:
    """The follower of this case who gave this e-mail address; None when there is none. The same work for any case."""
    from townline.cases.models import Follower

    key = proof.strip().lower()
    followers = Follower.objects.live().with_addresses().filter(case=case.pk if case else 0)
    points = [(one.pk, one.address) for one in followers]
    same = [pk for pk, point in points if point and constant_time_compare(point.key, key)]
    return same[-1] if same and key else None
