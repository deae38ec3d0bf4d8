"""The papers of records, as PDFs that screen readers can read: an export, a release, a certificate.

They are made of the same texts as the pages, and kept nowhere.
"""

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from townline.core.refusals import NotPossible
from townline.letters.document import Block, Document, Facts, Heading, Part, Quoted, Table, Words
from townline.letters.printing import NotPrinted, printed
from townline.letters.sender import our_sender
from townline.records.models import AccessRequest, Disposition
from townline.records.rebuilding import Cut, plain, rebuilt
from townline.ui.moments import day


def as_pdf(document: Document, name: str) -> HttpResponse:
    """The paper, to save; a press that fails is said so, and nothing is lost."""
    try:
        content = printed(document)
    except NotPrinted:
        raise NotPossible(_("It could not be printed now. Try again in a minute, or print the page.")) from None
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return answer


def export_paper(found: dict[str, Any], language: str) -> Document:
    """Everything we hold about somebody, in their language."""
    with override(language):
        who = found["who"]
        blocks: list[Block] = [
            Heading(_("Everything we hold about you"), 1),
            Facts((
                (_("Name"), who["name"]),
                (_("How we reach you"), "\n".join(who["reached_at"]) or "–"),
                (_("Date"), day(timezone.localdate())),
            )),
        ]  # fmt: skip
        told = [(_("What you need to be served"), f"{one['label']} {one['text']}") for one in found["needs"]]
        told += [(_("What you agreed to"), f"{one['to_whom']}: {one['what']}") for one in found["consents"]]
        blocks += [Facts(tuple(told))] if told else []
        for case in found["cases"]:
            blocks.append(Heading(f"{case['reference']} · {case['service']}"))
            blocks += [block for one in case["words"] for block in (Heading(one["label"], 3), Quoted(one["text"]))]
        if found["contacts"]:
            blocks.append(Heading(_("Other contacts")))
            blocks += [Words(f"{one['on']}, {one['channel']}\n\n{one['text']}") for one in found["contacts"]]
        blocks += _corrections(found["corrections"])
        return _document(_("Your information"), blocks)


def _corrections(found: list[dict[str, str]]) -> list[Block]:
    blocks: list[Block] = [Heading(_("Corrections"))] if found else []
    for one in found:
        blocks.append(Words(f"{one['asked_on']}: {one['what']}\n\n{one['decision']} {one['reasons']}"))
        if one["disagreement"]:
            blocks += [Heading(_("Your statement of disagreement"), 3), Quoted(one["disagreement"])]
    return blocks


def release_paper(asked: AccessRequest) -> Document:
    """What is released, built anew: the words that are taken out are in no part of the file."""
    cuts = [Cut(one.words, one.section) for one in asked.redactions.all()]
    with override(asked.case.language):
        act = _(
            "Where something was taken out, the section of the Municipal Freedom of Information and Protection of "
            "Privacy Act stands in its place."
        )
        blocks: list[Block] = [Heading(_("Release"), 1), Words(act)]
        for piece in asked.pieces.all():
            blocks += [Heading(piece.label), Words(plain(rebuilt(piece.text, cuts)))]
        return _document(_("Release %(reference)s") % {"reference": asked.case.reference}, blocks)


def certificate_paper(disposition: Disposition, rows: list[tuple[str, Any]]) -> Document:
    """The certificate of a disposition, in the language of whoever prints it."""
    facts = [
        (_("Number"), str(disposition.pk)),
        (_("Class"), str(disposition.called)),
        (_("Authority"), disposition.authority),
        (_("Kept"), disposition.period),
        (_("Approved by"), f"{disposition.first_by}, {disposition.second_by}"),
        (_("Carried out"), day(disposition.done_at) if disposition.done_at else ""),
        (_("Disposed of"), str(disposition.gone)),
        (_("On the list, and kept"), str(disposition.kept)),
    ]
    blocks: list[Block] = [Heading(_("Certificate of disposition"), 1), Facts(tuple(facts))]
    if rows:
        head = (_("Case"), _("Closed"), _("Last used"), _("Kept through"))
        lines = tuple(
            (name, *(day(on) for on in (one.closed_on, one.last_used_on, one.kept_through))) for name, one in rows
        )
        blocks.append(Table(_("Cases disposed of"), head, lines, (2, 3, 3, 3)))
    return _document(_("Certificate of disposition"), blocks)


def _document(title: str, blocks: list[Block]) -> Document:
    language = (get_language() or "en")[:2]
    sender = our_sender()
    return Document(title, sender.name, title, (Part(language, sender, tuple(blocks)),))
