"""Who may know of colleagues and of the organization, and who lets staff in."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from townline.accounts.keys import digest_of
from townline.accounts.models import (
    ApiKey,
    Calendar,
    Counter,
    Department,
    Invitation,
    Municipality,
    Position,
    Role,
    User,
)
from townline.accounts.users import INVITES
from townline.core.access import Policy, policy


@dataclass(frozen=True)
class Invitee:
    """Somebody who came with a link, and nothing more."""

    digest: str
    is_anonymous: bool = True

    @classmethod
    def with_token(cls, token: str) -> "Invitee":
        """The bearer of this link."""
        return cls(digest_of(token))

    def holds(self, grant: str) -> bool:
        """Nothing is granted by a link."""
        return False


@policy(User)
class UserPolicy(Policy):
    """Everybody knows themselves, and staff their colleagues; who may invite also sees those who left."""

    def scope(self) -> Q:
        """One's own account; for staff, staff."""
        if self.user.is_anonymous:
            return self.NOTHING
        if not self.user.is_employee:
            return Q(pk=self.user.pk)
        return Q(kind="staff") if self._invites() else Q(kind="staff", is_active=True)

    def prefer(self, user: User) -> bool:
        """Each for themselves."""
        return bool(user.pk == self.user.pk)

    def appoint(self, user: User) -> bool:
        """Whoever may invite."""
        return self._invites()

    def deactivate(self, user: User) -> bool:
        """Whoever may invite."""
        return self._invites()

    def activate(self, user: User) -> bool:
        """Whoever may invite."""
        return self._invites()

    def forget_second_factor(self, user: User) -> bool:
        """Whoever may invite."""
        return self._invites()

    def link_identity(self, user: User) -> bool:
        """Each for themselves, by signing in there."""
        return bool(user.pk == self.user.pk)

    def unlink_identity(self, user: User) -> bool:
        """Whoever may invite."""
        return self._invites()

    def be_away(self, user: User) -> bool:
        """Each for themselves, and whoever supervises them."""
        return self._looks_after(user)

    def be_back(self, user: User) -> bool:
        """Each for themselves, and whoever supervises them."""
        return self._looks_after(user)

    def serve_in_french(self, user: User) -> bool:
        """Each for themselves, and whoever supervises them."""
        return self._looks_after(user)

    def _looks_after(self, user: User) -> bool:
        if not user.is_employee or not self.user.is_employee:
            return False
        supervises = self.user.holds("case.supervise") and bool(self.user.department_ids & user.department_ids)
        return bool(user.pk == self.user.pk or supervises)

    def _invites(self) -> bool:
        return bool(self.user.holds(INVITES))


@policy(Invitation)
class InvitationPolicy(Policy):
    """Invitations are known to those who may invite, and each to the bearer of its link."""

    def scope(self) -> Q:
        """All of them, or the one that the link belongs to."""
        if isinstance(self.user, Invitee):
            return Q(digest=self.user.digest)
        return self.EVERYTHING if self._invites() else self.NOTHING

    def send(self, invitation: Invitation) -> bool:
        """Whoever may invite."""
        return self._invites()

    def withdraw(self, invitation: Invitation) -> bool:
        """Whoever may invite."""
        return self._invites()

    def renew(self, invitation: Invitation) -> bool:
        """Townline itself does this, when it sends or prints the link; never a person."""
        return False

    def accept(self, invitation: Invitation) -> bool:
        """The bearer of its link."""
        return isinstance(self.user, Invitee)

    def _invites(self) -> bool:
        return bool(not self.user.is_anonymous and self.user.holds(INVITES))


@policy(ApiKey)
class ApiKeyPolicy(Policy):
    """The keys of other systems are looked after by those who may invite."""

    def scope(self) -> Q:
        """All of them, or none."""
        return self.EVERYTHING if self._invites() else self.NOTHING

    def switch_off(self, key: ApiKey) -> bool:
        """Whoever may invite."""
        return self._invites()

    def _invites(self) -> bool:
        return bool(not self.user.is_anonymous and self.user.holds(INVITES))


class SetUpPolicy(Policy):
    """What is set up is seen by whoever sees the set-up, and changed by whoever edits the catalogue."""

    EDITS = "catalogue.edit"

    def scope(self) -> Q:
        """All of them, or none."""
        return self.EVERYTHING if self._sees() else self.NOTHING

    def read(self, record: Any) -> bool:
        """Whoever sees the set-up or may change it."""
        return self._sees()

    def add(self, record: Any) -> bool:
        """Whoever may change what is set up."""
        return self._edits()

    def change(self, record: Any) -> bool:
        """Whoever may change what is set up."""
        return self._edits()

    def confirm(self, record: Any) -> bool:
        """Whoever may change what is set up."""
        return self._edits()

    def retire(self, record: Any) -> bool:
        """Whoever may change what is set up."""
        return self._edits()

    def restore(self, record: Any) -> bool:
        """Whoever may change what is set up."""
        return self._edits()

    def _sees(self) -> bool:
        return bool(not self.user.is_anonymous and (self.user.holds("setup.read") or self._edits()))

    def _edits(self) -> bool:
        return bool(not self.user.is_anonymous and self.user.holds(self.EDITS))


@policy(Department)
class DepartmentPolicy(SetUpPolicy):
    """The organization is public; a list of a department's cases is asked of the case's policy.

    Who sees the set-up sees those that are out of use as well.
    """

    def scope(self) -> Q:
        """Those that exist now."""
        return self.EVERYTHING if self._sees() else Q(is_active=True)

    def read(self, record: Any) -> bool:
        """Everybody."""
        return True


@policy(Calendar)
class CalendarPolicy(SetUpPolicy):
    """Opening hours and closures are looked after by whoever edits the catalogue; who sees the set-up may look."""

    def close_on(self, calendar: Calendar) -> bool:
        """Whoever edits the catalogue."""
        return self._edits()

    def open_on(self, calendar: Calendar) -> bool:
        """Whoever edits the catalogue."""
        return self._edits()

    def seed(self, calendar: Calendar) -> bool:
        """Whoever edits the catalogue."""
        return self._edits()


for _model in (Municipality, Position, Counter):
    policy(_model)(SetUpPolicy)


@policy(Role)
class RolePolicy(SetUpPolicy):
    """Who may do what is decided by those who let people in."""

    EDITS = INVITES
