"""Who may know of colleagues and of the organization."""

from django.db.models import Q

from townline.accounts.models import Department, User
from townline.core.access import Policy, policy


@policy(User)
class UserPolicy(Policy):
    """Staff know their colleagues by name; customers know nobody."""

    def scope(self) -> Q:
        if self.user.is_anonymous or not self.user.is_employee:
            return self.NOTHING
        return Q(kind="staff", is_active=True)


@policy(Department)
class DepartmentPolicy(Policy):
    """The organization is public; a list of a department's cases is asked of the case's policy."""

    def scope(self) -> Q:
        return Q(is_active=True)
