import re
from pathlib import Path

import pytest
from django.template import Context, Template
from django.template.loader import render_to_string
from django.utils import translation

from townline import ui
from townline.core.localized import Localized
from townline.ui.labels import labelled
from townline.ui.templatetags.ui import register

GALLERY = ["/ui/", "/ui/desk/", "/ui/print/", "/ui/?lang=fr", "/ui/desk/?lang=fr"]
TEMPLATES = Path(ui.__file__).parent / "templates/ui"
DRAWN = "".join(page.read_text() for page in [*TEMPLATES.glob("gallery/*.html"), *TEMPLATES.glob("*.html")])
STATES = {"refusal": 409, "again": 403, "forbidden": 403, "missing": 404, "broken": 500, "away": 503, "bare": 200}


def draw(source, **context):
    return Template("{% load ui %}" + source).render(Context(context))


@pytest.mark.parametrize("url", GALLERY)
def test_the_page_is_there_in_every_layout_and_language(client, db, url):
    assert client.get(url).status_code == 200


@pytest.mark.parametrize("name", register.tags)
def test_the_page_shows_every_tag(name):
    assert "{% " + name in DRAWN


@pytest.mark.parametrize(("state", "status"), STATES.items())
@pytest.mark.parametrize("layout", ["portal", "desk"])
def test_the_pages_that_stand_in_the_way_are_drawn(client, db, layout, state, status):
    assert client.get(f"/ui/{layout}/{state}/").status_code == status


@pytest.mark.parametrize("url", GALLERY)
def test_no_page_has_an_inline_script_or_style(client, db, url):
    html = client.get(url).content.decode()

    assert not re.search(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=|javascript:", html)


@pytest.mark.parametrize("name", register.tags)
def test_every_tag_shows_its_use(name):
    said = register.tags[name].__doc__ or ""

    assert "{% " + name in said or name == "column"


def test_text_in_the_other_language_is_marked():
    with translation.override("fr"):
        assert draw("{{ text|wording }}", text=Localized(en="Roads")) == '<span lang="en">Roads</span>'
        assert draw("{{ text|wording }}", text=Localized(en="Roads", fr="Routes")) == "Routes"


def test_what_people_typed_is_shown_as_text():
    html = draw(
        "{% fact title %}{{ title }}{% endfact %}{% tag title %}{% panel title=title %}{% endpanel %}"
        "{% summary_list rows %}",
        title="<b>&",
        rows=[("Name", "<script>alert(1)</script>\nsecond")],
    )

    assert "<b>" not in html
    assert "<script>" not in html
    assert "&lt;/script&gt;<br>second" in html


def test_a_clock_is_never_colour_alone():
    html = draw("{% due clock %}", clock=None)

    assert "nothing due" in html


def test_a_column_without_content_is_not_there():
    assert draw('{% column label="Lists" %}  {% endcolumn %}') == ""


def test_counts_are_capped():
    assert draw("{{ 7|capped }} {{ 100|capped }} {{ 101|capped }}") == "7 100 100+"


def test_a_page_with_mistakes_says_so_in_its_title(client, db):
    assert "<title>Error: Components" in client.get("/ui/").content.decode()


def test_what_was_typed_comes_back_when_nothing_can_be_saved(client, db):
    html = client.get("/ui/portal/away/").content.decode()

    assert 'name="what" value="A deep hole.\nTwo cars went around it."' in html
    assert "We saved nothing yet." in html


def test_the_page_for_a_fault_needs_nothing_at_all():
    for name in ("500.html", "503.html"):
        assert "Townline" in render_to_string(name)


def test_a_form_carries_its_token_and_says_when_it_has_files():
    html = draw("{% post form %}x{% endpost %}", csrf_token="secret", form=None)

    assert 'name="csrfmiddlewaretoken" value="secret"' in html
    assert "multipart" not in html


def test_a_label_has_the_colon_of_its_language():
    source = "{% labelled label %}{% tag 'in time' %}{% endlabelled %}"

    assert draw(source, label="<Received>").startswith("&lt;Received&gt;: <")
    with translation.override("fr"):
        assert draw(source, label="<Received>").startswith("&lt;Received&gt;\u202f: <")
        assert labelled("Reçu", "Comptoir") == "Reçu\u202f: Comptoir"
