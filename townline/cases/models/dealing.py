"""A case that is given to somebody by turn."""

from typing import Any

from django.utils.translation import gettext as _

from townline.cases.models.moves import Moving
from townline.core.refusals import NotPossible
from townline.core.verbs import verb


class Dealing(Moving):
    """Giving a case to whoever is next."""

    class Meta:
        abstract = True

    @property
    def deal_as(self) -> str:
        """How it is given out: as the rule says that sent it here, else as its queue does."""
        return str(self.route.get("deal") or self.queue.deal)

    @verb
    def deal(self, *, by: Any) -> None:
        """Give the case to whoever is present and next; refuses when there is nobody."""
        from townline.cases.dealing import whose_turn

        self._must_be_open()
        if self.assignee_id:
            raise NotPossible(_("%(name)s already has this case.") % {"name": self.assignee})
        to = whose_turn(self)
        if to is None:
            raise NotPossible(_("Nobody who is present can be given another case."))
        self._give_to(to)
        self.record("dealt", by=by, to=to.pk, queue=self.queue_id)
