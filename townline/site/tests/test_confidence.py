"""Confidence, cell by cell: who may read which field of a formal complaint at which place of its life, and nobody else.

The matrix is role by state by field. Each cell is looked for on the pages, in
the API, the export, the files, the mail and the search; the canary is looked
for in everything that the run has left behind.
"""

import json
import logging
import re
from pathlib import Path

import pypdfium2
import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core import mail, serializers
from django.core.cache import cache
from django.db import connection, transaction
from django.urls import URLPattern, get_resolver

from townline.complaints import keeper
from townline.complaints.page import PURPOSE_OF
from townline.jobs.models import Job
from townline.jobs.worker import run_due
from townline.site.tests.confidential_world import FIELDS, HOLDER, ROLES, STAFF, STATES, World, canary
from townline.site.town import Town
from townline.timeline.models import Event

pytestmark = pytest.mark.django_db
CHANNELS = ("page", "api", "export", "file", "pdf", "mail", "search")
ON_PAPER = {"letter", "name", "address"}
"""What the printed letter says: it goes into an envelope."""
LEAK = re.compile("zz(?:" + "|".join(STATES) + ")[a-z]+zz|905-555-01[0-7]7")
HIDDEN = {"cases:resume"}


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, tmp_path_factory):
    """Built once for this module, and rolled back at its end; nothing here changes a complaint."""
    folder = tmp_path_factory.mktemp("confidence")
    log = (folder / "everything.log").open("w")
    handler = logging.StreamHandler(log)
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch, transaction.atomic():
        from django.conf import settings

        patch.setattr(settings, "VAR", folder / "var")
        patch.setattr(settings, "FILES", folder / "files")
        logging.getLogger().addHandler(handler)
        cache.clear()
        made = World.built(Town())
        made.folder, made.pages = folder, {}
        run_due()
        run_due()
        made.letters = list(getattr(mail, "outbox", []))
        yield made
        logging.getLogger().removeHandler(handler)
        log.close()
        transaction.set_rollback(True)


def text_of(response):
    """Everything of an answer: its status line apart, its headers and its content."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return f"{dict(response.headers)} {content.decode(errors='replace')}"


def text_of_pdf(response):
    """What a PDF says; of anything else, all of it."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if not content.startswith(b"%PDF"):
        return content.decode(errors="replace")
    return "".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(content))


def addresses(patterns, before=""):
    """Every address of the site."""
    for entry in patterns:
        if isinstance(entry, URLPattern):
            yield before + str(entry.pattern)
        else:
            yield from addresses(entry.url_patterns, before + str(entry.pattern))


def filled(address, complaint):
    """An address, about this complaint where it asks for one."""
    evidence = complaint.evidence.get().name
    for name, value in {
        "reference": complaint.case.reference,
        "code": "roads",
        "which": "open",
        "whose": "all",
    }.items():
        address = re.sub(rf"<\w+:{name}>", value, address)
    address = re.sub(r"<int:\w+>", str(complaint.case_id), address)
    return "/" + re.sub(r"<\w+:\w+>", evidence, address)


ALL = [one for one in addresses(get_resolver().url_patterns) if not one.startswith(("ui/", "static", "^", "sign-in"))]
COMMON = [one for one in ALL if one.startswith("desk/") and "<" not in one]
ABOUT_ONE = [one for one in ALL if "<str:reference>" in one]


def seen(world, browser, key, complaint):
    """What they get of one complaint, by channel."""
    reference = complaint.case.reference
    own = f"/desk/complaints/{reference}/"
    pages = [browser.get(own), browser.get(f"/desk/cases/{reference}/"), browser.get(f"/complaint/mine/{reference}/")]
    pages += [browser.post(f"{own}reveal/", {"purpose": purpose}) for purpose in keeper.PURPOSES]
    name = complaint.evidence.get().name
    files = [browser.post(f"{own}files/{name}/", {"purpose": purpose}) for purpose in PURPOSE_OF.values()]
    letters = complaint.letters.exclude(name="").values_list("name", flat=True)
    printed = [browser.get(f"/complaint/mine/{reference}/letters/{letter}/") for letter in letters]
    printed += [
        browser.post(f"{own}files/{letter}/", {"purpose": purpose})
        for letter in letters
        for purpose in PURPOSE_OF.values()
    ]
    pages += [
        browser.post(f"{own}letters/{one}/", {"purpose": purpose}) for one in letters for purpose in ("", "intake")
    ]
    api = browser.get(f"/api/v1/cases/{reference}", headers=key)
    return {
        "page": "".join(text_of(one) for one in pages), "file": "".join(text_of(one) for one in files),
        "api": text_of(api), "pdf": "".join(text_of_pdf(one) for one in printed),
    }  # fmt: skip


def pages_of(world, role, browser):
    """The pages of the desk that are about nobody in particular, asked once for each role."""
    if role not in world.pages:
        world.pages[role] = {one: text_of(browser.get(f"/{one}")) for one in COMMON}
    return world.pages[role]


def common(world, role, browser, key):
    """What they get without asking for one complaint, by channel."""
    export = "".join(
        text_of(browser.get(f"/desk/export/?whose={whose}&which={which}&code=roads"))
        for whose in ("department", "mine", "all")
        for which in ("open", "closed")
    )
    looked_for = ["zzintake", "zzinvestigated", "905-555-0107", "zzdecidedemailzz@example.org", "Lane"]
    search = "".join(text_of(browser.post("/desk/search/", {"q": words}, follow=True)) for words in looked_for)
    address = world.people[role].email if role in world.people else "-"
    letters = [one for one in world.letters if address in one.to]
    return {
        "page": "".join(pages_of(world, role, browser).values()),
        "api": text_of(browser.get("/api/v1/cases", headers=key)),
        "export": export,
        "search": search.replace("905-555-0107", "").replace("zzdecidedemailzz@example.org", ""),
        "mail": "".join(f"{one.subject} {one.body}" for one in letters),
    }


def wrong_cells(world, role):
    """Each cell of this role in which something stands that may not, or does not stand that should."""
    browser, key = world.browser_of(role), world.key_of(role)
    everywhere = common(world, role, browser, key)
    for state in STATES:
        of_this, allowed = seen(world, browser, key, world.complaints[state]), world.allowed(role, state)
        for name in FIELDS:
            expected = {"file" if name == "content" else "page"} if name in allowed else set()
            if name in ON_PAPER and "letter" in allowed:
                expected = (expected & {"page"}) | {"pdf"}
            found = {
                channel
                for channel in CHANNELS
                if canary(state, name) in of_this.get(channel, "") or canary(state, name) in everywhere.get(channel, "")
            }
            if found - ({"file"} if name == "evidence" and name in allowed else set()) != expected:
                yield role, state, name, sorted(found), sorted(expected)


@pytest.mark.parametrize("role", ROLES)
def test_each_role_reads_at_each_place_what_it_may_and_nothing_else(world, role):
    assert list(wrong_cells(world, role)) == []


def test_the_matrix_is_as_large_as_it_says(world):
    assert (len(ROLES), len(STATES), len(FIELDS)) == (14, 8, 19)
    assert len(COMMON) > 30


def test_the_policy_says_the_same_as_the_table_of_the_matrix(world):
    opens = {
        (role, state): bool(keeper.grounds_of(world.complaints[state], world.people[role], keeper.PURPOSES))
        for role in STAFF
        for state in STATES
    }

    assert opens == {
        (role, state): role in (HOLDER[state], "emergency", "asked") for role in STAFF for state in STATES
    }  # fmt: skip


@pytest.mark.parametrize("role", ["overseer", "rita", "officer", "stranger"])
@pytest.mark.parametrize("state", ["decided", "second"])
def test_no_address_of_the_site_gives_a_word_of_it_to_who_may_not_read_it(world, role, state):
    browser, complaint = world.browser_of(role), world.complaints[state]

    leaks = {one: set(LEAK.findall(text_of(browser.get(filled(one, complaint))))) for one in ABOUT_ONE}

    assert {one: found for one, found in leaks.items() if found} == {}


@pytest.mark.parametrize("role", ["rita", "officer", "director", "dana", "stranger"])
def test_who_may_not_know_of_it_finds_neither_reference_nor_pseudonym_anywhere(world, role):
    browser = world.browser_of(role)
    known = [one.case.reference for one in world.complaints.values()]
    # Whoever looks after the records, as Dana does, calls a complaint by its pseudonym, and by nothing else.
    known += [one.pseudonym for one in world.complaints.values() if role != "dana"]

    pages = pages_of(world, role, browser)

    assert {one: [name for name in known if name in page] for one, page in pages.items()} == {one: [] for one in pages}


def test_what_is_given_out_is_nowhere_kept_by_the_browser_and_its_title_says_the_reference_only(world):
    browser, complaint = world.browser_of("supervisor"), world.complaints["decided"]
    address = f"/desk/complaints/{complaint.case.reference}/"

    answers = [browser.get(address), browser.post(f"{address}reveal/", {"purpose": "investigate"})]

    assert all("no-store" in one["Cache-Control"] for one in answers)
    titles = [re.findall(r"<title>(.*?)</title>", one.content.decode(), re.S)[0] for one in answers]
    assert all(title.strip().startswith(complaint.case.reference) for title in titles)
    assert not any(LEAK.search(title) or complaint.pseudonym in title for title in titles)


def test_the_canary_is_in_no_row_of_any_table(world):
    rows = [row for model in apps.get_models() for row in model._base_manager.all()]

    assert set(LEAK.findall(serializers.serialize("json", rows))) == set()
    assert set(LEAK.findall(json.dumps([one.get_decoded() for one in Session.objects.all()]))) <= LOOKED_FOR


LOOKED_FOR = {"905-555-0107", "zzdecidedemailzz"}
"""What the searches of this module asked for, kept with the session of who asked."""


def test_the_canary_is_in_no_event_and_no_job(world):
    events = [f"{one.name} {one.details}" for one in Event.objects.all()]
    jobs = [f"{one.args} {one.kwargs} {one.__dict__}" for one in Job.objects.all()]

    assert len(events) > 100
    assert set(LEAK.findall(" ".join(events + jobs))) == set()


def test_the_canary_is_in_no_column_as_the_database_holds_it(world):
    found = {}
    with connection.cursor() as cursor:
        for model in apps.get_models():
            cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')
            found[model.__name__] = LEAK.findall(str(cursor.fetchall()))

    assert {name: leaks for name, leaks in found.items() if leaks} == {}


def test_the_canary_is_in_no_mail_but_as_the_address_it_goes_to(world):
    assert len(world.letters) > 8
    assert (
        set(LEAK.findall(" ".join(f"{one.subject} {one.body} {one.extra_headers}" for one in world.letters))) == set()
    )
    assert {one.to[0] for one in world.letters} >= {"zzdecidedemailzz@example.org"}


def test_the_canary_is_in_no_file_and_no_log(world):
    files = [path for path in Path(world.folder).rglob("*") if path.is_file()]

    assert any(path.name == "everything.log" for path in files)
    assert len(files) > len(STATES)
    assert [path.name for path in files if LEAK.search(path.read_bytes().decode(errors="replace"))] == []


def test_the_canary_is_on_no_page_of_a_refusal(world):
    browser, complaint = world.browser_of("overseer"), world.complaints["decided"]
    address = f"/desk/complaints/{complaint.case.reference}/"

    answers = [
        browser.post(f"{address}{verb}/", {}) for verb in ("reveal", "find", "decide", "note", "send_on", "hear")
    ]

    assert [one.status_code for one in answers] == [403, 403, 403, 403, 403, 403]
    assert set(LEAK.findall("".join(text_of(one) for one in answers))) == set()
