"""The package as a person reads it: one PDF of the same data that lies beside it for machines."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from townline.complaints.models import Package
from townline.complaints.page import LABELS
from townline.letters.document import Block, Document, Facts, Heading, Part, Quoted, Sender, Table, Words
from townline.ui.moments import moment

Data = Mapping[str, Any]
GROUP = 16


def reading_copy(data: Data) -> Document:
    """Headed by the municipality, in the complainant's language."""
    town, reference = data["municipality"], data["complaint"]["reference"]
    lines = "\n".join(town[name] for name in ("address", "phone", "email") if town.get(name))
    blocks = [
        *_head(data), *_filed(data), *_levels(data), *_letters(data), *_correspondence(data), *_reasons(data),
        *_files(data), *_disclosures(data), *_openings(data), *_withheld(data),
    ]  # fmt: skip
    part = Part(data["language"], Sender(town.get("name", ""), lines), tuple(blocks))
    return Document(_("Package %(reference)s") % {"reference": reference}, town.get("name", ""), reference, (part,))


def _head(data: Data) -> list[Block]:
    told, office = data["complaint"], data["office"]
    rows = [
        (_("Reference"), told["reference"]), (_("Copy"), str(Package.Variant(data["variant"]).label)),
        (_("Made on"), _when(data["made_at"])), (pgettext("complaint", "Received"), _when(told["received_at"])),
        (_("Channel"), told["channel"]), (_("About"), _listed([told["about"], told["service"]])),
        (_("How staff were"), _listed(told["manner"])), (_("People complained about"), _listed(told.get("people", []))),
        (_("Stage"), told["stage"]), (_("Policy"), data["procedure"].get("policy", "")),
        (_("Office outside"), "\n".join(one for one in office.values() if one)),
    ]  # fmt: skip
    return [Heading(_("The whole file of a complaint"), 1), Facts(_filled(rows))]


def _filed(data: Data) -> list[Block]:
    told = data["complaint"]["filed"]
    rows = [(str(LABELS[name]), text) for name, text in told.items()]
    return [Heading(_("As it was filed")), Facts(_filled(rows))]


def _levels(data: Data) -> list[Block]:
    head = (_("Level"), _("Position"), _("From"), _("Finding"))
    rows = tuple(
        (str(one["level"]), one["position"], _when(one["from"]), one["decision"]["finding"] if one["decision"] else "–")
        for one in data["levels"]
    )
    title = _("The levels it went through")
    return [Heading(title), Table(_("Who decided, and when"), head, rows, (1, 3, 4, 3))] if rows else []


def _letters(data: Data) -> list[Block]:
    found: list[Block] = []
    for one in data["levels"]:
        if one["decision"]:
            title = _("Decision at level %(level)s") % {"level": one["level"]}
            made = one["decision"]
            rows = [(_("Decided"), _when(made["at"])), (_("What is done"), _listed(made["remedies"]))]
            found += [Heading(title), Facts(_filled(rows)), Quoted(made["letter"])]
        if one["asked_further"]:
            found += [Heading(_("Why the next level was asked for"), 3), Quoted(one["asked_further"])]
    return found


def _correspondence(data: Data) -> list[Block]:
    found: list[Block] = []
    for one in data["correspondence"]:
        who = f" ({one['person']})" if one.get("person") else ""
        found.append(Heading(f"{one['what']}{who}, {_when(one['at'])}", 3))
        found.append(Words(_("Withheld.")) if one["words"] is None else Quoted(one["words"]))
    return [Heading(_("What was said")), *found] if found else []


def _reasons(data: Data) -> list[Block]:
    found: list[Block] = []
    for level, text in data["reasons"].items():
        found += [Heading(_("Reasons at level %(level)s") % {"level": level}), Quoted(text)]
    for one in data["before"]:
        found += [Heading(f"{one['what']}, {_when(one['at'])}", 3), Quoted("\n".join(one["words"]))]
    return found


def _files(data: Data) -> list[Block]:
    head = (_("File"), _("What it is"), _("SHA-256"))
    rows = tuple((one["file"], one["what"], _grouped(one["sha256"])) for one in data["files"])
    return (
        [Heading(_("Letters and evidence")), Table(_("Files beside this one"), head, rows, (3, 3, 4))] if rows else []
    )


def _disclosures(data: Data) -> list[Block]:
    head = (_("Ground"), _("What"), _("To whom"), _("When"))
    rows = tuple((one["ground"], one["what"], one["to"], _dates(one)) for one in data["disclosures"])
    caption = _("What may be given to whom, and on which ground")
    return [Heading(_("Consents and disclosures")), Table(caption, head, rows, (3, 2, 2, 3))] if rows else []


def _dates(one: Data) -> str:
    found = [_when(one["at"])]
    if one["withdrawn_at"]:
        found.append(_("withdrawn %(when)s") % {"when": _when(one["withdrawn_at"])})
    if one["released_at"]:
        found.append(_("released %(when)s") % {"when": _when(one["released_at"])})
    return "\n".join(found)


def _openings(data: Data) -> list[Block]:
    head = (_("When"), _("Which position"), _("What"), _("Why"))
    opened = (one for one in data["openings"] if not one["by_itself"])
    rows = tuple((_when(one["at"]), one["position"], one["what"], one["why"]) for one in opened)
    caption = _("Every opening by a person, newest first")
    return [Heading(_("Who has opened the file")), Table(caption, head, rows, (4, 3, 2, 4))] if rows else []


def _withheld(data: Data) -> list[Block]:
    rows = tuple(dict.fromkeys((one["what"], one["why"]) for one in data["withheld"]))
    title, head = _("What is not in this copy, and why"), (_("What"), _("Why"))
    return [Heading(title), Table(_("Each with its reason"), head, rows, (2, 3))] if rows else []


def _filled(rows: list[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple(row for row in rows if row[1])


def _listed(said: Iterable[str]) -> str:
    return ", ".join(one for one in said if one)


def _when(at: str) -> str:
    return moment(datetime.fromisoformat(at)) if at else ""


def _grouped(digest: str) -> str:
    return " ".join(digest[at : at + GROUP] for at in range(0, len(digest), GROUP))
