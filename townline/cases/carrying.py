"""Files of a draft: brought while somebody types, and carried over to the case it becomes."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from townline.cases.models import Case, Draft, Enclosure
from townline.documents.models import Attachment
from townline.documents.reading import FileRefused
from townline.ui.labels import labelled

MOST_IN_A_DRAFT = 30


def bring_into(draft: Draft, uploads: Iterable[Any], *, by: Any, question: str) -> tuple[list[Attachment], list[str]]:
    """Keep what somebody sends with their draft: the good files, and a sentence for each of the others."""
    good, refused = [], []
    for upload in uploads:
        try:
            if draft.enclosures.count() >= MOST_IN_A_DRAFT:
                raise FileRefused(_too_many())
            attachment = Attachment.bring(upload, by=by)
        except FileRefused as why:
            refused.append(labelled(upload.name, str(why)))
            continue
        Enclosure.objects.create(draft=draft, attachment=attachment, question=question[:100], is_shared=True)
        good.append(attachment)
    return good, refused


def take_out(draft: Draft, key: str) -> None:
    """Remove a file from a draft; the file itself is swept after."""
    draft.enclosures.filter(attachment__key=key).delete()


def carry_over(draft: Draft, case: Case) -> None:
    """The files that answer a question lie with the case from now on; the others go.

    Part of handing in: in the same transaction.
    """
    assert transaction.get_connection().in_atomic_block
    wanted = set(texts(case.answers))
    for enclosure in draft.enclosures.select_related("attachment"):
        if enclosure.attachment.key in wanted or not enclosure.question:
            enclosure.draft, enclosure.case = None, case
            enclosure.save()
        else:
            enclosure.delete()


def texts(value: Any) -> Iterator[str]:
    """Every text in a set of answers."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from texts(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from texts(each)


def _too_many() -> str:
    return _("There are %(count)s files here already; remove one first.") % {"count": MOST_IN_A_DRAFT}
