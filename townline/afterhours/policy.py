"""Who logs calls after hours, who is told of them, and who says who is on call."""

from django.db.models import Q

from townline.afterhours.models import Call, Rota, Script
from townline.cases.models import Case
from townline.core.access import Policy, policy, seen_by

LOG = "afterhours.log"


class StaffPolicy(Policy):
    """Staff only."""

    def _holds(self, *grants: str) -> bool:
        is_employee = bool(getattr(self.user, "is_employee", False))
        return is_employee and any(self.user.holds(grant) for grant in grants)


@policy(Rota)
class RotaPolicy(StaffPolicy):
    """Seen by whoever works on cases; changed by who supervises the department, and by the catalogue's editors."""

    def scope(self) -> Q:
        """All of them, for those who work here by day."""
        return self.EVERYTHING if self._holds("case.work", "case.read_all", "catalogue.edit") else self.NOTHING

    def roster(self, rota: Rota) -> bool:
        """Who supervises the department, and who edits the catalogue."""
        supervises = self._holds("case.supervise") and rota.department_id in self.user.department_ids
        return supervises or self._holds("catalogue.edit")

    def swap(self, rota: Rota) -> bool:
        """Who may say who is on call; and who is on call, for themselves."""
        return self.roster(rota) or rota.shifts.filter(user=self.user).exists()


@policy(Script)
class ScriptPolicy(StaffPolicy):
    """Read by whoever answers, changed by the catalogue's editors."""

    def scope(self) -> Q:
        """All of them."""
        return self.EVERYTHING if self._holds(LOG, "catalogue.edit", "setup.read") else self.NOTHING

    def log(self, script: Script) -> bool:
        """Whoever answers after hours."""
        return self._holds(LOG) and script.is_active

    def review(self, script: Script) -> bool:
        """The setup is for those who look after it, not for whoever answers."""
        return self._holds("catalogue.edit", "setup.read")

    def change(self, script: Script) -> bool:
        """Who edits the catalogue."""
        return self._holds("catalogue.edit")


@policy(Call)
class CallPolicy(StaffPolicy):
    """Known to who logged it, to who was paged, and to whoever sees its case."""

    def scope(self) -> Q:
        """Their own, those they were paged for, and those of cases they see."""
        if not getattr(self.user, "is_employee", False):
            return self.NOTHING
        mine = Q(pk__in=Call.objects.filter(logged_by=self.user).values("pk")) if self._holds(LOG) else self.NOTHING
        told = Q(pk__in=Call.objects.filter(pages__user=self.user).values("pk"))
        return Q(mine | told | seen_by(self.user, Case, "case"), case__is_confidential=False)

    def watch(self, call: Call) -> bool:
        """What became of a call, without who called: for who logged it."""
        return self._holds(LOG) and call.logged_by_id == self.user.pk

    def acknowledge(self, call: Call) -> bool:
        """Who was paged, and whoever works in the department."""
        was_paged = call.pages.filter(user=self.user).exists()
        works = self._holds("case.work") and call.case.department_id in self.user.department_ids
        return was_paged or works

    def take_over(self, call: Call) -> bool:
        """Whoever works on cases of that department, and whoever takes contacts in for all of them."""
        works = self._holds("case.work") and call.case.department_id in self.user.department_ids
        return works or (self._holds("intake.take") and self._holds("case.read_all"))

    def page(self, call: Call) -> bool:
        """Nobody by itself: it follows from an urgent call."""
        return False

    climb = page
