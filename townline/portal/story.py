"""What happened to a case, told to the customer."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from townline.cases.models import Case, Clock, Follower, Hiding, Message, Wait
from townline.catalogue.models import Standard
from townline.channels.models import Channel, Interaction
from townline.timeline.models import Event
from townline.ui.moments import day, span

TOLD: dict[str, Any] = {
    "case.received": _l("We received your request"),
    "case.contacted": _l("We heard from you again"),
    "case.taken": _l("Somebody began to work on it"),
    "case.assigned": _l("Somebody began to work on it"),
    "case.dealt": _l("Somebody began to work on it"),
    "case.handed_over": _l("It went to another department or team"),
    "case.sent_on": _l("It went on to the next step"),
    "case.messaged": _l("We wrote to you"),
    "case.waiting": _l("It has to wait"),
    "case.added": _l("You wrote to us"),
    "case.disputed": _l("You told us that it is not solved"),
    "case.merged_in": _l("We put another request of yours together with this one"),
    "case.resumed": _l("We are working on it again"),
    "case.hidden": _l("We hid it from other people"),
    "case.shown_again": _l("Other people can hear of it again"),
    "case.closed": _l("We finished it"),
    "case.reopened": _l("We opened it again"),
}
"""Events a customer is told of; all others are ours alone."""

TOLD_FOLLOWERS: dict[str, Any] = {
    "case.received": _l("Somebody told us of it first"),
    "case.taken": TOLD["case.taken"],
    "case.assigned": TOLD["case.assigned"],
    "case.messaged": _l("We wrote to everybody who follows it"),
    "case.waiting": TOLD["case.waiting"],
    "case.resumed": TOLD["case.resumed"],
    "case.closed": TOLD["case.closed"],
    "case.reopened": TOLD["case.reopened"],
}
"""What followers are told of: nothing that passes between us and the customer."""

BEGUN = {"case.taken", "case.assigned", "case.dealt"}
"""Told once: who of us has it is ours alone."""

WAITS: dict[str, Any] = {
    Wait.Reason.CUSTOMER: _l("We need something from you before we can go on."),
    Wait.Reason.CONTRACTOR: _l("A contractor has to do something first."),
    Wait.Reason.PARTNER: _l("Another government or a utility has to do something first."),
    Wait.Reason.WEATHER: _l("The weather or the season has to allow it."),
}
CHANNELS: dict[str, Any] = {
    Channel.PHONE: _l("By phone"),
    Channel.COUNTER: _l("At a counter"),
    Channel.WEB: _l("On this site"),
    Channel.EMAIL: _l("By e-mail"),
    Channel.LETTER: _l("By letter"),
    Channel.FAX: _l("By fax"),
    Channel.VOICEMAIL: _l("By voicemail"),
    Channel.SOCIAL: _l("By social media"),
}
WHY_HIDDEN: dict[str, Any] = {
    Hiding.Reason.PERSON: _l("It tells something about a person, who may not want others to read it."),
    Hiding.Reason.WORDS: _l("Some of its words could hurt somebody."),
    Hiding.Reason.RISK: _l("It could put somebody at risk if others read it."),
    Hiding.Reason.WRONG: _l("What others saw of it was not right."),
    Hiding.Reason.ASKED: _l("You asked for this."),
    Hiding.Reason.MENDED: _l("What was wrong has been put right."),
    Hiding.Reason.LOOKED_AT: _l("We looked at it again."),
}
LENGTH = 100


@dataclass(frozen=True)
class Chapter:
    """One thing that happened, and how; `words` are what we wrote, in their language."""

    title: str
    at: datetime
    how: str = ""
    why: str = ""
    words: str = ""
    language: str = ""

    @property
    def kind(self) -> str:
        """How the timeline draws it."""
        return "message" if self.words else "event"


@dataclass(frozen=True)
class Promise:
    """One promise in words, with the word beside it; tones as those of a tag."""

    sentence: str
    word: str = ""
    tone: str = "plain"


def story_of(case: Case) -> dict[str, Any]:
    """The chapters, newest first, the promises with whether they were kept, and how it ended."""
    events = [event for event in _told(case, TOLD) if "follower" not in event.details]
    written = Message.objects.in_bulk([event.details["message"] for event in events if "message" in event.details])
    hidings = Hiding.objects.in_bulk([event.details["hiding"] for event in events if "hiding" in event.details])
    last = next((event for event in events if event.name == "case.closed"), None) if case.is_closed else None
    return {
        "ending": written.get(last.details.get("message")) if last else None,
        "chapters": [
            _decided(event, hidings[event.details["hiding"]], case.language)
            if "hiding" in event.details
            else _chapter(event, None if event is last else written)
            for event in _once(events)
        ],
        "promises": [
            promise_of(clock)
            for clock in case.clocks.still_told().select_related("weather").order_by("started_at", "id")
        ],
    }


def story_for_followers(case: Case) -> dict[str, Any]:
    """The chapters that are for everybody, newest first, and how it ended: words only where they were meant for all."""
    events = _told(case, TOLD_FOLLOWERS)
    public = Message.objects.filter(is_for_followers=True)
    written = public.in_bulk([event.details["message"] for event in events if "message" in event.details])
    shown = [one for one in _once(events) if one.name != "case.messaged" or one.details["message"] in written]
    last = next((event for event in events if event.name == "case.closed"), None) if case.is_closed else None
    return {
        "ending": written.get(last.details.get("message", 0)) if last else None,
        "chapters": [
            Chapter(
                title=str(TOLD_FOLLOWERS[event.name]),
                at=event.happened_at,
                words=_words(event, written, but=last),
                language=_language(event, written),
            )
            for event in shown
        ],
    }


def words_of(follower: Follower) -> list[Interaction]:
    """What this follower told us themselves."""
    cases = {follower.case_id, follower.case.survivor_id or follower.case_id}
    theirs = Interaction.objects.filter(cases__in=cases, customer=follower.customer_id).exclude(summary="")
    return list(theirs.distinct().order_by("id")[:LENGTH])


def _told(case: Case, names: Collection[str]) -> list[Event]:
    """The latest events of the case and of those that were merged into it."""
    cases = [case.pk, *case.merged.values_list("pk", flat=True)]
    return list(Event.objects.filter(case_id__in=cases, name__in=names).order_by("-id")[:LENGTH])


def _words(event: Event, written: dict[int, Message], but: Event | None) -> str:
    message = written.get(event.details.get("message", 0))
    return message.text if message and event is not but else ""


def _language(event: Event, written: dict[int, Message]) -> str:
    message = written.get(event.details.get("message", 0))
    return message.language if message else ""


def _once(events: list[Event]) -> list[Event]:
    """Without the later ones of those that are told once."""
    begun = [event for event in events if event.name in BEGUN]
    return [event for event in events if event.name not in BEGUN or event is begun[-1]]


def _chapter(event: Event, written: dict[int, Message] | None) -> Chapter:
    message = (written or {}).get(event.details.get("message", 0))
    return Chapter(
        title=str(TOLD[event.name]),
        at=event.happened_at,
        how=str(CHANNELS.get(event.details.get("channel", ""), "")),
        why=_why(event),
        words=message.text if message else "",
        language=message.language if message else "",
    )


def _decided(event: Event, hiding: Hiding, language: str) -> Chapter:
    why = str(WHY_HIDDEN[hiding.reason])
    return Chapter(title=str(TOLD[event.name]), at=event.happened_at, why=why, words=hiding.words, language=language)


def _why(event: Event) -> str:
    if event.name != "case.waiting":
        return ""
    until = date.fromisoformat(event.details["until"])
    return f"{WAITS[event.details['reason']]} {_('At the latest, we go on %(day)s.') % {'day': day(until)}}"


def promise_of(clock: Clock) -> Promise:
    """A promise as the customer should read it: what holds, what was kept, what was not."""
    if clock.ended_at is None:
        late = timezone.now() - clock.due_at if clock.due_at else None
        if late is not None and late.total_seconds() > 0:
            return Promise(clock.in_words, _("%(span)s late") % {"span": span(late)}, "bad")
        return Promise(clock.in_words)
    done = {
        Standard.Promise.ACKNOWLEDGE: _("We confirmed that we have it."),
        Standard.Promise.ANSWER: _("We answered."),
        Standard.Promise.STEP: clock.label,
        Standard.Promise.OUTCOME: _("It was done or decided."),
    }[Standard.Promise(clock.promise)]
    if clock.due_at is None or clock.is_kept:
        return Promise(done, _("kept in time"), "good")
    return Promise(done, _("%(span)s late") % {"span": span(clock.ended_at - clock.due_at)}, "bad")
