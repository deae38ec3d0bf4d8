"""What an officer did on a case: steps of the catalogue, one after the other."""

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from townline.cases.models.moves import Moving
from townline.cases.models.states import Status
from townline.catalogue.kinds import TimeUnit
from townline.catalogue.models import Step
from townline.catalogue.steps import DATE_IN_WORDS
from townline.core.refusals import NotPossible
from townline.core.verbs import verb
from townline.ui.moments import day


class CaseStep(models.Model):
    """One step that was done on a case, with what it asks.

    `on` is the date the step is about (the comply-by date of an order), `number`
    that of a paper (a penalty notice, an invoice). `is_usual` is false for one that was done out of the usual order.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="steps")
    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    note = models.TextField(blank=True)
    on = models.DateField(null=True, blank=True)
    amount = models.DecimalField(null=True, blank=True, max_digits=10, decimal_places=2)
    number = models.CharField(max_length=60, blank=True)
    choice = models.CharField(max_length=50, blank=True)
    is_usual = models.BooleanField(default=True)

    def __str__(self) -> str:
        return f"{self.step} {self.at:%Y-%m-%d}"


class Stepping(Moving):
    """Recording what an officer did; what is legally possible stays with the status."""

    class Meta:
        abstract = True

    @verb
    def step(
        self,
        *,
        by: Any,
        step: Step,
        note: str = "",
        on: date | None = None,
        amount: Decimal | None = None,
        number: str = "",
        choice: str = "",
        is_told: bool = True,
    ) -> CaseStep:
        """Record a step; the customer is told in the words of the catalogue, unless there are none or not this time."""
        self._must_be_open()
        if self.status == Status.NEW:
            raise NotPossible(_("Take it first."))
        given = {"note": note.strip(), "on": on, "amount": amount, "number": number.strip(), "choice": choice}
        is_usual = step.usually_follows(self._last_step())
        self._must_fit(step, given, is_usual)
        asked = {name: value for name, value in given.items() if name == "note" or step.asked(name)}
        done: CaseStep = self.steps.create(step=step, by=by, is_usual=is_usual, **asked)
        self._follow(step, on)
        self.save()
        self.record("stepped", by=by, **_details(done))
        if is_told and step.tells:
            self._tell(by=by, text=self._words_of(step, on))
        return done

    def expect_first_step(self) -> None:
        """Begin the time of the step that a case like this begins with, if it has any."""
        first = Step.objects.of(self.service).filter(is_first=True, amount__isnull=False).first()
        if first and not self.clocks.filter(step=first.code).exists():
            self._expect(first, timezone.now())

    def _follow(self, step: Step, on: date | None) -> None:
        """The step is done; what it makes pointless is not expected any more, and what it leads to is.

        A date to comply by is waited for: the business days of the next step are those after it.
        """
        self.keep_step(step.code)
        coming = step.followed_by or [step.leads_to]
        for code in self.clocks.filter(ended_at=None).exclude(step="").values_list("step", flat=True):
            if code not in coming or code == step.leads_to:
                self.drop_step(code)
        following = Step.objects.of(self.service).filter(code=step.leads_to).first()
        is_ahead = on is not None and (step.asked("on") or {}).get("when") == "ahead"
        if following and on is not None and is_ahead:
            self._expect(following, timezone.make_aware(datetime.combine(on, time.min)))
        elif following and following.amount:
            self._expect(following, timezone.now())

    def _expect(self, step: Step, started_at: datetime) -> None:
        """Begin the time of a step; one that follows a date without a time of its own has one business day."""
        self.start_step_clock(
            step.code,
            label=step.name,
            amount=step.amount or 1,
            unit=step.unit or TimeUnit.BUSINESS_DAYS,
            started_at=started_at,
        )

    def _last_step(self) -> Step | None:
        done = self.steps.select_related("step").order_by("-id").first()
        return done.step if done else None

    def _must_fit(self, step: Step, given: dict[str, Any], is_usual: bool) -> None:
        """The step is one of this service or kind, and has what it asks."""
        if not Step.objects.of(self.service).filter(pk=step.pk).exists():
            raise NotPossible(_("“%(step)s” is not a step of this kind of case.") % {"step": step})
        if missing := step.missing(given):
            raise NotPossible(_("“%(step)s” needs: %(what)s") % {"step": step, "what": ", ".join(missing)})
        if given["choice"] and step.asked("choice") and given["choice"] not in dict(step.options()):
            raise NotPossible(_("Choose one of those that are shown."))
        ahead = (step.asked("on") or {}).get("when") == "ahead"
        if ahead and given["on"] and given["on"] < timezone.localdate():
            raise NotPossible(_("%(what)s: this day is past already.") % {"what": step.label_of("on")})
        if not is_usual and not given["note"]:
            raise NotPossible(_("“%(step)s” does not usually come now. Say in the note why it does.") % {"step": step})

    def _words_of(self, step: Step, on: date | None) -> str:
        """What the customer is told about it, in their language."""
        with override(self.language):
            return str(step.tells).replace(DATE_IN_WORDS, day(on) if on else _("the date that was set"))


def _details(done: CaseStep) -> dict[str, Any]:
    found: dict[str, Any] = {"case_step": done.pk, "step": done.step.code, "usual": done.is_usual}
    if done.on:
        found["on"] = done.on.isoformat()
    return found | ({"choice": done.choice} if done.choice else {})
