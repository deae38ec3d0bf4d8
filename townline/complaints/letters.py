"""What our letters to a complainant say: the acknowledgement, and the decision with the way to go further.

Findings and service remedies, never discipline; nobody who is complained about is named by us.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from townline.accounts.models import Municipality, User
from townline.complaints.keeper import DELIVER
from townline.complaints.ladder import next_above
from townline.complaints.models import Complaint, Decision, LadderLevel, Letter, OutsideOffice, Remedy
from townline.complaints.models.leading import chairs_now
from townline.letters.document import Address, Block, Document, Facts, Heading, Part, Points, Table, Words
from townline.letters.press import unshown
from townline.letters.sender import our_sender
from townline.ui.moments import day
from townline.vault import door

WANTED = ("name", "address")


def document_of(letter: Letter) -> Document:
    """The whole letter, in the complainant's language first, and in the other one where they want both."""
    complaint = letter.complaint
    opened = door.reveal(complaint.safe, by=User.objects.system(), purpose=DELIVER)
    sealed, words = door.latest(opened), {one.name: one.text for one in opened}
    to = "\n".join(sealed[name] for name in WANTED if sealed.get(name))
    first = complaint.case.language
    said = {first: words.get(letter.words, "")}
    if letter.other_words:
        said["fr" if first == "en" else "en"] = words.get(letter.other_words, "")
    reference = complaint.case.reference
    parts = tuple(_part(letter, lang, to, text) for lang, text in said.items())
    with override(first):
        author = str(Municipality.objects.first() or "Townline")
        return Document(_("Letter %(reference)s") % {"reference": reference}, author, reference, parts)


def letter_of(complaint: Complaint, name: str, *, by: Any, purpose: str) -> Document:
    """A letter that was printed, as data; the opening is written down first. None of that name: not found."""
    letter = complaint.letters.filter(name=name).exclude(name="").first()
    if letter is None:
        raise Http404
    opened = door.reveal(complaint.safe, by=by, purpose=purpose, fields=["letter-document"])
    return Document.from_json(next(one.text for one in opened if one.name == letter.document))


def _part(letter: Letter, lang: str, to: str, said: str) -> Part:
    write: dict[str, Callable[[Letter, str], list[Block]]] = {
        Letter.What.ACKNOWLEDGEMENT: _acknowledgement, Letter.What.DECISION: _decision,
    }  # fmt: skip
    with override(lang):
        head: list[Block] = [Address(to)] if to else []
        return Part(lang, our_sender(), (*head, *write[letter.what](letter, said), *_lacking(to), *_formats()))


def _acknowledgement(letter: Letter, said: str) -> list[Block]:
    complaint = letter.complaint
    answer = complaint.case.clocks.filter(promise="answer").order_by("-pk").first()
    rows = [
        (_("Reference"), complaint.case.reference),
        (_("Date"), day(letter.at)),
        (pgettext("complaint", "Received"), day(complaint.case.received_at)),
        (_("Level"), _title_of(letter.level)),
    ]
    if answer and answer.due_at:
        rows.append((_("You have our decision by"), day(answer.due_at)))
    return [
        Heading(_("We have your complaint"), 1), Facts(tuple(rows)), Words(said), Heading(_("Who sees it")),
        Words(_("The person who investigates it opens what you wrote. Others do only to send you letters, for the "
                "Ombudsman when you agree, or in an emergency. Nobody it is about finds it. "
                "On your own page you see each opening: when, which position, and why.")),
        Heading(_("How to follow it")), Words(_how_to_follow()),
    ]  # fmt: skip


def _decision(letter: Letter, said: str) -> list[Block]:
    complaint, decision = letter.complaint, letter.decision
    assert decision is not None
    rows = (
        (_("Reference"), complaint.case.reference), (_("Date"), day(decision.at)),
        (_("Decided by"), str(decision.position.title)), (_("Finding"), decision.get_finding_display()),
    )  # fmt: skip
    remedies = [str(Remedy(one).label) for one in decision.remedies]
    done: list[Block] = [Heading(_("What is done")), Points(tuple(remedies))] if remedies else []
    return [
        Heading(_("Decision on your complaint"), 1), Facts(rows), Words(said), *done, *_steps(complaint, decision),
        Heading(_("If you are not satisfied")), *_way_on(complaint, decision),
    ]  # fmt: skip


def _steps(complaint: Complaint, decision: Decision) -> list[Block]:
    """The levels that it has gone through."""
    made = complaint.decisions.filter(pk__lte=decision.pk).select_related("position")
    rows = tuple((str(one.level), str(one.position.title), day(one.at), one.get_finding_display()) for one in made)
    head = (_("Level"), _("Decided by"), _("Date"), _("Finding"))
    caption = _("Where your complaint has been decided")
    return [Heading(_("The steps so far")), Table(caption, head, rows, (3, 8, 8, 6))]


def _way_on(complaint: Complaint, decision: Decision) -> list[Block]:
    if decision.window_until is None:
        return [Words(_("Write or call us. You can come back to this complaint at any time."))]
    chair, subjects = decision.position_id, complaint.subject_ids
    above = next_above(chairs_now(), chair, subjects, barred=complaint.barred_ids)
    asked = _("Ask on your own page, by telephone or in writing.") + " " + _how_to_follow()
    late = _("After that day, tell us why you ask now; it is accepted all the same.")
    if above:
        level = LadderLevel.objects.filter(held_by=above[0].level).first()
        until = _(
            "Until %(day)s you can ask for the next level: %(title)s. It begins with the whole file and a new person."
        )
        said = until % {"day": day(decision.window_until), "title": level.title if level else ""}
        return [Words(f"{said} {late}"), Words(asked)]
    last = _("This is the final decision within the municipality. If you are still not satisfied, you can go to:")
    package = _("On your own page you can ask for a package of your complaint to bring along, at no cost.")
    return [Words(last), *_office(decision), Words(f"{package} {_how_to_follow()}")]


def _office(decision: Decision) -> list[Block]:
    office = OutsideOffice.objects.on(decision.at.date())
    if office is None:
        return []
    rows = [(_("Office outside"), str(office.name)), (_("Address"), office.address), (_("Phone"), office.phone),
            (_("Website"), office.website)]  # fmt: skip
    about: list[Block] = [Words(str(office.about))] if str(office.about) else []
    return [Facts(tuple(row for row in rows if row[1])), *about]


def _title_of(number: int) -> str:
    level = LadderLevel.objects.filter(number=number).first()
    return str(level.title) if level else str(number)


def _how_to_follow() -> str:
    link = settings.BASE_URL + reverse("portal:track")
    return _(
        "You find your page at %(link)s, with your reference and your e-mail address, phone number or postal code."
    ) % {"link": link}


def _lacking(to: str) -> list[Block]:
    """What the box in a name or address stands for."""
    if not unshown(to):
        return []
    return [Words(_("□ stands for a character of your name or address that our letters cannot print. "
                    "We keep it as you wrote it, and your own page shows it."))]  # fmt: skip


def _formats() -> list[Any]:
    municipality = Municipality.objects.first()
    line = str(municipality.alternate_format) if municipality else ""
    return [Heading(_("Other formats")), Words(line)] if line else []
