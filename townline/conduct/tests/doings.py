"""How each verb of conduct is done."""

from datetime import timedelta

from django.utils import timezone

from townline.accounts.models import Municipality, Position, User
from townline.conduct.models import Behaviour, Intervention, Restriction


def days(number):
    return timezone.localdate() + timedelta(days=number)


def behaviour(town, **more):
    given = {
        "grade": "abusive",
        "what": "He shouted threats.",
        "impact": "Rita went home.",
        "happened_at": timezone.now(),
    }
    return Behaviour.note(town.rivera, by=town.rita, **{**given, **more})


def intervention(town, **more):
    given = {"what": "Two of us go", "why": "A dog.", "until_on": days(30)}
    return Intervention.plan(town.rivera, by=town.rita, **{**given, **more})


def line(town):
    """Lea below Dana, in a town that has adopted a policy."""
    Municipality.objects.update(
        conduct_policy={"name": {"en": "Policy"}, "adopted_on": "2026-01-12", "appeal_days": 14}
    )
    top, _new = Position.objects.get_or_create(
        code="top", defaults={"title": {"en": "Director"}, "department": town.front, "level": "director"}
    )
    low, _new = Position.objects.get_or_create(
        code="low", defaults={"title": {"en": "Lead"}, "department": town.roads, "reports_to": top}
    )
    User.objects.filter(pk=town.dana.pk).update(position=top)
    User.objects.filter(pk=town.lea.pk).update(position=low)
    town.dana.refresh_from_db()
    town.lea.refresh_from_db()


def requested(town, **more):
    line(town)
    given = {
        "kind": "one_channel", "terms": "Writes to one address.", "reason": "Forty calls a day.",
        "notice": "Please write to us at one address.", "evidence": [behaviour(town)],
        "starts_on": days(0), "ends_on": days(90), "review_on": days(60),
    }  # fmt: skip
    return Restriction.request(town.rivera, by=town.lea, **{**given, **more})


def approved(town, **more):
    made = requested(town, **more)
    made.approve(by=town.dana)
    return made


def appealed(town):
    made = approved(town)
    made.appeal(by=town.rita, text="It is not so.")
    return made


def over(town):
    made = approved(town)
    Restriction.objects.filter(pk=made.pk).update(starts_on=days(-90), review_on=days(-2), ends_on=days(-1))
    return made


DOINGS = {
    "Behaviour.open": (behaviour, "rita", lambda one, town: one.open(by=town.rita)),
    "Behaviour.withdraw": (behaviour, "rita", lambda one, town: one.withdraw(by=town.rita)),
    "Intervention.review": (intervention, "rita", lambda one, town: one.review(by=town.rita, until_on=days(60))),
    "Intervention.end": (intervention, "rita", lambda one, town: one.end(by=town.rita, helped="yes")),
    "Restriction.open": (requested, "lea", lambda one, town: one.open(by=town.lea)),
    "Restriction.approve": (requested, "dana", lambda one, town: one.approve(by=town.dana)),
    "Restriction.decline": (requested, "dana", lambda one, town: one.decline(by=town.dana, why="Too much.")),
    "Restriction.review": (approved, "lea", lambda one, town: one.review(by=town.lea, review_on=days(80))),
    "Restriction.lift": (approved, "lea", lambda one, town: one.lift(by=town.lea, why="It has become calm.")),
    "Restriction.appeal": (approved, "rita", lambda one, town: one.appeal(by=town.rita, text="It is not so.")),
    "Restriction.decide_appeal": (
        appealed, "dana", lambda one, town: one.decide_appeal(by=town.dana, outcome="confirmed", words="It stays.")
    ),
    "Restriction.expire": (over, "system", lambda one, town: one.expire(by=town.system)),
    "Restriction.notify": (approved, "lea", lambda one, town: one.notify(by=town.lea)),
}  # fmt: skip
