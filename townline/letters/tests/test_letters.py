"""One letter, three shapes: a PDF that a screen reader can read, a page, and plain text."""

import io

import pikepdf
import pytest
from django.template.loader import render_to_string

from townline.letters.document import (
    Address,
    Document,
    Facts,
    Heading,
    Part,
    Picture,
    Points,
    Quoted,
    Sender,
    Table,
    Words,
)
from townline.letters.plain import as_text
from townline.letters.press import INSTEAD, SHOWN, shown, unshown
from townline.letters.printing import NotPrinted, printed
from townline.letters.tests.structure import alternatives, headings, languages, roles, text_of

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><rect width="10" height="10"/></svg>'
NASTY = '#panic("x") $x^2$ *bold* _it_ `raw` @ref <label> #read("/etc/passwd") // gone \\ end'


def a_letter(*more, lang="fr"):
    french = Part(
        lang, Sender("Municipalité d’essai", "40, rue Tempérance\n905-555-0100"),
        (
            Address("Élodie Œuvrard\n7, rue des Érables"), Heading("Décision sur votre plainte", 1),
            Words("Première ligne\ndeuxième ligne\n\nSecond paragraphe."), Heading("Conclusion"),
            Facts((("Conclusion", "Fondée en partie"), ("Décidée par", "Directeur"))), Points(("un", "deux")),
            Table("Les étapes", ("Étape", "Qui"), (("1", "Superviseur"), ("2", "Gestionnaire")), (1, 3)),
            Quoted("Leurs mots"), Picture(SVG, "Un carré noir"), *more,
        ),
    )  # fmt: skip
    english = Part("en", Sender("Test Town"), (Heading("Decision on your complaint", 1), Words("Hello.")))
    return Document("Letter TV-7K3M-9QXD-H", "Test Town", "TV-7K3M-9QXD-H", (french, english))


@pytest.fixture(scope="module")
def pdf():
    with pikepdf.open(io.BytesIO(printed(a_letter(Words(NASTY))))) as made:
        yield made


def test_it_says_that_it_is_tagged_and_for_whom(pdf):
    meta = pdf.Root.Metadata.read_bytes().decode()

    assert pdf.Root.MarkInfo.Marked
    assert "<pdfuaid:part>1</pdfuaid:part>" in meta
    assert pdf.Root.ViewerPreferences.DisplayDocTitle


def test_its_language_and_that_of_its_second_part(pdf):
    assert str(pdf.Root.Lang) == "fr-CA"
    assert "en-CA" in languages(pdf)


def test_its_properties_say_no_more_than_a_stranger_may_read(pdf):
    meta = pdf.Root.Metadata.read_bytes().decode()

    assert "Letter TV-7K3M-9QXD-H" in meta
    assert "Œuvrard" not in meta
    assert "plainte" not in meta
    assert "/Info" not in pdf.trailer or "Œuvrard" not in str(pdf.trailer.Info.items())


def test_its_headings_do_not_skip_a_level(pdf):
    assert headings(pdf) == [1, 2, 1]


def test_its_table_has_a_row_of_headings(pdf):
    found = roles(pdf)

    assert found.count("TH") == 2
    assert found.count("TD") == 4
    assert "THead" in found


def test_its_list_is_a_list_and_its_picture_has_words(pdf):
    assert "LI" in roles(pdf)
    assert alternatives(pdf) == ["Un carré noir"]


def test_every_font_is_in_it(pdf):
    fonts = [font for page in pdf.pages for font in page.Resources.Font.values()]

    assert fonts
    assert {"/FontFile3", "/FontFile2"} & {
        key
        for font in fonts
        for key in font.DescendantFonts[0].FontDescriptor.keys()  # noqa: SIM118
    }


def test_what_somebody_typed_is_never_markup(pdf):
    said = " ".join(text_of(pdf).split())

    assert " ".join(NASTY.split()) in said
    assert "root:" not in said


def test_french_accents_are_there(pdf):
    said = text_of(pdf)

    assert "Élodie Œuvrard" in said
    assert INSTEAD not in said


@pytest.mark.parametrize("text", ["漢字", "مرحبا", "😀", "ᓄᓇᕗᑦ"])
def test_a_character_that_the_fonts_lack_is_a_box_and_the_letter_is_printed(text):
    assert shown(text) == INSTEAD * len(text)
    assert unshown(f"Élodie\r\n\t{text} {text}, 12 ½ °C") == text
    assert printed(a_letter(Words(text))).startswith(b"%PDF-")


@pytest.mark.parametrize("span", SHOWN)
def test_every_character_that_is_said_to_be_shown_is(span):
    import unicodedata

    numbers = range(span[0], span[1] + 1)
    text = "".join(chr(one) for one in numbers if unicodedata.category(chr(one)) not in ("Cn", "Cs", "Co"))

    assert printed(a_letter(Words(f"a{text}"), Heading(f"a{text.strip() or 'b'}", 3))).startswith(b"%PDF-")


def test_a_long_letter_goes_over_pages():
    made = printed(a_letter(Words("Long words. " * 3000)))

    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert len(pdf.pages) > 5


def test_a_press_that_gives_nothing_is_noticed():
    with pytest.raises(NotPrinted):
        printed(Document("", "", "", ()))


def test_it_comes_back_as_it_was_kept():
    letter = a_letter()

    assert Document.from_json(letter.as_json()) == letter


def test_the_page_and_the_text_say_the_same():
    letter = a_letter(Words(NASTY))
    page = render_to_string("letters/_document.html", {"document": letter})

    assert '<article class="letter" lang="fr">' in page
    assert '<th scope="col">Étape</th>' in page
    assert "#read(&quot;/etc/passwd&quot;)" in page
    assert "Conclusion: Fondée en partie" in as_text(letter)
    assert "- deux" in as_text(letter)
