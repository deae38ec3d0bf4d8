"""Shape of what is typed about a saved view."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from townline.accounts.models import Department
from townline.desk.models import SavedView


class KeepViewForm(forms.Form):
    """How the view is called."""

    name = forms.CharField(
        label=_l("Name of the view"), help_text=_l("Such as “Late road work”. Up to 60 characters."), max_length=60
    )


class RenameViewForm(KeepViewForm):
    """What it is called from now on."""


class ShareViewForm(forms.Form):
    """Who can open it, beside its owner."""

    sharing = forms.ChoiceField(
        label=_l("Who can open this view?"),
        help_text=_l("Each sees in it the cases that they may see, and no others."),
        choices=SavedView.Sharing.choices,
        widget=forms.RadioSelect,
    )
    shared_with = forms.ModelChoiceField(
        label=_l("Which department?"), queryset=Department.objects.none(), required=False
    )

    def __init__(self, *args: Any, departments: list[Department], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["shared_with"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Department.objects.filter(pk__in=[one.pk for one in departments])

    def clean(self) -> dict[str, Any]:
        """A department is named when one is meant."""
        given = super().clean() or {}
        if given.get("sharing") == SavedView.Sharing.DEPARTMENT and not given.get("shared_with"):
            self.add_error("shared_with", _("Choose the department."))
        return given
