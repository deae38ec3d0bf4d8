"""Every address of the desk, as every member of the cast: who gets in, and that no address was forgotten."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone

from townline.accounts.models import User
from townline.afterhours.tests.doings import call
from townline.callbacks.tests.doings import owed
from townline.cases.models import Notification, Unsent
from townline.cases.weather import declare
from townline.channels.models import Mail
from townline.colleagues.tests.doings import asked as asked_by_a_colleague
from townline.conduct.tests.doings import approved, behaviour, intervention
from townline.core.localized import Localized
from townline.council.tests.doings import inquiry
from townline.customers.models import Customer
from townline.customers.tests.doings import merged
from townline.desk.models import BulkAction, SavedView
from townline.documents.models import Attachment
from townline.documents.tests import samples
from townline.jobs.models import Job, State
from townline.macros.models import Macro
from townline.notices.tests.doings import a_notice, published
from townline.records.tests.doings import about_records
from townline.routing.beginning import begin_draft
from townline.setup.models import Edition
from townline.setup.tests.doings import a_form, a_sample
from townline.wording.models import Template

STAFF = {"ada", "ben", "lea", "otto", "rita", "dana", "ines"}
READERS = {"ada", "ben", "lea", "rita", "dana"}
ROADS = {"ada", "ben", "lea"}
CUSTOMERS_KNOWN = {"ada", "ben", "lea", "otto", "rita"}

RECORDS_PAGES = [
    f"records:{page}"
    for page in (
        "home", "classes", "dry_run", "dispositions", "disposition", "approve", "withdraw", "certificate", "holds",
        "place_hold", "lift_hold", "consents", "withdraw_consent", "requests", "begin_request", "request", "extend",
        "notify", "gather", "redact", "restore", "release", "decide", "respond", "ask_correction", "corrections",
        "correction", "decide_correction", "disagree", "breaches", "register_breach", "breach", "contain_breach",
        "assess_breach", "report_breach", "tell_breach", "close_breach", "disclosures", "note_disclosure",
        "end_disclosure", "write_assessment", "review_assessment",
    )
]  # fmt: skip
WHO: dict[str, set[str]] = {
    "desk:home": STAFF,
    "desk:lists": STAFF,
    "desk:list": {"ada", "ben", "lea", "otto", "rita"},
    "desk:department": READERS,
    "desk:voices": {"rita", "dana"},
    "desk:today": {"ada", "ben", "lea", "otto", "rita"},
    "desk:changes": {"rita", "dana"},
    "desk:case_changes": READERS,
    "desk:export": READERS,
    "desk:keys": STAFF,
    "desk:bulk_actions": STAFF,
    "desk:new_bulk": STAFF,
    "desk:bulk": {"ada"},
    "desk:stop_bulk": {"ada"},
    "desk:undo_bulk": {"ada"},
    "desk:views": STAFF,
    "desk:keep_view": READERS,
    "desk:view": ROADS,
    "desk:rename_view": {"ada"},
    "desk:share_view": {"ada"},
    "desk:retire_view": {"ada"},
    "desk:restore_view": {"ada"},
    "desk:put_first_view": ROADS,
    "desk:put_back_view": ROADS,
    "desk:search": STAFF,
    "desk:places": {"ada", "ben", "lea", "otto", "rita", "dana"},
    "desk:place": READERS,
    "desk:weather": {"lea"},
    "desk:declare_weather": {"lea"},
    "desk:reword_weather": {"lea"},
    "desk:end_weather": {"lea"},
    "desk:notifications": STAFF,
    "desk:see_all": STAFF,
    "desk:mailing": STAFF,
    "desk:open_notification": {"ada"},
    "desk:drafts": STAFF,
    "desk:setup": {"lea", "dana", "ines"},
    "desk:interactions": {"rita"},
    "desk:new_interaction": {"rita"},
    "desk:customer": CUSTOMERS_KNOWN,
    "desk:merge_look": {"lea", "rita"},
    "desk:merge": {"lea", "rita"},
    "desk:unmerge": {"lea", "rita"},
    "conduct:list": {"lea", "dana"},
    "conduct:overview": CUSTOMERS_KNOWN,
    "conduct:note": CUSTOMERS_KNOWN,
    "conduct:plan": CUSTOMERS_KNOWN,
    "conduct:restrict": {"lea"},
    "conduct:behaviour": {"lea", "rita", "dana"},
    "conduct:withdraw": {"lea", "rita", "dana"},
    "conduct:review_intervention": CUSTOMERS_KNOWN,
    "conduct:end_intervention": CUSTOMERS_KNOWN,
    "conduct:restriction": {"lea", "dana"},
    "conduct:notice": {"lea", "dana"},
    "conduct:approve": {"dana"},
    "conduct:decline": {"dana"},
    "conduct:decide_appeal": {"dana"},
    "conduct:notify": {"lea", "dana"},
    "conduct:lift": {"lea", "dana"},
    "conduct:review": {"lea", "dana"},
    "conduct:appeal": CUSTOMERS_KNOWN | {"dana"},
    **{key: set() for key in ("afterhours:answering", "afterhours:log", "afterhours:logged")},
    "afterhours:now": STAFF,
    "afterhours:handover": STAFF,
    "afterhours:printed_handover": STAFF,
    "afterhours:take_all_over": STAFF,
    "afterhours:acknowledge": ROADS,
    "afterhours:take_over": ROADS | {"rita"},
    "afterhours:rota": STAFF - {"ines"},
    "afterhours:week": {"lea", "dana"},
    "afterhours:swap": ROADS | {"dana"},
    "afterhours:scripts": {"dana", "ines"},
    "afterhours:script": {"dana", "ines"},
    "colleagues:requests": STAFF,
    "colleagues:choose": STAFF,
    "colleagues:new": STAFF,
    "colleagues:request": {"otto"},
    "colleagues:add": {"otto"},
    "colleagues:dispute": {"otto"},
    "callbacks:list": ROADS | {"otto", "rita"},
    **{f"callbacks:{page}": ROADS | {"rita"} for page in ("callback", "attempt", "give_up", "withdraw")},
    "council:members": STAFF,
    "council:inquiries": STAFF,
    "council:printed": STAFF,
    "council:new": {"rita"},
    "council:member": {"dana"},
    "council:inquiry": READERS,
    "council:answer": ROADS | {"rita"},
    "council:note_consent": ROADS | {"rita"},
    **{page: {"dana"} for page in RECORDS_PAGES},
    "records:assessments": {"dana", "ines"},
    "records:assessment": {"dana", "ines"},
    "records:customer": {"dana"},
    "records:export": {"dana"},
    "customers:rename": {"lea", "rita"},
    "customers:prefer": {"lea", "rita"},
    "customers:accommodate": {"lea", "rita"},
    "customers:consent": {"lea", "rita"},
    "customers:add_point": {"lea", "rita"},
    "customers:correct": {"lea", "rita"},
    "customers:verify": {"lea", "rita"},
    "customers:choose": {"lea", "rita"},
    "customers:retire": {"lea", "rita"},
    "customers:restore": {"lea", "rita"},
    "customers:end": {"lea", "rita"},
    "customers:withdraw": {"lea", "rita"},
    "desk:mails": {"rita", "dana"},
    "desk:mail": {"rita", "dana"},
    "desk:resend_mail": {"rita", "dana"},
    "desk:bounce_mail": {"rita", "dana"},
    "jobs:dead": {"ines"},
    "jobs:retry_all": {"ines"},
    "jobs:retry": {"ines"},
    "jobs:discard": {"ines"},
    "setup:rows": {"dana", "ines"},
    "setup:new": {"dana"},
    "setup:row": {"dana", "ines"},
    "setup:retire": {"dana"},
    "setup:restore": {"dana"},
    "setup:confirm": {"dana"},
    "setup:edition": {"dana", "ines"},
    "setup:questions": {"dana", "ines"},
    "setup:begin_questions": {"dana"},
    "setup:draft": {"dana", "ines"},
    "setup:retitle": {"dana"},
    "setup:publish": {"dana"},
    "setup:discard": {"dana"},
    "setup:try": {"dana"},
    "setup:accept": {"dana"},
    "setup:drop": {"dana"},
    "setup:add_page": {"dana"},
    "setup:change_page": {"dana"},
    "setup:move_page": {"dana"},
    "setup:remove_page": {"dana"},
    "setup:add_question": {"dana"},
    "setup:change_question": {"dana"},
    "setup:move_question": {"dana"},
    "setup:remove_question": {"dana"},
    "wording:templates": {"lea", "dana", "ines"},
    "wording:new_template": {"lea", "dana"},
    "wording:template": {"lea", "dana", "ines"},
    "wording:retire_template": {"dana"},
    "wording:restore_template": {"dana"},
    "macros:macros": {"lea", "dana", "ines"},
    "macros:new_macro": {"lea", "dana"},
    "macros:macro": {"lea", "dana", "ines"},
    "macros:retire_macro": {"dana"},
    "macros:restore_macro": {"dana"},
    "surveys:results": {"lea", "dana", "ines"},
    "doorstep:doorstep": {"lea", "rita"},
    "doorstep:decide": {"lea", "rita"},
    "doorstep:decide_all": {"lea", "rita"},
    "notices:notices": STAFF,
    "notices:new": {"lea", "dana"},
    "notices:notice": STAFF,
    "notices:change": {"lea", "dana"},
    "notices:publish": {"lea", "dana"},
    "notices:extend": {"lea", "dana"},
    "notices:end": {"lea", "dana"},
    "notices:gather": {"ada", "ben", "lea", "otto", "rita"},
    "notices:release": ROADS | {"rita"},
    "macros:choose": ROADS | {"rita"},
    "macros:run": ROADS | {"rita"},
    "cases:letter": READERS,
    "cases:resend": ROADS,
    "cases:tell": ROADS,
    "cases:here": READERS,
    "cases:keep_draft": ROADS | {"rita"},
    "cases:draft": ROADS | {"rita"},
    "cases:discard_draft": {"ada"},
    "cases:detail": READERS,
    "cases:take": ROADS,
    "cases:assign": {"lea"},
    "cases:acknowledge": ROADS,
    "cases:note": ROADS | {"rita"},
    "cases:message": {"ada", "lea"},
    "cases:contact": ROADS | {"rita"},
    "cases:prioritise": ROADS,
    "cases:classify": ROADS,
    "cases:attach": ROADS | {"rita"},
    "cases:file": READERS,
    "cases:small_file": READERS,
    "cases:wait": {"ada", "lea"},
    "cases:step": ROADS,
    "cases:refile": ROADS | {"rita"},
    "cases:redirect": {"ada", "lea"},
    "cases:make_formal": {"ada", "lea", "rita"},
    "cases:pass_on": {"ada", "lea"},
    "cases:read_feedback": {"ada", "lea"},
    "cases:resume": {"ada", "lea"},
    "cases:follow": ROADS | {"rita"},
    "cases:unfollow": ROADS | {"rita"},
    "cases:link": ROADS | {"rita"},
    "cases:unlink": ROADS | {"rita"},
    "cases:hide": ROADS,
    "cases:show_again": {"lea"},
    "cases:split": {"ada", "lea"},
    "cases:merge_into": ROADS | {"rita"},
    "cases:unmerge": ROADS | {"rita"},
    "cases:close": {"ada", "lea"},
    "cases:hand_over": ROADS,
    "cases:give_back": {"ada", "lea"},
    "cases:send_on": {"ada", "lea"},
    "routing:in_force": {"dana", "ines"},
    "routing:begin": {"dana"},
    "routing:give_out": {"dana"},
    "routing:draft": {"dana"},
    "routing:add": {"dana"},
    "routing:publish": {"dana"},
    "routing:discard": {"dana"},
    "routing:change": {"dana"},
    "routing:move": {"dana"},
    "routing:switch": {"dana"},
    "routing:remove": {"dana"},
    "desk:try_routing": {"dana"},
    "cases:reopen": ROADS,
}
"""Who may, by the name of the address; the accounts' own pages are proved beside them."""


def names(patterns: Any, before: str = "", space: str = "") -> Iterator[tuple[str, str]]:
    """Every address with its name."""
    for entry in patterns:
        if isinstance(entry, URLPattern):
            yield before + str(entry.pattern), f"{space}{entry.name}"
        else:
            inner = f"{entry.namespace}:" if entry.namespace else space
            yield from names(entry.url_patterns, before + str(entry.pattern), inner)


AT_THE_DESK = {name for address, name in names(get_resolver().url_patterns) if address.startswith("desk/")}


RESTRICTIONS = [
    f"conduct:{page}"
    for page in (
        "restriction", "notice", "approve", "decline", "decide_appeal", "notify", "lift", "review", "appeal"
    )
]  # fmt: skip


def a_consent(town: Any) -> Any:
    ground, on = "written", timezone.localdate()
    return town.rivera.consent(by=town.rita, kind="share", to_whom="A", what="B", ground=ground, from_on=on)


@pytest.fixture
def addresses(town: Any) -> dict[str, str]:
    """Each address of the desk, about something that is there."""
    case = town.case("Broken street lamp", assignee=town.ada)
    mail = Mail.objects.create(
        contact_point=town.rivera_email, purpose="message", language="en", subject="s", body="b", message_id="<1@x>"
    )
    restriction = approved(town)
    job = Job.objects.create(task="a.task", state=State.DEAD, finished_at=timezone.now() - timedelta(hours=1))
    declare(by=town.lea, words=Localized(en="Snow.", fr="Neige."))
    told = Notification.objects.create(user=town.ada, case=case, kind="mentioned", key="note:1")
    photo = Attachment.bring(samples.upload(samples.picture()), by=town.ada)
    case.attach(by=town.ada, attachments=[photo])
    view = SavedView.keep(
        by=town.ada, name="Roads", whose="department", which="open", department=town.roads,
        sharing="department", shared_with=town.roads,
    ).pk  # fmt: skip
    asked = BulkAction.begin([case.pk], by=town.ada, verb="note", text="A note.")
    of_a_view = {name: [view] for name in WHO if name.endswith(("_view", ":view")) and name != "desk:keep_view"}
    draft = begin_draft(by=town.dana)
    draft.add(
        by=town.dana, seen=0, rule={"when": [{"about": "kind", "is": ["inquiry"]}], "to": {"department": "front"}}
    )
    a_form(town)
    edition = Edition.objects.create(kind="services", code="pothole", number=1, what="found", written={}, digest="x")
    template = Template.objects.create(code="hello", name={"en": "Hello"}, text={"en": "Hello."})
    retired = Template.objects.create(code="bye", name={"en": "Bye"}, text={"en": "Bye."}, is_active=False)
    Macro.objects.create(code="hold", name={"en": "Hold"}, takes=True)
    Macro.objects.create(code="gone", name={"en": "Gone"}, takes=True, is_active=False)
    notice = published(town)
    notice.gather(by=town.ada, case=case)
    message = case.message(by=town.ada, text="Hello.")
    unsent, _kept = Unsent.keep(case, by=town.ada, verb="message", typed={"text": "Hello."}, seen=0)
    asked_by_council = inquiry(town)
    owed_call = owed(town).pk
    at_night = call(town)
    asked_for = asked_by_a_colleague(town)
    given: dict[str, list[Any]] = {
        **of_a_view,
        **{name: [asked.pk] for name in ("desk:bulk", "desk:stop_bulk", "desk:undo_bulk")},
        **{name: [case.reference] for name in ("desk:case_changes", "desk:place")},
        "routing:give_out": ["roads"],
        "routing:change": ["rule-1"],
        "routing:move": ["rule-1"],
        "routing:switch": ["rule-1"],
        "routing:remove": ["rule-1"],
        "cases:file": [case.reference, photo.key],
        "cases:small_file": [case.reference, photo.key],
        "desk:list": ["mine", "open"],
        "desk:department": ["roads", "open"],
        "desk:customer": [town.rivera.pk],
        **{
            f"customers:{verb}": [town.rivera.pk]
            for verb in ("rename", "prefer", "accommodate", "consent", "add_point")
        },
        **{
            f"customers:{verb}": [town.rivera_email.pk] for verb in ("correct", "verify", "choose", "retire", "restore")
        },
        "desk:merge_look": [town.rivera.pk],
        "desk:merge": [town.rivera.pk, Customer.objects.create(name="Elena Rivera").pk],
        "desk:unmerge": [merged(town).pk],
        **{f"conduct:{page}": [town.rivera.pk] for page in ("overview", "note", "plan", "restrict")},
        **{f"conduct:{page}": [behaviour(town).pk] for page in ("behaviour", "withdraw")},
        **{f"conduct:{page}": [intervention(town).pk] for page in ("review_intervention", "end_intervention")},
        **{page: [restriction.pk] for page in RESTRICTIONS},
        **{f"afterhours:{page}": ["pothole"] for page in ("log", "script")},
        **{f"afterhours:{page}": [at_night.pk] for page in ("logged", "acknowledge", "take_over")},
        **{f"afterhours:{page}": ["roads"] for page in ("rota", "swap")},
        "afterhours:week": ["roads", at_night.rota.week_of(timezone.now()).isoformat()],
        "colleagues:new": ["repair"],
        **{f"colleagues:{page}": [asked_for.reference] for page in ("request", "add", "dispute")},
        **{f"callbacks:{page}": [owed_call] for page in ("callback", "attempt", "give_up", "withdraw")},
        **{f"council:{page}": ["ward-1"] for page in ("inquiries", "printed", "new", "member")},
        **{f"council:{page}": [asked_by_council.pk] for page in ("inquiry", "answer", "note_consent")},
        **about_records(town),
        "customers:end": [town.rivera.accommodate(by=town.rita, kind="relay").pk],
        "customers:withdraw": [a_consent(town).pk],
        "desk:mail": [mail.pk],
        "desk:resend_mail": [mail.pk],
        "desk:open_notification": [told.pk],
        "desk:bounce_mail": [mail.pk],
        "cases:letter": [case.reference, message.pk],
        "jobs:retry": [job.pk],
        "jobs:discard": [job.pk],
        **{f"setup:{page}": ["services"] for page in ("rows", "new")},
        **{f"setup:{page}": ["services", "pothole"] for page in ("row", "retire", "restore", "confirm")},
        "setup:edition": ["services", "pothole", edition.number],
        **{f"setup:{page}": ["pothole"] for page in ("questions", "begin_questions", "draft", "retitle", "publish")},
        **{f"setup:{page}": ["pothole"] for page in ("discard", "try", "add_page")},
        **{f"setup:{page}": ["pothole", a_sample(town).pk] for page in ("accept", "drop")},
        **{
            f"setup:{page}": ["pothole", "first"]
            for page in ("change_page", "move_page", "remove_page", "add_question")
        },
        **{f"setup:{page}_question": ["pothole", "where"] for page in ("change", "move", "remove")},
        "macros:macro": ["hold"],
        "macros:retire_macro": ["hold"],
        "macros:restore_macro": ["gone"],
        **{name: [notice.code] for name in WHO if name.startswith("notices:")}
        | {"notices:notices": [], "notices:new": []},
        "notices:publish": [a_notice(town).code],
        "notices:end": [published(town).code],
        "notices:release": [notice.code, case.reference],
        "macros:choose": [case.reference],
        "macros:run": [case.reference, "hold"],
        "wording:template": [template.code],
        "wording:retire_template": [template.code],
        "wording:restore_template": [retired.code],
        "cases:keep_draft": [case.reference, "message"],
        "cases:draft": [case.reference, unsent.pk],
        "cases:discard_draft": [case.reference, unsent.pk],
    }
    roads = "?whose=department&which=open&code=roads"
    query = {"desk:keep_view": roads, "desk:export": roads}
    found = {
        name: reverse(name, args=given.get(name, [case.reference] if name.startswith("cases:") else []))
        + query.get(name, "")
        for name in WHO
    }
    about = f"?message={message.pk}"
    return found | {name: found[name] + about for name in ("cases:resend", "cases:tell")}


def test_no_address_of_the_desk_was_forgotten():
    assert {name for name in AT_THE_DESK if not name.startswith(("accounts:", "complaints:"))} == set(WHO)


@pytest.mark.parametrize("name", WHO)
def test_staff_get_where_they_may_and_nowhere_else(as_member, addresses, name):
    answers = {who: as_member(who).get(addresses[name]).status_code for who in sorted(STAFF)}
    if set(answers.values()) & {405}:
        answers = {who: as_member(who).post(addresses[name]).status_code for who in sorted(STAFF)}

    got_in = {who for who, status in answers.items() if status in (200, 302, 409)}
    assert got_in == WHO[name], answers
    assert {answers[who] for who in STAFF - WHO[name]} <= {403, 404}


@pytest.mark.parametrize("name", WHO)
def test_strangers_and_customers_do_not_get_to_the_desk(client, addresses, name, town):
    customer = User.objects.create_user("someone@example.org", kind=User.Kind.CUSTOMER)
    address = addresses[name]

    assert client.get(address).url.startswith("/sign-in/login/?next=")
    assert client.post(address).status_code == 403
    client.force_login(customer)
    assert client.get(address).status_code == 404
    assert client.post(address).status_code == 404


def test_an_address_of_the_interface_without_a_key_answers_in_its_own_way(addresses, town):
    endpoints = [address for address, _name in names(get_resolver().url_patterns) if address.startswith("api/v1/c")]

    assert len(endpoints) > 10
    assert {Client().post("/" + address.replace("<pk>", "1"), {}).status_code for address in endpoints} <= {401, 405}
