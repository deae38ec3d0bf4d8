"""What follows when something has happened to a case."""

from django.db import transaction
from django_tasks import task

from townline.accounts.models import User
from townline.cases.letters import acknowledge_by_mail, can_mail, send_message
from townline.cases.models import Case, Message, Weather
from townline.cases.weather import begin_held
from townline.timeline.models import Event
from townline.timeline.reactions import reacts_to


@reacts_to("case.received")
def confirm_receipt(event: Event) -> None:
    """Tell the customer by e-mail that we have it; the promise to do so is then kept."""
    case = Case.objects.select_related("contact_point__replaced_by").get(pk=event.subject_id)
    if not can_mail(case):
        return
    townline = User.objects.system()
    with transaction.atomic():
        acknowledge_by_mail(case, by=townline)
        if case.clocks.filter(promise="acknowledge", ended_at=None).exists():
            case.acknowledge(by=townline)


@reacts_to("case.messaged", "case.closed")
def bring_message(event: Event) -> None:
    """Send the message that the event speaks of, once."""
    with transaction.atomic():
        message = Message.objects.select_for_update(no_key=True, of=("self",)).get(pk=event.details["message"])
        case = Case.objects.select_related("contact_point__replaced_by").get(pk=event.subject_id)
        if message.mail_id is None and can_mail(case):
            outcome = event.details["outcome"] if event.name == "case.closed" else ""
            message.mail = send_message(case, message, by=event.by, outcome=outcome)
            message.save()


@reacts_to("weather.ended")
def begin_what_was_held(event: Event) -> None:
    """Let begin what was promised while the weather event lasted."""
    begin_after.enqueue(weather_id=event.subject_id)


@task()
def begin_after(weather_id: int, after: int = 0) -> None:
    """Some cases at a time, each batch a job of its own; a case that has begun already is left alone."""
    last = begin_held(Weather.objects.get(pk=weather_id), by=User.objects.system(), after=after)
    if last:
        begin_after.enqueue(weather_id=weather_id, after=last)
