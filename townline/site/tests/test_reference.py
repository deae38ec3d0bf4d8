import pytest
from django.apps import apps
from django.core.management import get_commands

from townline.core.verbs import verbs_of
from townline.jobs.schedule import periodic_jobs
from townline.site.reference import commands, events, pages, settings, tables, verbs
from townline.site.reference.quotes import quoted, refreshed
from townline.site.reference.source import ROOT, first_words
from townline.timeline.models import Event

OURS = [model for model in apps.get_models() if model.__module__.startswith("townline.")]


def test_the_generated_pages_say_what_the_code_says():
    assert pages.stale() == [], "Run script/docs"


def test_every_setting_that_the_code_reads_is_described_and_no_other():
    described = {name for names in settings.DESCRIBED.values() for name in names}

    assert described == settings.named_in_code()


def test_a_setting_is_shown_with_its_default():
    defaults = settings.found_defaults()

    assert defaults["TOWNLINE_ZONE"] == ("text", "America/Toronto")
    assert defaults["TOWNLINE_DEMO"] == ("yes or no", "false")
    assert defaults["DATABASE_URL"] == ("an address (URL)", "sqlite:///var/townline.sqlite3")


def test_every_command_of_ours_has_its_section_with_its_options():
    page = commands.page()
    ours = [name for name, app in get_commands().items() if app.startswith("townline.")]

    assert [name for name in ours if f"\n## {name}\n" not in page] == []
    assert "townline import cases FILE --mapping MAPPING" in page


def test_what_comes_round_by_itself_is_listed():
    page = commands.page()
    promises = [first_words(one.task.func.__doc__) for one in periodic_jobs()]

    assert promises
    assert [promise for promise in promises if promise not in page] == []


def test_defaults_of_commands_do_not_depend_on_this_machine(monkeypatch):
    page = commands.page()
    monkeypatch.setenv("TOWNLINE_PORT", "8123")

    assert commands.page() == page


def test_every_verb_has_its_row_with_its_rule():
    page = verbs.page()
    rows = [(model, name) for model in OURS for name in verbs_of(model)]

    assert rows
    assert [f"{model.__name__}.{name}" for model, name in rows if f"\n| `{name}`" not in page] == []


def test_a_verb_is_shown_with_its_page_its_endpoint_and_its_event():
    rows = (line for line in verbs.page().splitlines() if line.startswith("| `close`"))
    row = next(line for line in rows if "`case.closed`" in line)

    assert "`/desk/cases/<reference>/close/`" in row
    assert "`POST /api/v1/cases/{reference}/close`" in row
    assert "`case.closed`" in row


def test_every_table_of_ours_is_listed():
    page = tables.page()

    assert [model.__name__ for model in OURS if f"\n| `{model.__name__}`" not in page] == []


def test_what_is_recorded_is_among_the_events_that_are_listed(town, work):
    listed = {happening.name for happening in events.happenings()}
    case = town.case("Broken street lamp", assignee=town.ada)
    case.message(by=town.ada, text="We are on our way.")
    case.close(by=town.ada, outcome="done", words="Done.")
    work()

    recorded = set(Event.objects.values_list("name", flat=True))

    assert {"case.closed", "mail.written"} <= recorded <= listed


def test_an_event_is_shown_with_its_details_and_with_what_follows():
    row = next(line for line in events.page().splitlines() if line.startswith("| `case.closed`"))

    assert "outcome, message" in row
    assert "Send the message" in row


def test_an_event_of_an_unknown_kind_of_record_is_told(monkeypatch, tmp_path):
    (tmp_path / "part.py").write_text('def finish(thing):\n    thing.record("finished")\n')
    monkeypatch.setattr(events, "files", lambda: [tmp_path / "part.py"])
    monkeypatch.setattr("townline.site.reference.source.ROOT", tmp_path)

    with pytest.raises(LookupError, match="what kind of record is “thing”"):
        events.happenings.__wrapped__()


def test_quoted_code_is_the_code():
    code = quoted("townline/core/verbs.py", "`verbs_of`")

    assert code.startswith("def verbs_of(")
    assert code in (ROOT / "townline/core/verbs.py").read_text()


def test_a_quotation_is_brought_up_to_date():
    stale = "From `townline/core/refusals.py`: `Refusal`\n\n```python\nold\n```\n\nMore.\n"

    fresh = refreshed(stale)

    assert "class Refusal(Exception):" in fresh
    assert "old" not in fresh
    assert fresh.endswith("\n```\n\nMore.\n")
    assert refreshed(fresh) == fresh
