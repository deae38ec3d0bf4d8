"""Finding cases by the words that were said on them.

PostgreSQL and SQLite each have an index of words of their own; both are given
words without accents and capitals, so that “Rue Église” is found by “eglise”.
Every word counts by its beginning, and all of them must be there.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from townline.cases.models import Case, Message, Note
from townline.cases.models.said import CaseWords, WordsGathered
from townline.core.localized import folded
from townline.timeline.models import Event

BATCH = 500
MOST_LETTERS = 50_000
"""So much of what was said on one case is searched, the first of it."""
MOST_WORDS, SHORTEST = 8, 2
LOOKED_THROUGH = 2_000
"""Of the cases that say so, the newest that are looked through for those that somebody may see."""
SETTLED = timedelta(seconds=20)
"""An event is younger than this until every transaction that was open beside it has ended."""

SEARCH = {
    "sqlite": "SELECT rowid FROM cases_words_index WHERE cases_words_index MATCH %s ORDER BY rowid DESC LIMIT %s",
    "postgresql": """SELECT case_id FROM cases_casewords WHERE to_tsvector('simple', text) @@ to_tsquery('simple', %s)
                     ORDER BY case_id DESC LIMIT %s""",
}
"""`case_id` is the number of the row on either database."""


def cases_saying(typed: str) -> list[int]:
    """The newest cases on which all these words were said, whoever may see them; nothing without a word."""
    words = [word for word in words_of(typed).split() if len(word) >= SHORTEST][:MOST_WORDS]
    if not words:
        return []
    beginnings = {"sqlite": " ".join(f'"{word}"*' for word in words), "postgresql": " & ".join(f"{w}:*" for w in words)}
    with connection.cursor() as cursor:
        cursor.execute(SEARCH[connection.vendor], [beginnings[connection.vendor], LOOKED_THROUGH])
        return [int(row[0]) for row in cursor.fetchall()]


def gather() -> int:
    """Take in the words of every case to which something happened since the last time; how many events that were."""
    total = 0
    while count := _gather_some():
        total += count
        if count < BATCH:
            break
    return total


def forget(cases: Iterable[int]) -> None:
    """Let these cases be found by no word any more."""
    known = list(CaseWords.objects.filter(pk__in=list(cases)))
    if known:
        _take_out(known)
        CaseWords.objects.filter(pk__in=[one.pk for one in known]).delete()


def gather_anew(cases: Iterable[int]) -> None:
    """Take in the words of these cases again, because something that they share is not said any more."""
    ids = set(cases)
    forget(ids)
    _gather_cases(ids)


def write_anew() -> None:
    """Write SQLite's index anew: until then a word that was taken out still stands in the file."""
    if connection.vendor == "sqlite":
        _in_index("INSERT INTO cases_words_index (cases_words_index) VALUES ('optimize')", [[]])


def words_of(text: str) -> str:
    """Only words: no accents, no capitals, no marks."""
    return " ".join(re.findall(r"\w+", folded(text).replace("_", " ")))


@transaction.atomic
def _gather_some() -> int:
    WordsGathered.objects.get_or_create(pk=1)
    gathered = WordsGathered.objects.select_for_update().get(pk=1)
    settled = timezone.now() - SETTLED
    happened = Event.objects.filter(pk__gt=gathered.upto).order_by("pk").values_list("pk", "case_id", "at")[:BATCH]
    events = [(pk, case) for pk, case, at in happened if at <= settled]
    if events:
        _gather_cases({case for _pk, case in events if case})
        gathered.upto = events[-1][0]
        gathered.save()
    return len(events)


def _gather_cases(ids: set[int]) -> None:
    said = dict(_said(ids))
    forget(ids - said.keys())  # Confidential by now; another gatherer may have read them just before.
    known = CaseWords.objects.in_bulk(said)
    changed = [pk for pk, text in said.items() if pk not in known or known[pk].text != text]
    _take_out(known[pk] for pk in changed if pk in known)
    rows = [CaseWords(case_id=pk, text=said[pk]) for pk in changed]
    CaseWords.objects.bulk_create(rows, update_conflicts=True, unique_fields=["case"], update_fields=["text"])
    if connection.vendor == "sqlite":
        _in_index("INSERT INTO cases_words_index (rowid, text) VALUES (%s, %s)", [[one.pk, one.text] for one in rows])


def _said(ids: set[int]) -> Iterator[tuple[int, str]]:
    """What was said on each of these cases that is not confidential."""
    cases = Case.objects.filter(pk__in=ids, is_confidential=False).select_related("service")
    talk: dict[int, list[str]] = defaultdict(list)
    models: tuple[Any, ...] = (Message, Note)
    for model in models:
        for pk, text in model.objects.filter(case__in=ids).order_by("pk").values_list("case_id", "text"):
            talk[pk].append(text)
    contacts = Case.interactions.through.objects.filter(case_id__in=ids).order_by("pk")
    for pk, summary in contacts.values_list("case_id", "interaction__summary"):
        talk[pk].append(summary)
    for case in cases:
        service = " ".join(str(name) for name in case.service.name.values())
        spoken = [case.subject, case.place_label, service, *_texts(case.answers), *talk[case.pk]]
        yield case.pk, words_of(" ".join(spoken))[:MOST_LETTERS]


def _texts(given: Any) -> Iterator[str]:
    """Every text in an answer, however deep it stands."""
    if isinstance(given, str):
        yield given
    elif isinstance(given, dict | list):
        for one in given.values() if isinstance(given, dict) else given:
            yield from _texts(one)


def _take_out(rows: Iterable[CaseWords]) -> None:
    if connection.vendor == "sqlite":
        statement = "INSERT INTO cases_words_index (cases_words_index, rowid, text) VALUES ('delete', %s, %s)"
        _in_index(statement, [[one.pk, one.text] for one in rows])


def _in_index(statement: str, rows: list[list[Any]]) -> None:
    with connection.cursor() as cursor:
        for row in rows:
            cursor.execute(statement, row)
