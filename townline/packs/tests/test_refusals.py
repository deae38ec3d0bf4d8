"""A wrong pack is refused: each problem with its file, its line, what is wrong and what would be right."""

from collections.abc import Callable
from pathlib import Path

import pytest

from townline.packs.problems import PackRefused, Problem
from townline.packs.reading import find, read

Edit = Callable[..., Path]


def problems_in(folder: Path) -> list[Problem]:
    with pytest.raises(PackRefused) as refused:
        read(folder)
    return refused.value.problems


# The file; what is written there and what instead; what stands on the line that is named; what is wrong; what is right.
PROFILE = [
    ("phone: 905-555-0100\nemail", "phon: 905-555-0100\nemail", "phon:", "“phon” is not a field", "“phone”?"),
    ("prefix: TV", "prefix: tv", "prefix: tv", "“tv” cannot begin a reference", "2 to 4 capital letters"),
    ("prefix: TV", "prefix: TOWNS", "prefix: TOWNS", "cannot begin a reference", "2 to 4 capital letters"),
    ("America/Toronto", "America/Torono", "zone:", "“America/Torono” is not a time zone", "America/Toronto"),
    ("hello@testville.example\nweb", "hello@testville\nweb", "email:", "not an e-mail address", "clerk@example.ca"),
    ("phone: 905-555-0100\nemail", "phone: 905555\nemail", "phone: 905555", "not text", "in quotes"),
    ("905-555-0100\nemail", "905-555\nemail", "phone: 905-555", "not a phone number", "905-555-0123"),
    ("website: https://", "website: ", "website:", "not a web address", "https://"),
    ("#1d4f5c", "#9fd4e0", "brand:", "White text on the colour has a contrast of 1.", "4.5"),
    ("#1d4f5c", "blue", "brand:", "hexadecimal", "#1d4f2b"),
    ("kind: fax, value: 905-555-0101", "kind: fax, value: 905", "kind: fax", "“value” is not text", "in quotes"),
    ("value: 905-555-0101", "value: 905-5550", "kind: fax", "not a phone number", "905-555-0123"),
    (", fr: Ville de Testville", "", "name:", "The French text is missing", "“fr: …”"),
    ("fr: Ville de Testville", "fr: ''", "name:", "The French text is missing", "“fr: …”"),
    ("{en: Town, fr: Ville}", "Town", "kind: Town", "“kind” is in one language only", "{en: …, fr: …}"),
    ("{en: Town, fr: Ville}", "{en: Town, small, fr: Ville}", "kind:", "“small” stands after a comma", "in quotes"),
    ("{en: Town, fr: Ville}", "{en: Town, fr: Ville, de: Stadt}", "kind:", "“de” is not a field", "Known: en, fr"),
    ("  mark: P\n", "  mark: X\n", "mark: X", "“X” is not a value of “mark”", "Known: C, K, P, S, T"),
    ("  mark: P\n", "  mark: S\n", "provenance:", "seen, but not where", "source"),
    ("    brand: {mark", "    bran: {mark", "provenance:", "“bran”, which is not a field", "“brand”?"),
]
CALENDARS = [
    ('"12:00"], ["13:00"', '"13:30"], ["13:00"', "mon:", "overlaps the one before", "Begin at 13:30"),
    ('["08:30", "16:30"]', '["16:30", "08:30"]', "tue:", "closes before it opens", "earlier time first"),
    ('["08:30", "16:30"]', '["08:30", "08:30"]', "tue:", "closes before it opens", "earlier time first"),
    ('["08:30", "16:30"]', '["8:30", "16:30"]', "tue:", "not an opening span", '["08:30", "16:30"]'),
    ("    thu:", "    thurs:", "thurs:", "“thurs” is not a field", "“thu”?"),
    ("  holiday_years: [2026, 2027]\n", "", "code: town-hall", "holidays of which years", "holiday_years"),
    ("open_on: [2026-02-16]", "open_on: [2026-08-03]", "code: town-hall", "2026-08-03 is listed twice", "Keep one"),
]
DEPARTMENTS = [
    ("calendar: town-hall", "calendar: town-hal", "town-hal", "no calendar “town-hal”", "“town-hall”?"),
    (
        "  calendar: always",
        "  is_front: true\n  calendar: always",
        "is_front",
        "Testville and Public Works",
        "one of them",
    ),
    ("  is_front: true\n", "", "code: front", "No department is the front one", "is_front: true"),
    ("code: works", "code: front", "code: front", "already the code of departments.yaml:1", "new code"),
    ("code: works", "code: Works!", "code: Works!", "“Works!” is not a code", "small letters"),
    ("  provenance: {mark: P}\n", "", "code: front", "does not say where it comes from", "provenance"),
    ("is_active: false", "is_active: perhaps", "is_active", "perhaps", "true or false"),
    ("phone: 905-555-0100", "phone: 9055550100", "phone", "“phone” is not text", "quotes"),
    ("phone: 905-555-0100", "email: a@b.example", "email: a@b", "stands here twice", "Keep one"),
    ("code: works", "code: [works", "name", "This is not YAML", "indents, colons and quotes"),
]
POSITIONS = [
    ("reports_to: cao", "reports_to: ceo", "reports_to: ceo", "no position “ceo”", "“cao”?"),
    ("  reports_to: deputy-cao\n", "", "cao", "Director of Services and Chief", "one head"),
    ("level: cao", "level: director", "reports_to: cao", "which is a lower level", "higher"),
    ("  level: cao\n", "  level: director\n", "level: director", "who is not the CAO", "level: cao"),
    ("reports_to: works-supervisor", "reports_to: lamplighter", "reports_to: lamp", "the line has a gap", "is active"),
    ("level: manager", "level: manger", "level: manger", "“manger” is not a value of “level”", "“manager”?"),
]
SERVICE = [
    ("department: works", "departmnt: works", "departmnt", "“departmnt” is not a field", "“department”?"),
    ("department: works", "department: work", "department: work", "no department “work”", "“works”?"),
    ("notice: requests", "notice: request", "notice: request", "no notice of collection “request”", "“requests”?"),
    ("collection_notice: requests\n", "", "contact:", "shows no notice of collection", "Known: requests"),
    ("code: pothole", "code: potholes", "code: potholes", "the file is not", "services/potholes.yaml"),
    ("mode: partial", "mode: partly", "mode: partly", "“partly” is not a value of “mode”", "“partial”?"),
    ("kind: one_choice", "kind: one_choise", "kind: one_choise", "“one_choise”", "“one_choice”?"),
    ("past: true", "passed: true", "passed: true", "“passed” is not a field", "“past”?"),
    ("reviewed_on: 2026-01-05", "reviewed_on: soon", "reviewed_on", "“soon”", "Write a date, such as 2026-05-31"),
]
OTHERS = [
    ("services/lamp", "door: report", "door: staff\nshares: place", "kind:", "shares nothing of its cases", "shares"),
    ("roles", "case.work", "case.wrok", "grants", "“case.wrok” is not something a role can grant", "“case.work”?"),
    ("collection_notices", "    phone: 905-555-0100 ext. 14\n", "", "officer:", "“phone” is missing", "Add “phone"),
    ("collection_notices", "version: 1", "version: 0", "version: 0", "“version” is not right: “0”", "greater than"),
    ("standards", "service: pothole", "service: potholes", "service:", "no service “potholes”", "“pothole”?"),
    (
        "standards",
        "kind: inquiry",
        "kind: inquiry\n  service: lamp",
        "answer-inquiry",
        "not for both",
        "Leave out kind",
    ),
    ("standards", "amount: 14", "amount: 0", "amount: 0", "“amount” is not right: “0”", "greater than"),
    ("standards", "calendar: town-hall", "calendar: hall", "calendar: hall", "no calendar “hall”", "town-hall"),
    ("definitions", "order: 1", "order: first", "order: first", "“order” is not right: “first”", "whole number"),
    ("templates", "{place}", "{palce}", "text:", "no placeholder {palce}", "“place”?"),
    ("templates", "service: pothole", "service: potholes", "service:", "no service “potholes”", "“pothole”?"),
    ("macros", "message: filled", "message: done", "message: done", "no template “done” for that", "filled"),
    ("macros", "  wait_days: 30\n", "", "code: hold", "A hold has a reason and a number of days", "wait_days"),
    ("templates", "use: closing", "use: ending", "use: ending", "“ending” is not a value of “use”", "closing"),
]
WRONG = [
    *(("municipality", *row) for row in PROFILE),
    *(("calendars", *row) for row in CALENDARS),
    *(("departments", *row) for row in DEPARTMENTS),
    *(("positions", *row) for row in POSITIONS),
    *(("services/pothole", *row) for row in SERVICE),
    *OTHERS,
]


@pytest.mark.parametrize(("name", "old", "new", "line", "what", "right"), WRONG, ids=[row[4] for row in WRONG])
def test_each_mistake_is_named_with_its_line_and_what_would_be_right(edited, name, old, new, line, what, right):
    folder = edited(f"{name}.yaml", old, new)

    found = [problem for problem in problems_in(folder) if what in problem.what]

    assert found
    assert found[0].file == f"{name}.yaml"
    assert line in (folder / found[0].file).read_text().splitlines()[found[0].line - 1]
    assert right in found[0].would_be_right


def test_every_problem_is_told_at_once(edited):
    edited("municipality.yaml", "prefix: TV", "prefix: x")
    edited("roles.yaml", "case.work", "case.wrok")
    folder = edited("services/pothole.yaml", "department: works", "department: work")

    files = [problem.file for problem in problems_in(folder)]

    assert files == ["municipality.yaml", "roles.yaml", "services/pothole.yaml"]


def test_a_wrong_row_is_not_reported_again_by_those_that_name_it(edited):
    folder = edited("departments.yaml", "name: {en: Public Works, fr: Travaux publics}", "nam: {}")

    assert {problem.file for problem in problems_in(folder)} == {"departments.yaml"}


def test_a_loop_in_the_reporting_line_is_told_with_its_names(edited):
    folder = edited("positions.yaml", "reports_to: cao", "reports_to: works-manager")

    sentences = [problem.what for problem in problems_in(folder)]

    assert any("Works Manager → Director of Services → Deputy CAO → Works Manager" in said for said in sentences)


def test_two_heads_are_told_with_their_names(edited):
    folder = edited("positions.yaml", "  reports_to: deputy-cao\n", "")

    (problem,) = problems_in(folder)

    assert problem.what == "Director of Services and Chief Administrative Officer report to nobody."


def test_a_result_is_not_promised_before_its_acknowledgement(edited):
    folder = edited("standards.yaml", "  service: pothole\n  amount: 14", "  amount: 1")
    edited("standards.yaml", "unit: calendar_days", "unit: business_hours")

    (problem,) = problems_in(folder)

    assert "within 1 business hour: that is shorter than the acknowledgement “acknowledge”" in problem.what
    assert "amount: 1" in (folder / "standards.yaml").read_text().splitlines()[problem.line - 1]


def test_a_calendar_that_never_opens_cannot_carry_a_promise(edited):
    text = (Path(__file__).parent / "pack" / "calendars.yaml").read_text()
    hours = text[text.index("  hours:") : text.index("  holidays: ontario")]

    problems = problems_in(edited("calendars.yaml", hours, "  hours: {}\n"))

    assert {problem.file for problem in problems} == {"departments.yaml", "standards.yaml"}
    assert "has no opening hours" in problems[0].what


def test_a_question_for_personal_information_needs_a_notice(edited):
    folder = edited("services/pothole.yaml", "contact: optional", "contact: none")
    edited("services/pothole.yaml", "collection_notice: requests\n", "")

    (problem,) = problems_in(folder)

    assert problem.what == "A question asks for personal information, but shows no notice of collection."


def test_two_standards_never_make_the_same_promise(edited):
    folder = edited("standards.yaml", "  kind: inquiry\n", "")
    edited("standards.yaml", "promise: answer\n", "promise: acknowledge\n")

    assert "“acknowledge” makes the same promise" in problems_in(folder)[0].what


def test_text_that_is_too_long_for_its_column_is_refused(edited):
    folder = edited("definitions.yaml", 'clause: "4.3"', f"clause: {'long ' * 20}")

    assert "Write 60 characters at most." in problems_in(folder)[0].would_be_right


def test_a_file_that_no_pack_has_is_refused(edited):
    folder = edited("roles.yaml", "case.work", "case.work")
    (folder / "calender.yaml").write_text("[]")

    (problem,) = problems_in(folder)

    assert problem.file == "calender.yaml"
    assert "“calendars.yaml”?" in problem.would_be_right


def test_a_missing_file_and_an_empty_one_are_told(edited):
    folder = edited("roles.yaml", "case.work", "case.work")
    (folder / "positions.yaml").unlink()
    (folder / "roles.yaml").write_text("# nothing yet\n")
    (folder / "municipality.yaml").write_bytes(b"name: \xff")

    told = {(problem.file, problem.what) for problem in problems_in(folder)}

    assert ("positions.yaml", "The file is missing.") in told
    assert ("roles.yaml", "The file is empty.") in told
    assert ("municipality.yaml", "The file is not UTF-8 text.") in told


def test_a_file_that_is_not_a_list_is_told(edited):
    folder = edited("roles.yaml", "case.work", "case.work")
    (folder / "roles.yaml").write_text("csr: yes\n")

    assert problems_in(folder)[0].what == "The file is not a list."


def test_a_pack_that_speaks_of_itself_without_end_is_refused(edited):
    folder = edited("roles.yaml", "grants: [case.supervise]", "grants: &again [*again]")

    assert problems_in(folder)[0].file == "roles.yaml"


def test_an_unknown_pack_is_refused_with_the_known_ones():
    with pytest.raises(PackRefused, match=r"no such pack.*Did you mean “clarington”"):
        find("claringtn")


def test_a_name_never_leads_out_of_the_towns():
    with pytest.raises(PackRefused):
        find("../towns/clarington/../../nowhere")
