"""The documents at the root and in docs/ are true where a machine can tell."""

import json
import re
import tomllib

import pytest
from ruamel.yaml import YAML

from townline.packs.form_definitions import read_definition
from townline.packs.reading import LISTS
from townline.questions.definition import Kind
from townline.questions.lint import lint
from townline.site.reference.source import ROOT

DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
NAMES = [str(path.relative_to(ROOT)) for path in DOCUMENTS]
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
TOKENS = re.compile(r"`([^`\n]+)`")
DECISIONS = sorted((ROOT / "docs/decisions").glob("*.md"))


def text_of(name):
    return (ROOT / name).read_text(encoding="utf-8")


def anchors(text):
    """The headings of a document as links name them."""
    headings = re.findall(r"^#+ (.+)$", FENCED.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def blocks(name, language):
    return [code for kind, code in FENCED.findall(text_of(name)) if kind == language]


@pytest.mark.parametrize("name", NAMES)
def test_every_link_within_leads_somewhere(name):
    links = [link for link in LINK.findall(FENCED.sub("", text_of(name))) if "://" not in link]
    broken = []
    for link in links:
        path, _, anchor = link.partition("#")
        target = ((ROOT / name).parent / path).resolve() if path else ROOT / name
        if not target.exists() or (anchor and anchor not in anchors(target.read_text(encoding="utf-8"))):
            broken.append(link)

    assert broken == []


@pytest.mark.parametrize("name", NAMES)
def test_every_file_that_is_named_is_there(name):
    named = [
        token
        for token in TOKENS.findall(text_of(name))
        if re.fullmatch(r"(townline|script|docs|towns|requirements)/[\w./-]+", token)
    ]
    built = "townline/ui/static/ui/build/"

    assert [path for path in named if not (ROOT / path).exists() and path != built] == []


@pytest.mark.parametrize("name", NAMES)
def test_no_document_names_a_machine_or_a_registry(name):
    text = text_of(name)

    assert not re.search(r"/root/|/home/|/work/|/tmp/|pypi\.org|registry\.|index-url|TODO|FIXME", text)


@pytest.mark.parametrize("name", NAMES)
def test_a_document_is_reached_from_another_one(name):
    links = {
        ((ROOT / other).parent / link.partition("#")[0]).resolve()
        for other in NAMES
        for link in LINK.findall(text_of(other))
    }

    assert name == "README.md" or (ROOT / name) in links


def test_every_python_block_in_contributing_is_a_quotation():
    quoted = re.findall(r"^From `[^`]+`: [^\n]+\n\n```python\n", text_of("CONTRIBUTING.md"), re.MULTILINE)

    assert len(blocks("CONTRIBUTING.md", "python")) == len(quoted) > 5


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_has_its_number_and_its_three_parts(path):
    text = path.read_text(encoding="utf-8")

    assert text.startswith(f"# {int(path.stem[:4])}. ")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Context", "Decision", "Consequence"]


def test_every_dependency_has_its_reason():
    lines = [
        line
        for name in ("base", "dev", "node", "postgres", "uv")
        for line in text_of(f"requirements/{name}.in").splitlines()
    ]
    names = [re.split(r"[\[<>=]", line)[0] for line in lines if line and line[0] not in "#-"]
    package = json.loads(text_of("package.json"))
    wanted = [*names, *package["dependencies"], *package["devDependencies"]]
    told = re.findall(r"[\w.-]+", text_of("ARCHITECTURE.md"))

    assert [name for name in wanted if name not in told] == []


def test_no_dependency_is_argued_that_is_not_asked_for():
    asked = "".join(text_of(f"requirements/{name}.in") for name in ("base", "dev")) + text_of("package.json")
    section = text_of("ARCHITECTURE.md").split("### What runs")[1].split("### What is our own")[0]
    rows = re.findall(r"^\| ([^|]+) \|", section, re.MULTILINE)
    named = [name for row in rows if row not in ("package", "---") for name in row.split(", ")]

    assert [name for name in named if name not in asked] == []


def test_the_house_is_drawn_as_the_contract_has_it():
    contract = tomllib.loads(text_of("pyproject.toml"))["tool"]["importlinter"]["contracts"][0]["layers"]
    drawing = FENCED.search(text_of("ARCHITECTURE.md"))[2]
    drawn = [re.split(r" {2,}", line)[0].replace("·", "|") for line in drawing.splitlines()]

    assert drawn == contract


@pytest.mark.parametrize("kind", Kind.values)
def test_every_kind_of_question_is_described(kind):
    assert f"| `{kind}` |" in text_of("docs/questions.md")


def test_the_example_of_questions_could_be_published():
    (example,) = blocks("docs/questions.md", "yaml")
    definition = read_definition("lamp", YAML(typ="safe").load(example)["questions"])

    assert lint(definition) == []


def test_the_examples_of_packs_have_the_right_shape():
    for example in blocks("docs/packs.md", "yaml"):
        kind = re.match(r"# (\w+)\.yaml", example)[1]
        for row in YAML(typ="safe", pure=True).load(example):
            LISTS[kind].model_validate(row)


def test_every_file_of_a_pack_is_described():
    page = text_of("docs/packs.md")

    assert [kind for kind in LISTS if f"| `{kind}.yaml` |" not in page] == []


def test_the_public_description_is_complete_in_both_languages():
    described = YAML(typ="safe", pure=True).load(text_of("publiccode.yml"))

    assert described["softwareVersion"] == tomllib.loads(text_of("pyproject.toml"))["project"]["version"]
    assert described["legal"]["license"] == "Apache-2.0"
    assert set(described["description"]) == set(described["localisation"]["availableLanguages"]) == {"en", "fr"}
    for words in described["description"].values():
        assert len(words["shortDescription"]) <= 150
        assert 150 <= len(words["longDescription"]) <= 10_000
        assert words["features"]


def test_the_licence_is_whole():
    text = text_of("LICENSE")

    assert text.split("\n", 3)[1].strip() == "Apache License"
    assert "END OF TERMS AND CONDITIONS" in text
