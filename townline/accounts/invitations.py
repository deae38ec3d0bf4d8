"""How staff come: somebody who may invite sends a link, and whoever has it becomes staff, once.

The link lives for seven days. Only its digest is kept, and the link is made by
the job that sends it, so it stands in no table and no job's arguments. An
address that a customer's account has already confirmed is refused: a customer
never turns into staff.
"""

import secrets
from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import models, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task

from townline.accounts.keys import digest_of
from townline.accounts.organization import Department, Municipality, Role
from townline.accounts.users import User
from townline.core.refusals import NotPossible
from townline.core.verbs import verb
from townline.timeline.models import Recorded

VALID_FOR = timedelta(days=7)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Invitations as an administrator would ask for them."""

    def pending(self) -> "InvitationQuerySet":
        """Neither accepted nor withdrawn; perhaps too old by now."""
        return self.filter(accepted_at=None, withdrawn_at=None)


class Invitation(Recorded):
    """Somebody is asked to become staff, with these roles in these departments."""

    address = models.EmailField()
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=2, default="en")
    roles = models.ManyToManyField(Role, related_name="+")
    departments = models.ManyToManyField(Department, blank=True, related_name="+")
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, unique=True, null=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    user = models.OneToOneField(User, null=True, on_delete=models.SET_NULL, related_name="invitation")

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_pending_invitation",
                fields=["address"],
                condition=models.Q(accepted_at=None, withdrawn_at=None),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        """Can it be accepted now?"""
        return not self.accepted_at and not self.withdrawn_at and timezone.now() < self.expires_at

    @verb
    def send(self, *, by: Any) -> None:
        """Mail a new link, good for seven days; earlier links end with it."""
        self._demand_pending()
        self.record("sent", by=by)
        deliver.enqueue(invitation_id=self.pk)

    @verb
    def renew(self, *, by: Any) -> str:
        """Make a new link and return it, this one time; earlier links end with it."""
        self._demand_pending()
        token = secrets.token_urlsafe(32)
        self.digest = digest_of(token)
        self.expires_at = timezone.now() + VALID_FOR
        self.save()
        self.record("renewed", by=by)
        with translation.override(self.language):
            return settings.BASE_URL + reverse("invitation", args=[token])

    @verb
    def withdraw(self, *, by: Any) -> None:
        """Take the invitation back."""
        self._demand_pending()
        self.withdrawn_at = timezone.now()
        self.digest = None
        self.save()
        self.record("withdrawn", by=by)

    @verb
    def accept(self, *, by: Any, name: str, password: str = "") -> User:
        """Make the member of staff; the link proves that the address is theirs."""
        if not self.is_open:
            raise NotPossible(_("This invitation was used, or is too old. Ask for a new one."))
        demand_free(self.address)
        User.objects.unfinished().filter(email=self.address).delete()
        kind, language = User.Kind.STAFF, self.language
        user = User.objects.create_user(self.address, password or None, kind=kind, name=name, language=language)
        user.emailaddress_set.create(email=user.email, verified=True, primary=True)  # type: ignore[attr-defined]
        user.appoint(by=by, roles=self.roles.all(), departments=self.departments.all())
        self.accepted_at = timezone.now()
        self.user = user
        self.digest = None
        self.save()
        self.record("accepted", by=by, user=user.pk)
        return user

    def _demand_pending(self) -> None:
        if self.accepted_at or self.withdrawn_at:
            raise NotPossible(_("This invitation was used or withdrawn."))


def demand_free(address: str) -> None:
    """Refuse an address that belongs to somebody already."""
    known = User.objects.filter(models.Q(email=address) | models.Q(emailaddress__email=address))
    taken = known.exclude(pk__in=User.objects.unfinished()).first()
    if taken and taken.is_employee:
        raise NotPossible(_("There is a member of staff with this address already."))
    if taken:
        raise NotPossible(_("A customer’s account has this address. Invite them with their address at work."))


def invite(
    *,
    by: User,
    address: str,
    name: str,
    roles: Iterable[Role],
    departments: Iterable[Department],
    language: str = "en",
    by_mail: bool = True,
) -> Invitation:
    """Ask somebody to become staff; an earlier invitation to the same address ends with this one."""
    address = address.strip().lower()
    demand_free(address)
    with transaction.atomic():
        for earlier in Invitation.objects.pending().filter(address=address):
            earlier.withdraw(by=by)
        expires_at = timezone.now() + VALID_FOR
        invitation = Invitation.objects.create(
            address=address, name=name, language=language, invited_by=by, expires_at=expires_at
        )
        invitation.roles.set(roles)
        invitation.departments.set(departments)
        invitation.record("made", by=by, roles=[role.code for role in invitation.roles.all()])
        if by_mail:
            invitation.send(by=by)
    return invitation


@task()
def deliver(invitation_id: int) -> None:
    """Mail the link; done only while the invitation waits for an answer."""
    invitation = Invitation.objects.select_related("invited_by").get(pk=invitation_id)
    if invitation.accepted_at or invitation.withdrawn_at:
        return
    link = invitation.renew(by=User.objects.system())
    municipality = Municipality.objects.first()
    sender = settings.MAIL_FROM or (municipality and municipality.email)
    with translation.override(invitation.language):
        words = {"invitation": invitation, "link": link, "municipality": municipality}
        EmailMessage(
            subject=_("Your account as a member of staff"),
            body=render_to_string("accounts/mail/invitation.txt", words),
            from_email=sender or f"townline@{urlsplit(settings.BASE_URL).hostname}",
            to=[invitation.address],
            headers={"Auto-Submitted": "auto-generated", "Content-Language": invitation.language},
        ).send()
