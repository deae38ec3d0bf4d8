from datetime import date

from django import forms
from django.template import Context, Template

from townline.ui.forms import Choice, DateParts, mistakes


class AskForm(forms.Form):
    subject = forms.CharField(max_length=10, help_text="A few words.")
    words = forms.CharField(widget=forms.Textarea, max_length=2000, required=False)
    on = forms.DateField(widget=DateParts(attrs={"autocomplete": "bday"}))
    how = forms.ChoiceField(
        widget=forms.RadioSelect, choices=[("a", Choice("E-mail", "The same day.")), ("b", "Letter")]
    )
    secret = forms.CharField(widget=forms.HiddenInput, required=False)


def draw(source, **context):
    return Template("{% load ui %}" + source).render(Context(context))


def test_a_field_links_its_label_hint_and_error():
    html = draw("{% field form.subject %}", form=AskForm({"subject": "far too long for this"}))

    assert '<label class="govuk-label" for="id_subject">Subject</label>' in html
    assert 'aria-describedby="id_subject_helptext id_subject_error"' in html
    assert 'id="id_subject_helptext"' in html
    assert 'id="id_subject_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'value="far too long for this"' in html


def test_a_whole_form_is_drawn_by_the_same_template():
    html = draw("{{ form }}", form=AskForm())

    assert html.count("govuk-form-group") == 4 + 3
    assert '<input type="hidden" name="secret"' in html


def test_choices_sit_in_a_fieldset_with_a_legend_and_their_hints():
    html = draw("{% field form.how %}", form=AskForm({}))

    assert '<fieldset class="govuk-fieldset" aria-describedby="id_how_error">' in html
    assert "<legend" in html
    assert 'aria-describedby="id_how_0_hint"' in html
    assert html.count('type="radio"') == 2


def test_a_label_can_be_the_heading_of_the_page():
    assert '<h1 class="govuk-label-wrapper"><label' in draw("{% field form.subject heading=True %}", form=AskForm())


def test_a_long_text_states_its_limit_and_is_never_cut_by_the_browser():
    html = draw("{% field form.words %}", form=AskForm())

    assert "You can enter up to 2,000 characters." in html
    assert "maxlength" not in html
    assert "(optional)" in html.replace('<span class="optional">', "")


def test_a_date_is_typed_as_three_numbers():
    form = AskForm({"on_day": "3", "on_month": "12", "on_year": "2026", "subject": "x", "how": "a"})

    assert form.is_valid()
    assert form.cleaned_data["on"] == date(2026, 12, 3)


def test_a_date_that_does_not_exist_comes_back_as_typed():
    form = AskForm({"on_day": "31", "on_month": "2", "on_year": "2026"})
    html = draw("{% field form.on %}", form=form)

    assert "on" in form.errors
    assert 'name="on_day" type="text" inputmode="numeric" value="31" autocomplete="bday-day"' in html


def test_no_date_at_all_is_missing_rather_than_wrong():
    assert AskForm({"on_day": "", "on_month": "", "on_year": ""}).errors["on"].as_data()[0].code == "required"


def test_the_summary_leads_to_each_field_and_names_it():
    found = dict(mistakes(AskForm({})))

    assert found["Subject: This field is required."] == "id_subject"
    assert found["On: This field is required."] == "id_on_day"
    assert found["How: This field is required."] == "id_how_0"


def test_an_error_of_the_whole_form_leads_nowhere():
    form = AskForm({})
    form.add_error(None, "This was already sent.")

    assert ("This was already sent.", "") in mistakes(form)


def test_a_form_without_mistakes_has_no_summary():
    assert draw("{% error_summary form %}", form=AskForm()).strip() == ""
    assert draw("{% error_summary form %}").strip() == ""
