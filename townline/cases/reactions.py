"""What follows when something has happened to a case."""

from django.db import transaction
from django_tasks import task

from townline.accounts.models import Department, User
from townline.cases import alerting, telling
from townline.cases.dealing import deal_if_wanted
from townline.cases.letters import acknowledge_by_mail, can_mail, recipient, send_message
from townline.cases.mentions import tell_mentioned
from townline.cases.models import Case, Message, Note, Notification, Passing, Weather
from townline.cases.models.voices import managers_of, supervisors_of
from townline.cases.notifying import notify
from townline.cases.weather import begin_held
from townline.catalogue.models import Kind
from townline.timeline.models import Event
from townline.timeline.reactions import reacts_to

__all__ = ["alerting", "bring_message", "confirm_receipt", "telling"]


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
        if message.mail_id is None and recipient(case, message):
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


@reacts_to("case.received", "case.refiled")
def lead_complaint(event: Event) -> None:
    """A verbal complaint goes to the supervisor of the department that it is about, once."""
    case = Case.objects.select_related("department").get(pk=event.subject_id)
    if case.kind != Kind.COMPLAINT or case.is_closed or _was_led(case, event):
        return
    about = Department.objects.filter(code=str(case.answers.get("about_department", ""))[:50], is_active=True).first()
    case.bring_to_supervisor(by=User.objects.system(), department=about or case.department)


def _was_led(case: Case, event: Event) -> bool:
    return Event.objects.filter(case_id=case.pk, name="case.brought_to_supervisor", pk__gt=event.pk).exists()


@reacts_to("case.brought_to_supervisor")
def tell_supervisor(event: Event) -> None:
    """Whoever has the complaint now is told; where nobody has, all who supervise are."""
    case = Case.objects.select_related("department", "assignee").get(pk=event.subject_id)
    told = [case.assignee] if case.assignee else supervisors_of(case.department)
    notify(told, case, Notification.Kind.ASSIGNED, key=f"event:{event.pk}", by=event.by)


@reacts_to("case.passed_on")
def tell_of_compliment(event: Event) -> None:
    """The person it is about, and the manager responsible."""
    passing = Passing.objects.select_related("case", "department", "person__position").get(pk=event.details["passing"])
    person = [passing.person] if passing.person else []
    told = {user.pk: user for user in [*person, *managers_of(passing.department, passing.person)]}
    notify(told.values(), passing.case, Notification.Kind.COMPLIMENT, key=f"event:{event.pk}", by=event.by)


@reacts_to("case.noted")
def tell_those_mentioned(event: Event) -> None:
    """Whoever is mentioned in the note is told at their desk, once."""
    note = Note.objects.select_related("case").get(pk=event.details["note"])
    tell_mentioned(note.text, note.case, note=note.pk, by=event.by)


@reacts_to("case.handed_over", "case.sent_on")
def give_out_again(event: Event) -> None:
    """In its new queue it is given out, where that queue does so."""
    case = Case.objects.select_related("queue").get(pk=event.subject_id)
    if not case.is_closed:
        deal_if_wanted(case, by=User.objects.system())


@reacts_to("case.handed_over", "case.given_back")
def tell_supervisors(event: Event) -> None:
    """Who supervises the department hears of what was handed over to it or came back into its queue."""
    case = Case.objects.get(pk=event.subject_id)
    kind = "handed_over" if event.name == "case.handed_over" else "given_back"
    staff = User.objects.filter(kind=User.Kind.STAFF, is_active=True, departments=case.department_id)
    told = [one for one in staff.prefetch_related("roles") if one.holds("case.supervise")]
    notify(told, case, kind, key=f"event:{event.pk}", by=event.by)


@reacts_to("case.dealt", "case.assigned")
def tell_assignee(event: Event) -> None:
    """Whoever was given a case hears of it."""
    case = Case.objects.get(pk=event.subject_id)
    notify(User.objects.filter(pk=event.details["to"]), case, "assigned", key=f"event:{event.pk}", by=event.by)
