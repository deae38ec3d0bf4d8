"""What follows when something has happened to a complaint."""

from django.db import transaction

from townline.accounts.models import User
from townline.channels.models import Mail
from townline.complaints import words  # noqa: F401  (how the timeline tells these events)
from townline.complaints.ladder import RANKS, line_above
from townline.complaints.letters import document_of
from townline.complaints.models import Complaint, Letter, LettersBy, Package, Procedure
from townline.complaints.models.leading import chairs_now
from townline.complaints.news import bring_letter, tell_complainant, tell_staff
from townline.complaints.packing import packed
from townline.complaints.schedule import relieve_who_may_not
from townline.letters.printing import printed
from townline.timeline.models import Event
from townline.timeline.reactions import reacts_to


def _complaint(event: Event) -> Complaint:
    return Complaint.objects.select_related("case").get(pk=event.subject_id)


@reacts_to("complaint.filed", "complaint.acknowledged", "complaint.asked", "complaint.decided", "complaint.extended",
           "complaint.escalated", "complaint.taken_over")  # fmt: skip
def say_that_there_is_news(event: Event) -> None:
    """Tell the complainant, in a job of its own, so that only the telling is tried again.

    Whoever wants letters by e-mail is told by the letter itself, when it is printed.
    """
    if "letter" in event.details and _complaint(event).letters_by == LettersBy.EMAIL:
        return
    tell_complainant.enqueue(complaint_id=event.subject_id, event_id=event.pk)


@reacts_to("complaint.acknowledged", "complaint.decided")
def print_the_letter(event: Event) -> None:
    """Print it and seal it, once; a press that is stuck is asked again by the queue."""
    letter = Letter.objects.select_related("complaint__case", "complaint__safe", "decision__position").get(
        pk=event.details["letter"]
    )
    if letter.sealed_at is None:
        document = document_of(letter)
        pdf = printed(document)
        letter.complaint.seal_letter(by=User.objects.system(), letter=letter, pdf=pdf, document=document.as_json())


@reacts_to("complaint.package_asked", "complaint.released")
def make_the_package(event: Event) -> None:
    """Gather, print and seal it, once."""
    package = Package.objects.select_related("complaint__case", "complaint__safe").get(pk=event.details["package"])
    if package.sealed_at is None:
        package.complaint.seal_package(by=User.objects.system(), package=package, content=packed(package))


@reacts_to("complaint.letter_sealed")
def bring_the_letter(event: Event) -> None:
    """To whoever agreed to have it by e-mail."""
    if _complaint(event).letters_by == LettersBy.EMAIL:
        bring_letter.enqueue(complaint_id=event.subject_id, event_id=event.pk)


@reacts_to("complaint.opened_intake", "complaint.sent_on", "complaint.escalated", "complaint.taken_over",
           "complaint.relieved")  # fmt: skip
def tell_whose_it_is(event: Event) -> None:
    """Tell whoever has it now."""
    complaint = _complaint(event)
    if active := complaint.active:
        tell_staff.enqueue(
            user_ids=[active.user_id], reference=complaint.case.reference, what="yours", key=f"e{event.pk}"
        )


@reacts_to("mail.sent", "mail.failed")
def seal_what_was_on_its_way(event: Event) -> None:
    """A mail of the case that a complaint came from is sealed as soon as it is not waiting any more."""
    complaint = Complaint.objects.select_related("safe").filter(came_from=event.case_id).first()
    if event.case_id is None or complaint is None:
        return
    with transaction.atomic():
        mail = Mail.objects.select_for_update(no_key=True).get(pk=event.subject_id)
        if mail.contact_point_id and mail.state != Mail.State.WAITING:
            mail.seal(by=User.objects.system(), into=complaint.safe)


@reacts_to("complaint.offered")
def tell_the_next_level(event: Event) -> None:
    """Tell whoever may take it over."""
    reference = _complaint(event).case.reference
    tell_staff.enqueue(user_ids=[event.details["to"]], reference=reference, what="offered", key=f"e{event.pk}")


@reacts_to("user.appointed", "user.deactivated")
def see_whose_hands_it_is_in(event: Event) -> None:
    """A complaint that is in the hands of somebody who may not have it any more goes to the next."""
    relieve_who_may_not.enqueue()


@reacts_to("complaint.opened_in_emergency")
def tell_of_an_emergency(event: Event) -> None:
    """Tell the one who has it, the manager responsible, and whoever coordinates freedom of information, at once."""
    complaint = _complaint(event)
    tell_staff.enqueue(
        user_ids=sorted(told_of_emergency(complaint) - {event.by_id}),
        reference=complaint.case.reference,
        what="emergency",
        key=f"e{event.pk}",
    )


def told_of_emergency(complaint: Complaint) -> set[int]:
    """Who is responsible: never somebody complained about, nor who reports to them."""
    foi = Procedure.objects.values_list("foi", flat=True).first()
    told = set(User.objects.filter(position=foi, is_active=True).values_list("pk", flat=True)) if foi else set()
    chairs, active = chairs_now(), complaint.active
    if active:
        told.add(active.user_id)
        above = [chairs[active.position_id]] if active.position_id in chairs else []
        line = [*above, *line_above(chairs, active.position_id)]
        managing = next((chair for chair in line if chair.rank >= RANKS.index("manager") and chair.holders), None)
        told |= set(managing.holders) if managing else set()
    return {pk for pk in told if not complaint.keeps_out(pk)}
