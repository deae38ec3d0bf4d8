import pytest
from django.core.exceptions import ValidationError
from django.utils.html import conditional_escape
from django.utils.translation import override

from townline.core.localized import Localized, LocalizedField, Wording

BOTH = Localized(en="Pothole", fr="Nid-de-poule")
ENGLISH = Localized(en="Pothole & <curb>", fr="")


@pytest.mark.parametrize(("lang", "text"), [("en", "Pothole"), ("fr", "Nid-de-poule"), ("fr-ca", "Nid-de-poule")])
def test_text_is_given_in_the_language_of_the_moment(lang, text):
    with override(lang):
        assert str(BOTH) == text


def test_a_language_can_be_asked_for():
    with override("en"):
        assert BOTH.wording("fr") == Wording("Nid-de-poule", "fr")


def test_a_missing_language_falls_back_to_the_other_and_says_so():
    assert ENGLISH.wording("fr") == Wording("Pothole & <curb>", "en")
    assert Localized(fr="Bonjour").wording("en") == Wording("Bonjour", "fr")


def test_no_text_is_empty_in_the_language_asked_for():
    assert Localized().wording("fr") == Wording("", "fr")


def test_a_text_is_true_when_any_language_has_words():
    assert Localized(fr="Bonjour")
    assert not Localized(en="", fr="")


def test_on_a_page_text_is_escaped_and_the_other_language_is_marked():
    with override("en"):
        assert conditional_escape(ENGLISH) == "Pothole &amp; &lt;curb&gt;"
    with override("fr"):
        assert conditional_escape(ENGLISH) == '<span lang="en">Pothole &amp; &lt;curb&gt;</span>'


def test_without_a_language_english_comes_first():
    with override(None):
        assert str(BOTH) == "Pothole"


def test_a_field_gives_back_what_it_keeps():
    field = LocalizedField()

    assert field.to_python({"en": "Pothole"}) == Localized(en="Pothole")
    assert isinstance(field.to_python({"en": "Pothole"}), Localized)
    assert field.get_prep_value(BOTH) == {"en": "Pothole", "fr": "Nid-de-poule"}
    assert field.get_default() == Localized()


def test_a_field_keeps_english_and_french_only():
    with pytest.raises(ValidationError, match="en and fr"):
        LocalizedField().clean({"en": "Pothole", "de": "Schlagloch"}, None)


def test_a_field_that_must_be_filled_takes_one_language():
    assert LocalizedField().clean({"fr": "Nid-de-poule"}, None) == {"fr": "Nid-de-poule"}
    with pytest.raises(ValidationError):
        LocalizedField().clean({}, None)
