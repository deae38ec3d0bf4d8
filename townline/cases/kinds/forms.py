"""Shape of what staff type about a case because of its kind."""

from typing import Any

from django import forms
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from townline.accounts.models import Counter, Department, User
from townline.cases.forms import BY_STAFF, long_text
from townline.cases.models import Case, Passing
from townline.cases.models.filing import BEGUN_ELSEWHERE
from townline.catalogue.models import Kind, Service
from townline.ui.forms import DateParts


class RefileForm(forms.Form):
    """Where it belongs, and what the customer is told when it matters to them."""

    service = forms.ModelChoiceField(
        label=_l("Under which service does it belong?"), queryset=Service.objects.none(), to_field_name="code"
    )
    words = long_text(
        _l("What the customer is told"),
        _l("Leave it empty when it makes no difference to them. Their reference stays the same."),
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].required = False
        if Service.objects.filter(kind=Kind.FORMAL_COMPLAINT, is_active=True).exists():
            self.fields["service"].help_text = format_html(
                '{} <a href="{}?from={}">{}</a>',
                _("Do they want a formal complaint? Then everything here is sealed with it."),
                reverse("complaints:write_down"),
                case.reference,
                _("Write the formal complaint down"),
            )
        field = self.fields["service"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Service.objects.filter(is_active=True).exclude(
            Q(pk=case.service_id) | Q(kind__in=BEGUN_ELSEWHERE)
        )


class RedirectForm(forms.Form):
    """What the customer is told: who looks after it, and how to get there."""

    words = long_text(_l("What the customer is told"), _l("The case is closed as not ours with these words."))


class MakeFormalForm(forms.Form):
    """When and how the customer said it, and what they are told about filing it."""

    said_on = forms.DateField(label=_l("On which day did they say so?"), widget=DateParts(), initial=timezone.localdate)
    channel = forms.ChoiceField(label=_l("How did they say it?"), choices=BY_STAFF)
    words = long_text(_l("What the customer is told"), _l("How a formal complaint is filed."))


class PassOnForm(forms.Form):
    """What the compliment is about, and whose it is. A person is looked up among staff; nobody is guessed."""

    about = forms.ChoiceField(label=_l("What is it about?"), choices=Passing.About.choices, widget=forms.RadioSelect)
    department = forms.ModelChoiceField(
        label=_l("Which department?"), queryset=Department.objects.none(), to_field_name="code"
    )
    person = forms.ModelChoiceField(
        label=_l("Who was it?"),
        help_text=_l("Only if you are sure. They and their manager are told."),
        queryset=User.objects.none(),
        required=False,
    )
    service = forms.ModelChoiceField(
        label=_l("Which service?"), queryset=Service.objects.none(), required=False, to_field_name="code"
    )
    facility = forms.ModelChoiceField(
        label=_l("Which facility?"), queryset=Counter.objects.none(), required=False, to_field_name="code"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        staff = User.objects.filter(kind=User.Kind.STAFF, is_active=True).order_by("name")
        offered = {
            "department": Department.objects.filter(is_active=True),
            "person": staff,
            "service": Service.objects.filter(is_active=True),
            "facility": Counter.objects.filter(is_active=True),
        }
        for name, rows in offered.items():
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = rows
