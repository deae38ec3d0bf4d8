"""How each verb of a complaint, and each verb that only confidential cases have, is done."""

from datetime import timedelta

from django.utils import timezone

from townline.channels.models import Mail
from townline.complaints.models import Given
from townline.complaints.testing import a_complaint, a_line, a_procedure
from townline.vault.door import make_safe

SOON = timezone.localdate() + timedelta(days=20)


def filed(town):
    town.line = a_line(town)
    a_procedure(town)
    return a_complaint(town)


def investigated(town):
    complaint = filed(town)
    complaint.send_on(by=town.line["intake"], subjects=[town.ada])
    town.sue, town.over, town.foi, town.ina = (town.line[key] for key in ("supervisor", "overseer", "foi", "intake"))
    town.consent = complaint.disclose(by=town.sue, ground="consent", what="file", to_whom="Them")
    town.emergency = complaint.open_in_emergency(by=town.over, reason="safety", words="Now.")
    town.follow_up = complaint.follow_up(by=town.sue, kind="training", words="Calls", due_on=SOON)
    return complaint


def heard(town):
    complaint = investigated(town)
    town.subject = complaint.subjects.get()
    complaint.hear(by=town.sue, subject=town.subject, words="What happened?")
    return complaint


def decided(town):
    complaint = heard(town)
    complaint.find(by=town.sue, finding="not", reasons="Because.")
    complaint.decide(by=town.sue, letter="Dear complainant")
    return complaint


def offered(town):
    complaint = investigated(town)
    complaint.offer(by=town.system)
    town.mo = town.line["manager"]
    return complaint


def in_wrong_hands(town):
    complaint = investigated(town)
    town.sue.is_active = False
    town.sue.save()
    return complaint


def outside(town):
    complaint = decided(town)
    complaint.stage = "outside"
    complaint.save()
    return complaint


def packaged(town):
    complaint = outside(town)
    town.package = complaint.ask_for_package(by=town.system)
    return complaint


def content(town):
    complaint = decided(town)
    complaint.window_until = timezone.localdate() - timedelta(days=1)
    complaint.save()
    return complaint


def its_case(town):
    return investigated(town).case


def its_ended_case(town):
    case = its_case(town)
    case.settle(by=town.sue, outcome="answered")
    return case


def a_plain_one(town):
    return town.case("Rude at the counter", assignee=town.ada)


def a_sent_mail(town):
    return Mail.objects.create(
        contact_point=town.rivera_email, purpose="message", language="en", subject="s", body="b", message_id="<1@x>",
        state=Mail.State.SENT,
    )  # fmt: skip


def at_intake(town):
    complaint = filed(town)
    town.ina = town.line["intake"]
    return complaint


DOINGS = {
    "Case.seal": (
        a_plain_one, "rita", lambda case, town: case.seal(by=town.rita, into=make_safe("complaint", case_id=case.pk))
    ),
    "Mail.seal": (
        a_sent_mail, "rita", lambda mail, town: mail.seal(by=town.rita, into=make_safe("complaint"))
    ),
    "Case.entrust": (its_case, "sue", lambda case, town: case.entrust(by=town.sue, to=town.over)),
    "Case.promise": (its_case, "sue", lambda case, town: case.promise(by=town.sue, promises=[("answer", 5, "hours")])),
    "Case.fulfil": (its_case, "sue", lambda case, town: case.fulfil("acknowledge", by=town.sue)),
    "Case.lengthen": (its_case, "sue", lambda case, town: case.lengthen(by=town.sue, promise="answer", amount=3)),
    "Case.settle": (its_case, "sue", lambda case, town: case.settle(by=town.sue, outcome="answered")),
    "Case.revive": (its_ended_case, "sue", lambda case, town: case.revive(by=town.sue)),
    "Complaint.open_intake": (filed, "system", lambda one, town: one.open_intake(by=town.system)),
    "Complaint.send_on": (at_intake, "ina", lambda one, town: one.send_on(by=town.ina, subjects=[town.ada])),
    "Complaint.acknowledge": (investigated, "sue", lambda one, town: one.acknowledge(by=town.sue, words="We have it.")),
    "Complaint.ask": (investigated, "sue", lambda one, town: one.ask(by=town.sue, words="When?")),
    "Complaint.reply": (investigated, "system", lambda one, town: one.reply(by=town.system, words="On Monday.")),
    "Complaint.note": (investigated, "sue", lambda one, town: one.note(by=town.sue, words="A note.")),
    "Complaint.hear": (
        investigated, "sue", lambda one, town: one.hear(by=town.sue, subject=one.subjects.get(), words="What?")
    ),
    "Complaint.record_answer": (
        heard, "sue", lambda one, town: one.record_answer(by=town.sue, subject=town.subject, words="No.")
    ),
    "Complaint.name_witness": (
        investigated, "sue", lambda one, town: one.name_witness(by=town.sue, user=town.ben)
    ),
    "Complaint.relieve": (in_wrong_hands, "system", lambda one, town: one.relieve(by=town.system)),
    "Complaint.find": (heard, "sue", lambda one, town: one.find(by=town.sue, finding="partly", reasons="So.")),
    "Complaint.decide": (
        lambda town: _found(heard(town), town), "sue", lambda one, town: one.decide(by=town.sue, letter="Dear.")
    ),
    "Complaint.extend": (investigated, "sue", lambda one, town: one.extend(by=town.sue, reasons="Because.")),
    "Complaint.close": (content, "sue", lambda one, town: one.close(by=town.sue)),
    "Complaint.attach": (
        investigated, "sue", lambda one, town: one.attach(by=town.sue, files=[Given("a.jpg", "jpeg", b"a")])
    ),
    "Complaint.seal_letter": (
        decided, "system",
        lambda one, town: one.seal_letter(by=town.system, letter=one.letters.last(), pdf=b"%PDF-", document="{}"),
    ),
    "Complaint.ask_for_package": (outside, "system", lambda one, town: one.ask_for_package(by=town.system)),
    "Complaint.seal_package": (
        packaged, "system", lambda one, town: one.seal_package(by=town.system, package=town.package, content=b"PK")
    ),
    "Complaint.accept": (decided, "system", lambda one, town: one.accept(by=town.system)),
    "Complaint.escalate": (decided, "system", lambda one, town: one.escalate(by=town.system, why="complainant")),
    "Complaint.offer": (investigated, "system", lambda one, town: one.offer(by=town.system)),
    "Complaint.take_over": (offered, "mo", lambda one, town: one.take_over(by=town.mo)),
    "Complaint.follow_up": (
        investigated, "sue", lambda one, town: one.follow_up(by=town.sue, kind="process", words="x", due_on=SOON)
    ),
    "Complaint.finish_follow_up": (
        investigated, "over", lambda one, town: one.finish_follow_up(by=town.over, follow_up=town.follow_up)
    ),
    "Complaint.open_in_emergency": (
        investigated, "over", lambda one, town: one.open_in_emergency(by=town.over, reason="court", words="Now.")
    ),
    "Complaint.review_emergency": (
        investigated,
        "foi",
        lambda one, town: one.review_emergency(by=town.foi, emergency=town.emergency, was_right=True),
    ),
    "Complaint.record_request": (
        investigated, "foi", lambda one, town: one.record_request(by=town.foi, number="2026-1", until_on=SOON)
    ),
    "Complaint.disclose": (
        investigated, "sue", lambda one, town: one.disclose(by=town.sue, ground="law", what="file", to_whom="A court")
    ),
    "Complaint.withdraw_consent": (
        investigated, "sue", lambda one, town: one.withdraw_consent(by=town.sue, disclosure=town.consent)
    ),
    "Complaint.release": (
        investigated, "sue", lambda one, town: one.release(by=town.sue, disclosure=town.consent)
    ),
}  # fmt: skip


def _found(complaint, town):
    complaint.find(by=town.sue, finding="not", reasons="Because.")
    return complaint
