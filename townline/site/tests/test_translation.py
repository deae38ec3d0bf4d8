import gettext

import pytest

from townline.site.translation import catalogue
from townline.site.translation.extraction import found

PAGE = """{% load i18n %}
    <p>{% translate "Hello" %}
  {% blocktranslate trimmed count days=days %}
    One day, {{ name }}
  {% plural %}
    {{ days }} days, {{ name }}
  {% endblocktranslate %}</p>
{% panel title=_("Outcome") %}{% translate "May" context "month" %} it's (
"""
CODE = """
from django.utils.translation import gettext_lazy as _l
label = _l("In " "progress")
"""


@pytest.fixture
def package(tmp_path):
    (tmp_path / "townline/part/templates/part").mkdir(parents=True)
    (tmp_path / "townline/part/tests").mkdir()
    (tmp_path / "townline/part/templates/part/page.html").write_text(PAGE)
    (tmp_path / "townline/part/models.py").write_text(CODE)
    (tmp_path / "townline/part/tests/test_it.py").write_text('_("Only a test says this")')
    return tmp_path / "townline"


def translate(package, **words):
    """Write these translations into the French catalogue."""
    path = catalogue.path_of("fr", package)
    text = path.read_text()
    for english, french in words.items():
        text = text.replace(f'msgid "{english}"\nmsgstr ""', f'msgid "{english}"\nmsgstr "{french}"')
    path.write_text(text)


def test_texts_are_found_in_templates_and_code(package):
    texts = {message.id for message in found(package) if message.id}

    assert texts == {
        "Hello",
        ("One day, %(name)s", "%(days)s days, %(name)s"),
        "Outcome",
        "May",
        "In progress",
    }


def test_a_text_without_a_translation_is_a_fault(package):
    catalogue.update(found(package), "fr", package)
    translate(package, Hello="Bonjour")

    faults = list(catalogue.faults(found(package), "fr", package))

    assert len(faults) == 4
    assert not any("Hello" in fault for fault in faults)


def test_a_text_that_is_new_since_the_last_update_is_a_fault(package):
    catalogue.update(found(package), "fr", package)
    (package / "part/views.py").write_text('_("Brand new")')

    faults = list(catalogue.faults(found(package), "fr", package))

    assert "fr: missing: 'Brand new' (townline/part/views.py)" in faults


def test_a_translation_that_loses_a_place_holder_is_a_fault(package):
    (package / "part/views.py").write_text('_("Case %(reference)s")')
    catalogue.update(found(package), "fr", package)
    path = catalogue.path_of("fr", package)
    path.write_text(
        path.read_text().replace('"Case %(reference)s"\nmsgstr ""', '"Case %(reference)s"\nmsgstr "%(cas)s"')
    )

    faults = [fault for fault in catalogue.faults(found(package), "fr", package) if "Case" in fault]

    assert len(faults) == 1


def test_a_fuzzy_translation_is_a_fault(package):
    catalogue.update(found(package), "fr", package)
    translate(package, Hello="Bonjour")
    path = catalogue.path_of("fr", package)
    path.write_text(path.read_text().replace('msgid "Hello"', '#, fuzzy\nmsgid "Hello"'))

    faults = list(catalogue.faults(found(package), "fr", package))

    assert any("fuzzy" in fault and "Hello" in fault for fault in faults)


def test_an_update_keeps_what_was_translated_and_drops_what_is_gone(package):
    catalogue.update(found(package), "fr", package)
    translate(package, Hello="Bonjour", Outcome="Issue")
    (package / "part/templates/part/page.html").write_text('{% translate "Hello" %}')

    catalogue.update(found(package), "fr", package)

    text = catalogue.path_of("fr", package).read_text()
    assert "Bonjour" in text
    assert "Issue" not in text


def test_a_second_update_changes_nothing(package):
    catalogue.update(found(package), "fr", package)
    before = catalogue.path_of("fr", package).read_text()

    catalogue.update(found(package), "fr", package)

    assert catalogue.path_of("fr", package).read_text() == before


def test_a_compiled_catalogue_gives_the_translation(package):
    catalogue.update(found(package), "fr", package)
    translate(package, Hello="Bonjour")

    (made,) = catalogue.compile_all(package)

    with made.open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Hello") == "Bonjour"
