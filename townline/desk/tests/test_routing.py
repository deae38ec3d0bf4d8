"""The pages of the routing rules: read, changed in a draft, tried, and put in force."""

import pytest

from townline.questions.models import FormVersion
from townline.routing.beginning import begin_draft
from townline.routing.models import Queue, RuleSet
from townline.timeline.models import Event

NOISE = {"code": "noise", "when": [{"about": "service", "is": ["noise"]}], "to": {"department": "roads"}}
QUESTIONS = {
    "schema_version": 1, "code": "pothole", "version": 1, "title": {"en": "Pothole", "fr": "Trou"},
    "pages": [
        {
            "id": "one", "title": {"en": "One", "fr": "Un"},
            "questions": [
                {
                    "id": "where", "kind": "one_choice", "label": {"en": "Where?", "fr": "Où?"},
                    "options": [
                        {"code": "bridge", "label": {"en": "On a bridge", "fr": "Sur un pont"}},
                        {"code": "street", "label": {"en": "On a street", "fr": "Dans une rue"}},
                    ],
                }
            ],
        }
    ],
}  # fmt: skip


@pytest.fixture
def dana(as_member):
    return as_member("dana")


@pytest.fixture
def asks_where(town):
    town.pothole.questions = FormVersion.objects.create(code="pothole", version=1, definition=QUESTIONS)
    town.pothole.save()


def typed(**more):
    return {"step": "decision", "queue": "bylaw", **more}


def test_the_rules_in_force_are_read_as_sentences(dana, town):
    RuleSet.objects.put_in_force([NOISE], by=town.system)

    page = dana.get("/desk/setup/routing/").content.decode()

    assert "When the service is “Noise”, it goes to Roads." in page


def test_a_rule_is_added_with_the_state_that_was_seen(dana, town):
    begin_draft(by=town.dana)

    dana.post("/desk/setup/routing/draft/add/", typed(seen=0, channels=["phone"], place="Main Street\nKing"))

    draft = RuleSet.objects.get(is_draft=True)
    assert draft.rules == [
        {
            "code": "rule-1",
            "when": [{"about": "channel", "is": ["phone"]}, {"about": "place", "is": ["Main Street", "King"]}],
            "to": {"department": "bylaw"},
        }
    ]


def test_the_questions_of_the_one_service_are_asked_and_said(dana, town, asks_where):
    begin_draft(by=town.dana)

    page = dana.post(
        "/desk/setup/routing/draft/add/", typed(seen=0, services=["pothole"]), follow=True
    ).content.decode()
    assert "The answer to “Where?” is one of" in page

    dana.post("/desk/setup/routing/draft/rules/rule-1/", typed(seen=1, services=["pothole"], answer_where=["bridge"]))
    page = dana.get("/desk/setup/routing/draft/").content.decode()
    assert "When the service is “Pothole” and the answer to “Where?” is “On a bridge”, it goes to By-law." in page


def test_the_second_of_two_is_told_and_loses_nothing_typed(dana, town):
    draft = begin_draft(by=town.dana)
    draft.add(by=town.lea, seen=0, rule=NOISE)

    page = dana.post("/desk/setup/routing/draft/add/", typed(seen=0, place="Main Street")).content.decode()

    assert "Lea Moreau has changed the rules since you opened the page." in page
    assert "Main Street" in page
    assert len(RuleSet.objects.get(is_draft=True).rules) == 1


def test_what_the_form_does_not_ask_is_kept(dana, town):
    RuleSet.objects.put_in_force([{**NOISE, "when": [{"about": "channel", "is_not": ["web"]}]}], by=town.system)
    begin_draft(by=town.dana)

    page = dana.get("/desk/setup/routing/draft/rules/noise/").content.decode()
    dana.post("/desk/setup/routing/draft/rules/noise/", typed(seen=0, kinds=["inquiry"]))

    assert "it did not come by “" in page
    assert RuleSet.objects.get(is_draft=True).rules[0]["when"] == [
        {"about": "kind", "is": ["inquiry"]}, {"about": "channel", "is_not": ["web"]},
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({}, "Say when the rule holds"),
        ({"season_from": "11-15"}, "has a first and a last day"),
        ({"season_from": "winter", "season_until": "04-15"}, "two digits each"),
        ({"place": "x" * 101}, "100 characters at most"),
        ({"channels": ["telex"]}, "telex"),
        ({"channels": ["phone"], "queue": ""}, "Where does it go?"),
    ],
)
def test_a_rule_that_cannot_be_is_refused_with_words(dana, town, more, words):
    begin_draft(by=town.dana)

    page = dana.post("/desk/setup/routing/draft/add/", typed(seen=0, **more)).content.decode()

    assert words in page
    assert RuleSet.objects.get(is_draft=True).rules == []


def test_trying_says_how_many_would_go_elsewhere_and_which(dana, town):
    RuleSet.objects.put_in_force([NOISE], by=town.system)
    cases = [town.case(f"Loud {number}", service=town.noise) for number in range(2)]
    town.case("Lamp")
    quiet = town.case("Quiet", service=town.noise, is_confidential=True)
    draft = begin_draft(by=town.dana)
    draft.remove(by=town.dana, seen=0, code="noise")
    draft.add(by=town.dana, seen=1, rule={**NOISE, "when": [{"about": "language", "is": ["fr"]}]})

    response = dana.get("/desk/setup/routing/draft/try/")

    trial = response.context["trial"]
    assert (trial.tried, trial.moved, trial.unruled) == (3, 2, 3)
    page = response.content.decode()
    assert "2 of 3 cases would go elsewhere" in page
    assert "Fits none of them" in page
    assert all(case.reference in page for case in cases)
    assert quiet.reference not in page
    assert RuleSet.objects.in_force().version == 1


def test_trying_asks_a_number_of_questions_that_does_not_grow(dana, town, django_assert_max_num_queries):
    begin_draft(by=town.dana)
    for number in range(30):
        town.case(f"Lamp {number}")

    with django_assert_max_num_queries(22):
        dana.get("/desk/setup/routing/draft/try/?newest=2000")


def test_publishing_is_one_event_and_holds_for_what_comes_in_next(dana, town):
    draft = begin_draft(by=town.dana)
    draft.add(by=town.dana, seen=0, rule={**NOISE, "when": [{"about": "service", "is": ["pothole"]}]})
    before = town.case("Lamp")
    draft.change(by=town.dana, seen=1, code="rule-1", rule={"to": {"department": "bylaw"}})

    dana.post("/desk/setup/routing/draft/publish/", {"seen": 2})

    assert Event.objects.filter(name="ruleset.published").count() == 1
    before.refresh_from_db()
    assert before.department == town.roads
    assert town.case("Lamp").department == town.bylaw


def test_how_a_queue_is_given_out_is_set_here(dana, town):
    dana.post("/desk/setup/routing/queues/roads/", {"deal": "round_robin", "cap": 7})

    queue = Queue.objects.get(code="roads")
    assert (queue.deal, queue.cap) == ("round_robin", 7)
    assert queue.events.get().details == {"deal": "round_robin", "cap": 7}


def test_without_a_draft_there_is_no_page_of_it(dana, town):
    assert dana.get("/desk/setup/routing/draft/").status_code == 404
    assert dana.get("/desk/setup/routing/draft/try/").status_code == 404
