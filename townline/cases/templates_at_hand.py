"""The templates that are at hand while somebody writes on a case, the likely ones first."""

from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from townline.accounts.models import User
from townline.cases.filling import values_of
from townline.cases.models import Case, Unsent
from townline.core.access import visible
from townline.core.refusals import NotPossible
from townline.ui.labels import labelled
from townline.wording.models import Template
from townline.wording.placeholders import fill

USES = {
    Unsent.Verb.MESSAGE: (Template.Use.MESSAGE,),
    Unsent.Verb.CLOSE: (Template.Use.CLOSING,),
    Unsent.Verb.NOTE: (Template.Use.NOTE,),
}


class Offered(NamedTuple):
    """One entry of the list."""

    pk: int
    label: str


class Inserted(NamedTuple):
    """The words of a template for one case: in which language they were found, and what was missing."""

    template: Template
    text: str
    language: str
    missing: list[str]


def at_hand(case: Case, user: User, verb: str) -> list[tuple[str, list[Offered]]]:
    """The list in groups: for this service or kind, for everything, and the others."""
    groups: dict[str, list[Offered]] = {}
    for template in sorted(_offered(case, user, verb), key=lambda one: (_distance(one, case), str(one.name))):
        groups.setdefault(_group(_distance(template, case)), []).append(Offered(template.pk, _label(template)))
    return list(groups.items())


def inserted(case: Case, user: User, verb: str, chosen: str, language: str) -> Inserted | None:
    """The chosen template filled in for this case; None when it is not at hand (any more)."""
    pk = int(chosen) if chosen.isascii() and chosen.isdecimal() and len(chosen) < 19 else 0
    template = _offered(case, user, verb).filter(pk=pk).first()
    return _filled(template, case, language) if template else None


def by_code(case: Case, user: User, verb: str, code: str, language: str) -> Inserted:
    """The template of this code filled in for this case; refused when it is not at hand."""
    template = _offered(case, user, verb).filter(code=code).first()
    if template is None:
        raise NotPossible(_("There is no template “%(code)s” for this.") % {"code": code})
    return _filled(template, case, language)


def _filled(template: Template, case: Case, language: str) -> Inserted:
    text, found = template.text.wording(language)
    filled = fill(text, values_of(case, found))
    return Inserted(template, filled.text, found, filled.missing)


def _offered(case: Case, user: User, verb: str) -> Any:
    departments = {case.department_id, *user.department_ids}
    return visible(user, Template.objects.offered(USES[Unsent.Verb(verb)], departments))


def _distance(template: Template, case: Case) -> int:
    """How near it is to this case: its service, its kind, everything, something else."""
    if template.service_id:
        return 0 if template.service_id == case.service_id else 3
    if template.kind:
        return 1 if template.kind == case.kind else 3
    return 2


def _group(distance: int) -> str:
    return {0: _("Suggested"), 1: _("Suggested"), 2: _("For everything")}.get(distance, _("For other cases"))


def _label(template: Template) -> str:
    name = str(template.name)
    return labelled(template.get_outcome_display(), name) if template.outcome else name
