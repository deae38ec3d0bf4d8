"""Where a case belongs: filed anew under another service, or sent to the body that looks after it."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from townline.cases.models.moves import Moving
from townline.cases.models.states import Outcome, Status
from townline.cases.ways import asked_of
from townline.catalogue.models import Body, Kind, Service
from townline.core.refusals import NotPossible
from townline.core.verbs import verb
from townline.questions.models import FormVersion
from townline.questions.resolve import resolve
from townline.questions.terms import Context
from townline.routing.sending import send_in

BEGUN_ELSEWHERE = {Kind.FORMAL_COMPLAINT, Kind.APPLICATION, Kind.ACCESS_REQUEST}
"""Kinds that begin in their own way, with what the law or the policy asks: nothing is re-filed as one of them."""


class Refiling(models.Model):
    """How a case was filed before: the service, the kind, and everything that was answered there."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="refilings")
    before = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    kind_before = models.CharField(max_length=20, choices=Kind)
    form_version = models.ForeignKey(FormVersion, null=True, on_delete=models.PROTECT, related_name="+")
    answers = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.before} {self.at:%Y-%m-%d}"


class Redirection(models.Model):
    """A case that was not ours, and the body its customer was told of."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="redirections")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+", db_index=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["at"], name="redirection_at")]

    def __str__(self) -> str:
        return f"{self.body} {self.at:%Y-%m-%d}"


class Filing(Moving):
    """Filing a case where it belongs."""

    class Meta:
        abstract = True

    @verb
    def refile(self, *, by: Any, service: Service, words: str = "") -> Refiling:
        """File it under another service, and so perhaps as another kind; what was said and answered stays.

        The reference stays, and so does the moment of reception: what is promised anew counts from it. Where it goes,
        the routing rules say, as for a case that has just come in.
        """
        self._must_be_open()
        if service.pk == self.service_id:
            raise NotPossible(_("It is filed under “%(service)s” already.") % {"service": service})
        if service.kind in BEGUN_ELSEWHERE or not service.is_open:
            raise NotPossible(_("Nothing can be filed anew under “%(service)s”.") % {"service": service})
        refiling: Refiling = self.refilings.create(
            by=by, before=self.service, kind_before=self.kind, form_version=self.form_version, answers=self.answers
        )
        self._file_under(service)
        self.drop_steps()
        self.promise_anew()
        if self.status != Status.NEW:
            self.expect_first_step()
        self.save()
        self.record("refiled", by=by, refiling=refiling.pk, before=refiling.before.code, service=service.code)
        if words.strip():
            self._tell(by=by, text=words)
        return refiling

    @verb
    def redirect(self, *, by: Any, body: Body, words: str) -> Redirection:
        """Close a matter that is not ours, with words that say who looks after it and how to get there."""
        self.close(by=by, outcome=Outcome.NOT_OURS, words=words)
        redirection: Redirection = self.redirections.create(by=by, body=body)
        self.record("redirected", by=by, body=body.code)
        return redirection

    def _file_under(self, service: Service) -> None:
        self.answers = _still_fitting(self.answers, service)
        self.service, self.kind, self.form_version = service, service.kind, service.questions
        sent = send_in(asked_of(self))
        self.stage, self.route = sent.step, sent.decision
        self.queue, self.department = sent.queue, sent.queue.department
        if self.assignee and self.department_id not in self.assignee.department_ids:
            self.assignee = None


def _still_fitting(answers: dict[str, Any], service: Service) -> dict[str, Any]:
    """Of what was answered, what the questions of this service ask too and take as it is."""
    if service.questions is None:
        return {}
    definition = service.questions.parsed
    known = {question.id for page in definition.pages for question in page.questions if not page.repeat}
    common = {name: given for name, given in answers.items() if name in known}
    found = resolve(definition, common, Context(today=timezone.localdate(), by_staff=True))
    return {name: given for name, given in found.answers.items() if name in common and name not in found.errors}
