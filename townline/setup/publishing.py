"""What keeps a draft of questions from being published, row by row; and publishing it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from townline.core.refusals import NotPossible
from townline.packs.form_definitions import canonical
from townline.questions.definition import Definition
from townline.questions.findings import Finding
from townline.questions.lint import lint
from townline.questions.models import FormVersion
from townline.setup.changing import Refused, change
from townline.setup.live import TABLE_OF
from townline.setup.models import FormDraft, digest_of
from townline.setup.sampling import try_all
from townline.ui.labels import labelled


@dataclass(frozen=True)
class Fault:
    """Something to put right before publishing: in which row, and what."""

    page: str
    question: str
    row: str
    what: str

    def __str__(self) -> str:
        return labelled(self.row, self.what) if self.row else self.what


def faults(definition: Definition) -> list[Fault]:
    """Everything that the linter finds, with the row it is about."""
    return [_fault(definition, finding) for finding in lint(definition)]


def _fault(definition: Definition, finding: Finding) -> Fault:
    what = f"{finding.what} {finding.right}"
    if finding.loc[0] != "pages" or len(finding.loc) < 2:
        return Fault("", "", _("The form"), what)
    page = definition.pages[int(finding.loc[1])]
    if len(finding.loc) > 3 and finding.loc[2] == "questions":
        index = int(finding.loc[3])
        question = page.questions[index]
        number = _number(definition, int(finding.loc[1]), index)
        row = _("Question %(number)s, “%(label)s”") % {"number": number, "label": question.label or question.id}
        return Fault(page.id, question.id, row, what)
    row = _("Page %(number)s, “%(label)s”") % {"number": int(finding.loc[1]) + 1, "label": page.title or page.id}
    return Fault(page.id, "", row, what)


def _number(definition: Definition, at: int, index: int) -> int:
    return sum(len(page.questions) for page in definition.pages[:at]) + index + 1


@transaction.atomic
def publish(draft: FormDraft, *, by: Any, seen: int) -> int:
    """Ask it from now on, as the next version; returns its number.

    Who has begun a request, and every case that is there, stays with the version
    that was asked.
    """
    if not draft.is_as_seen(seen):
        raise NotPossible(_("The questions were changed since you opened the page. Look at them as they are now."))
    if wrong := list(_obstacles(draft)):
        raise NotPossible(" ".join(wrong))
    table, service = TABLE_OF["services"], draft.service
    now = table.record_written(service)
    written = {**now, "questions": canonical(draft.parsed)}
    try:
        changed = change(table, service, written, by=by, seen=digest_of(now))
    except Refused as refused:
        raise NotPossible(" ".join(one.what for one in refused.wrong)) from refused
    version: int = changed.questions.version
    draft.publish(by=by, version=version)
    return version


def _obstacles(draft: FormDraft) -> Iterator[str]:
    newest = FormVersion.objects.filter(code=draft.service.code).order_by("-version").first()
    if (newest.version if newest else 0) != draft.based_on:
        yield _("Another version came into force since this draft was begun. Discard it, and begin from there.")
    definition = draft.parsed
    if found := faults(definition):
        yield from (str(fault) for fault in found)
        return
    if draft.in_force and canonical(draft.in_force) == canonical(definition):
        yield _("The draft asks the same as what is in force.")
    for tried in try_all(draft.service, definition):
        if not tried.holds:
            yield _("The test “%(name)s” does not hold: %(why)s") % {
                "name": tried.sample.name, "why": " ".join(tried.differences),
            }  # fmt: skip
