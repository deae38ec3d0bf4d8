"""What comes of answers: what is asked, what is wrong, where the form ends; and samples held against it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from townline.catalogue.models import Service
from townline.core.refusals import NotPossible
from townline.questions.definition import Definition
from townline.questions.resolve import Resolved, resolve
from townline.questions.terms import Answers, Context
from townline.setup.models import Sample

MOST = 50
Outcome = dict[str, Any]


@dataclass(frozen=True)
class Tried:
    """A sample, and what has become different since it was kept."""

    sample: Sample
    now: Outcome
    differences: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Does the form do what was expected?"""
        return not self.differences


def context(by_staff: bool, on: date | None = None) -> Context:
    """A contact as it is tried: on the portal, or by staff on the telephone."""
    about = {"channel": "phone" if by_staff else "web", "language": "en", "is_signed_in": False}
    return Context(today=on or timezone.localdate(), by_staff=by_staff, values=about)


def outcome(resolved: Resolved) -> Outcome:
    """What came of the answers, in ids."""
    asked = [question.id for page in resolved.pages for item in page.items for question in item]
    stop = resolved.stop.question_id if resolved.stop else ""
    return {"asked": list(dict.fromkeys(asked)), "wrong": sorted(resolved.errors), "stop": stop}


def tried(definition: Definition, sample: Sample) -> Tried:
    """The sample, asked of this definition."""
    known = {name: value for name, value in sample.answers.items() if name in definition.answer_ids}
    now = outcome(resolve(definition, known, context(sample.by_staff, sample.on)))
    return Tried(sample, now, tuple(_differences(definition, sample.expects, now)))


def try_all(service: Service, definition: Definition) -> list[Tried]:
    """Every sample of a service."""
    return [tried(definition, sample) for sample in Sample.objects.filter(service=service).select_related("kept_by")]


@transaction.atomic
def keep_sample(
    service: Service, definition: Definition, answers: Answers, *, by: Any, name: str, by_staff: bool
) -> Sample:
    """Keep these answers as a test: what comes of them now must come of them in every version."""
    if Sample.objects.filter(service=service).count() >= MOST:
        raise NotPossible(_("A service has %(count)s tests at most. Take one away first.") % {"count": MOST})
    sample = Sample(service=service, name=name, by_staff=by_staff, answers=dict(answers), kept_by=by)
    sample.expects = tried(definition, sample).now
    sample.save()
    sample.record("kept", by=by, service=service.pk)
    return sample


def _differences(definition: Definition, then: Outcome, now: Outcome) -> list[str]:
    found = []
    gone = [one for one in then.get("asked", []) if one not in now["asked"]]
    new = [one for one in now["asked"] if one not in then.get("asked", [])]
    found += [_("“%(question)s” is not asked any more.") % {"question": _label(definition, one)} for one in gone]
    found += [_("“%(question)s” is asked now.") % {"question": _label(definition, one)} for one in new]
    if then.get("stop", "") != now["stop"]:
        found.append(_("The form ends elsewhere.") if now["stop"] else _("The form does not end early any more."))
    wrong = [one for one in now["wrong"] if one not in then.get("wrong", [])]
    right = [one for one in then.get("wrong", []) if one not in now["wrong"]]
    found += [_("“%(question)s” has no good answer now.") % {"question": _label(definition, one)} for one in wrong]
    found += [_("“%(question)s” has a good answer now.") % {"question": _label(definition, one)} for one in right]
    return found


def _label(definition: Definition, path: str) -> str:
    name = path.split(".")[-1]
    question = definition.question(name)
    return str(question.label) if question else name
