"""Everybody who can act: staff, customers with an account, and the system itself."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _l

from townline.accounts.organization import Department, Position, Role

SYSTEM_EMAIL = "townline@system.invalid"


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


class User(AbstractBaseUser):
    """Somebody who can act. One table, so that `by` is always somebody.

    What staff may do is the sum of their roles' grants; a customer or the
    system holds none. The sign-in address is account data; what a customer
    told us of themselves stands in `customers`.
    """

    class Kind(models.TextChoices):
        STAFF = "staff", _l("Staff")
        CUSTOMER = "customer", _l("Customer")
        SYSTEM = "system", _l("System")

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.CUSTOMER)
    language = models.CharField(max_length=2, default="en")
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False, help_text="May open the reference-data admin.")
    joined_at = models.DateTimeField(default=timezone.now, editable=False)
    position = models.ForeignKey(Position, null=True, blank=True, on_delete=models.SET_NULL, related_name="holders")
    departments = models.ManyToManyField(Department, blank=True, related_name="staff")
    roles = models.ManyToManyField(Role, blank=True, related_name="users")

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    objects = UserManager()

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def is_employee(self) -> bool:
        """Staff in the policy's sense; `is_staff` is Django's word for its admin."""
        return self.kind == self.Kind.STAFF

    @property
    def is_customer(self) -> bool:
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

    @cached_property
    def department_ids(self) -> frozenset[int]:
        """The departments they work for, read once per request."""
        return frozenset(self.departments.values_list("pk", flat=True)) if self.pk else frozenset()

    @cached_property
    def verified_addresses(self) -> list[str]:
        """The e-mail addresses this person has proved to be theirs, in lower case."""
        if not self.pk:
            return []
        rows = self.emailaddress_set.filter(verified=True)  # type: ignore[attr-defined]
        return [address.lower() for address in rows.values_list("email", flat=True)]
