"""Who comes back from the identity provider: the member of staff, or a sentence why nobody."""

from typing import Any

from django.utils.translation import gettext as _

from townline.accounts.models import Identity, Invitation, User
from townline.core.refusals import NotPossible


def person_of(claims: dict[str, Any]) -> User:
    """The member of staff whom the provider speaks of; linked at the first time by an address that is proved twice.

    Nobody is made who was not invited, and a customer's account is never taken.
    """
    issuer, subject = claims["iss"], claims["sub"]
    known = Identity.objects.filter(issuer=issuer, subject=subject).select_related("user").first()
    user = known.user if known else _by_address(claims)
    if not user.is_employee:
        raise NotPossible(_nobody())
    if not user.is_active:
        raise NotPossible(_("Your account here is switched off. Ask the person who looks after staff accounts."))
    if not known:
        user.link_identity(by=user, issuer=issuer, subject=subject)
    return user


def _by_address(claims: dict[str, Any]) -> User:
    address = str(claims.get("email") or "").strip().lower()
    if not address or claims.get("email_verified") is not True:
        raise NotPossible(_("Your organization’s sign-in did not confirm your e-mail address, so we cannot know you."))
    found = User.objects.filter(kind=User.Kind.STAFF, email=address, emailaddress__email=address)
    user = found.filter(emailaddress__verified=True).first()
    if user:
        return user
    invitation = Invitation.objects.pending().filter(address=address).first()
    if invitation is None or not invitation.is_open:
        raise NotPossible(_nobody())
    return invitation.accept(by=User.objects.system(), name=invitation.name)


def _nobody() -> str:
    return _("There is no staff account for you here. Ask the person who looks after staff accounts to invite you.")
