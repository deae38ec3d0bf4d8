"""Photos and documents of a case, as its page shows them: with everything beside a case, in one query."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _

from townline.cases.beside import as_moment, stands_beside
from townline.cases.models import Case, Enclosure
from townline.core.access import visible
from townline.documents.models import Attachment


@dataclass(frozen=True)
class Shown:
    """One file as a page shows it; without `url` there is nothing to save (yet)."""

    name: str
    alt: str
    about: str
    small_url: str = ""
    url: str = ""
    scan: str = ""
    tone: str = "plain"
    who: str = ""
    at: datetime | None = None


@stands_beside(
    "files",
    key="attachment__key", kind="attachment__kind", size="attachment__size", width="attachment__width",
    height="attachment__height", original_name="attachment__original_name", description="attachment__description",
    brought_by="attachment__brought_by", brought_at="attachment__brought_at", is_ready="attachment__is_ready",
    scan="attachment__scan", scan_found="attachment__scan_found", is_shared="is_shared",
)  # fmt: skip
def _files(case: Case, user: Any) -> "QuerySet[Any]":
    return visible(user, Enclosure.objects.filter(case=case))


def shown_files(case: Case, rows: list[dict[str, Any]]) -> list[Shown]:
    """For staff: all files of the case, the first that came first."""
    return [_for_staff(case, row) for row in sorted(rows, key=lambda row: as_moment(row["brought_at"]))]


def _for_staff(case: Case, row: dict[str, Any]) -> Shown:
    scan = Attachment.Scan(row["scan"])
    is_infected = scan == Attachment.Scan.INFECTED
    has_small = row["kind"] != Attachment.Kind.PDF and not is_infected
    tone = {Attachment.Scan.CLEAN: "good", Attachment.Scan.INFECTED: "bad"}.get(scan, "plain")
    return Shown(
        name=row["description"] or row["original_name"] or _("File without a name"),
        alt=row["description"] or _("Photo without a description"),
        about=about(row["kind"], row["size"], row["width"], row["height"]),
        small_url=reverse("cases:small_file", args=[case.reference, row["key"]]) if has_small else "",
        url=reverse("cases:file", args=[case.reference, row["key"]]) if row["is_ready"] and not is_infected else "",
        scan=_infected(row["scan_found"]) if is_infected else str(scan.label) if row["is_ready"] else "",
        tone=tone,
        who=str(Attachment.Bringer(row["brought_by"]).label),
        at=as_moment(row["brought_at"]),
    )


def files_for_customer(case: Case, who: Any) -> list[Shown]:
    """For the customer: what they brought, and what we sent them with a message."""
    rows = visible(who, Enclosure.objects.filter(case=case)).select_related("attachment").order_by("id")
    return [_for_customer(case, row.attachment) for row in rows]


def _for_customer(case: Case, attachment: Attachment) -> Shown:
    is_infected, is_served = attachment.scan == Attachment.Scan.INFECTED, attachment.is_served_to_customers
    is_theirs = attachment.brought_by == Attachment.Bringer.CUSTOMER
    args = [case.reference, attachment.key]
    waits = "" if is_served or not attachment.is_ready else _("It is still being checked for viruses.")
    return Shown(
        name=str(attachment) if is_theirs else attachment.description or _("File"),
        alt=attachment.description or _("Photo without a description"),
        about=about(attachment.kind, attachment.size, attachment.width, attachment.height),
        small_url=reverse("portal:small_case_file", args=args) if is_served and attachment.is_picture else "",
        url=reverse("portal:case_file", args=args) if is_served else "",
        scan=str(Attachment.Scan.INFECTED.label) if is_infected else waits,
        tone="bad" if is_infected else "plain",
    )


def _infected(found: str) -> str:
    return _("A virus was found (%(name)s). Nobody can open it.") % {"name": found}


def about(kind: str, size: int, width: int, height: int) -> str:
    """“JPEG, 1.2 MB, 4032 × 3024”."""
    pixels = [f"{width} × {height}"] if width else []
    return ", ".join([str(Attachment.Kind(kind).label), filesizeformat(size), *pixels])
