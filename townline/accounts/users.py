"""Everybody who can act: staff, customers with an account, and the system itself."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from townline.accounts.absences import Absence, Away
from townline.accounts.identities import Identity
from townline.accounts.organization import INVITES as INVITES
from townline.accounts.organization import Department, Municipality, Position, Role
from townline.core.refusals import NotPossible
from townline.core.verbs import verb
from townline.timeline.models import Recorded

SYSTEM_EMAIL = "townline@system.invalid"
ONLY_ANSWERS = frozenset({"afterhours.log"})
AS_IT_WAS: Any = object()
"""A position that was not asked about."""
NOTED_EVERY = timedelta(minutes=1)


class UserManager(BaseUserManager["User"]):
    """Makes the three kinds of user."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A user with a normalized sign-in address; without a password unless one is given."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def system(self) -> "User":
        """“Townline” itself, who does the automatic steps."""
        return self.get_or_create(
            email=SYSTEM_EMAIL, defaults={"kind": User.Kind.SYSTEM, "name": "Townline", "password": "!"}
        )[0]

    def saw(self, user: "User") -> None:
        """Note that somebody is at the desk, at most once a minute."""
        now = timezone.now()
        if user.seen_at is None or now - user.seen_at >= NOTED_EVERY:
            self.filter(pk=user.pk).update(seen_at=now)
            user.seen_at = now

    def unfinished(self) -> "models.QuerySet[User]":
        """Sign-ups that never came back with a code; the address may be somebody else's."""
        never = self.filter(kind=User.Kind.CUSTOMER, last_login=None, phone_verified_at=None)
        return never.exclude(emailaddress__verified=True)


class User(AbstractBaseUser, Away, Recorded):
    """Somebody who can act. One table, so that `by` is always somebody.

    What staff may do is the sum of their roles' grants; a customer or the
    system holds none. The sign-in address and phone are account data (a
    customer may have either or both); what a customer told us of themselves
    stands in `customers`.
    """

    class Kind(models.TextChoices):
        STAFF = "staff", _l("Staff")
        CUSTOMER = "customer", _l("Customer")
        SYSTEM = "system", _l("System")

    email = models.EmailField(unique=True, null=True, blank=True)
    phone = models.CharField(max_length=20, unique=True, null=True, blank=True)
    phone_verified_at = models.DateTimeField(null=True, blank=True)
    name = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.CUSTOMER)
    language = models.CharField(max_length=2, default="en")
    has_keys = models.BooleanField(default=True, help_text="Single letters are shortcuts at the desk.")
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False, help_text="May open the reference-data admin.")
    joined_at = models.DateTimeField(default=timezone.now, editable=False)
    has_notices_mailed = models.BooleanField(
        default=False, help_text="Gets an e-mail of what they are told at their desk."
    )
    session_epoch = models.PositiveIntegerField(default=0, help_text="Raised to end every session of this user.")
    position = models.ForeignKey(Position, null=True, blank=True, on_delete=models.SET_NULL, related_name="holders")
    departments = models.ManyToManyField(Department, blank=True, related_name="staff")
    roles = models.ManyToManyField(Role, blank=True, related_name="users")

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    objects = UserManager()

    def __str__(self) -> str:
        return self.name or self.email or self.phone or ""

    @property
    def is_employee(self) -> bool:
        """Staff in the policy's sense; `is_staff` is Django's word for its admin."""
        return self.kind == self.Kind.STAFF

    @property
    def is_customer(self) -> bool:
        """Somebody from outside, with an account on the portal."""
        return self.kind == self.Kind.CUSTOMER

    @cached_property
    def grants(self) -> frozenset[str]:
        """Everything this person's roles let them do."""
        if not self.is_active or self.kind != self.Kind.STAFF:
            return frozenset()
        return frozenset(grant for role in self.roles.all() for grant in role.grants)

    def holds(self, grant: str) -> bool:
        """Does one of their roles grant this?"""
        return grant in self.grants

    @property
    def only_answers(self) -> bool:
        """Do they answer after hours and nothing else? Then the rest of the desk is not there for them."""
        return self.grants == ONLY_ANSWERS

    @cached_property
    def _ties(self) -> list[tuple[str, int]]:
        """Departments, and colleagues whose work they see to today: one query for both, once per request."""
        if not self.pk:
            return []
        here = User.departments.through.objects.filter(user_id=self.pk)
        covered = Absence.objects.on(timezone.localdate()).filter(cover_id=self.pk)
        return list(
            here.values_list(models.Value("department"), "department_id").union(
                covered.values_list(models.Value("covers"), "user_id"), all=True
            )
        )

    @cached_property
    def department_ids(self) -> frozenset[int]:
        """The departments they work for, read once per request."""
        return frozenset(pk for kind, pk in self._ties if kind == "department")

    @cached_property
    def covered_ids(self) -> frozenset[int]:
        """The colleagues who are away today and for whom they cover."""
        return frozenset(pk for kind, pk in self._ties if kind == "covers")

    @cached_property
    def verified_addresses(self) -> list[str]:
        """The e-mail addresses this person has proved to be theirs, in lower case."""
        if not self.pk:
            return []
        rows = self.emailaddress_set.filter(verified=True)  # type: ignore[attr-defined]
        return [address.lower() for address in rows.values_list("email", flat=True)]

    @property
    def has_second_factor(self) -> bool:
        """Have they a passkey, or an app that makes codes?"""
        return any(one.type in ("totp", "webauthn") for one in self.authenticator_set.all())  # type: ignore[attr-defined]

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """A session ends when the password changes, and when the epoch does."""
        salt = "townline.accounts.users.session"
        return salted_hmac(salt, f"{self.session_epoch}{self.password}", secret=secret, algorithm="sha256").hexdigest()

    @verb
    def prefer(
        self,
        *,
        by: Any,
        name: str | None = None,
        language: str | None = None,
        has_notices_mailed: bool | None = None,
        has_keys: bool | None = None,
    ) -> None:
        """Say how they want to be called, told things and in which language, and whether letters are shortcuts.

        What is so already changes nothing.
        """
        before = (self.name, self.language, self.has_notices_mailed, self.has_keys)
        self.name = self.name if name is None else name
        self.language = language or self.language
        self.has_keys = self.has_keys if has_keys is None else has_keys
        if has_notices_mailed is not None:
            self.has_notices_mailed = has_notices_mailed
        if (self.name, self.language, self.has_notices_mailed, self.has_keys) != before:
            self.save()
            more: dict[str, Any] = {} if has_notices_mailed is None else {"has_notices_mailed": has_notices_mailed}
            self.record("preferred", by=by, language=self.language, **more)

    @verb
    def appoint(
        self, *, by: Any, roles: Iterable[Role], departments: Iterable[Department], position: Any = AS_IT_WAS
    ) -> None:
        """Give a member of staff these roles, in these departments, and this chair, instead of those they had.

        The chair is their place in the reporting line, by which warnings and formal complaints find their way.
        """
        self._demand_staff()
        roles, departments = list(roles), list(departments)
        if self.is_active and not any(INVITES in role.grants for role in roles):
            self._demand_another_who_invites()
        self.roles.set(roles)
        self.departments.set(departments)
        for known in ("grants", "_ties"):
            self.__dict__.pop(known, None)
        ours, theirs = [role.code for role in roles], [one.code for one in departments]
        more = {}
        if position is not AS_IT_WAS and position != self.position:
            self.position = position
            self.save(update_fields=["position"])
            more["position"] = position.code if position else ""
        self.record("appointed", by=by, roles=ours, departments=theirs, **more)

    @verb
    def deactivate(self, *, by: Any) -> None:
        """End somebody's access at once, on every device; what they did stays."""
        self._demand_staff()
        if not self.is_active:
            raise NotPossible(_("This account is switched off already."))
        if by == self:
            raise NotPossible(_("You cannot switch off your own account. Ask a colleague."))
        self._demand_another_who_invites()
        self.is_active = False
        self.session_epoch += 1
        self.save()
        self.record("deactivated", by=by)

    @verb
    def activate(self, *, by: Any) -> None:
        """Let somebody in again, with the roles they had."""
        self._demand_staff()
        if self.is_active:
            raise NotPossible(_("This account is in use already."))
        self.is_active = True
        self.save()
        self.record("activated", by=by)

    @verb
    def forget_second_factor(self, *, by: Any) -> None:
        """For a lost phone: they are signed out, and set up a new app when they sign in next."""
        self._demand_staff()
        if not self.has_second_factor:
            raise NotPossible(_("No second step is set up."))
        self.authenticator_set.all().delete()  # type: ignore[attr-defined]
        self.session_epoch += 1
        self.save()
        self.record("second_factor_forgotten", by=by)

    @property
    def is_linked(self) -> bool:
        """Does the municipality's identity provider know them?"""
        return hasattr(self, "identity")

    @verb
    def link_identity(self, *, by: Any, issuer: str, subject: str) -> None:
        """Be known from now on by the lasting name at the identity provider; one person, one name."""
        self._demand_staff()
        if Identity.objects.filter(user_id=self.pk).exists():
            raise NotPossible(
                _("Your account here belongs to another sign-in. Ask the person who looks after accounts.")
            )
        Identity.objects.create(user_id=self.pk, issuer=issuer, subject=subject)
        self.record("identity_linked", by=by)

    @verb
    def unlink_identity(self, *, by: Any) -> None:
        """Forget who they are at the identity provider, for instance after they got a new account there."""
        self._demand_staff()
        if not self.is_linked:
            raise NotPossible(_("This account is not linked to an identity provider."))
        Identity.objects.filter(user_id=self.pk).delete()
        self._state.fields_cache.pop("identity", None)
        self.session_epoch += 1
        self.save()
        self.record("identity_unlinked", by=by)

    def _demand_staff(self) -> None:
        if not self.is_employee:
            raise NotPossible(_("This is not a member of staff."))

    def _demand_another_who_invites(self) -> None:
        """Somebody must be left who can invite; two who leave at once do so one after the other."""
        if not any(INVITES in role.grants for role in self.roles.all()):
            return
        Municipality.objects.select_for_update(no_key=True).first()
        colleagues = User.objects.filter(kind=self.Kind.STAFF, is_active=True).exclude(pk=self.pk)
        if not any(one.holds(INVITES) for one in colleagues.prefetch_related("roles")):
            raise NotPossible(_("Nobody would be left who can invite staff. Give that role to a colleague first."))
