import pytest

from townline.ui.brand import brand_css, contrast, faults


def test_contrast_is_measured_as_wcag_does():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#0b4f6c", "#0b4f6c") == 1


def test_a_brand_becomes_tokens_and_nothing_else():
    css = brand_css({"colour": "#0b4f6c", "accent": "#b3541e"})

    assert css.startswith(":root{--town:#0b4f6c;")
    assert "--accent:#b3541e;" in css
    assert css.count("{") == 1


def test_no_brand_puts_nothing_on():
    assert brand_css({}) == ""


@pytest.mark.parametrize(
    ("tokens", "sentence"),
    [
        ({"colour": "#8fd3ff"}, "contrast"),
        ({"accent": "#ffcc00"}, "contrast"),
        ({"colour": "red"}, "hexadecimal"),
        ({"colour": "#0b4f6c}body{display:none"}, "hexadecimal"),
        ({"font": "Comic Sans"}, "not a brand token"),
    ],
)
def test_a_brand_that_cannot_be_read_is_refused_and_never_worn(tokens, sentence):
    assert sentence in faults(tokens)[0]
    assert brand_css(tokens) == ""
