"""Opening a complaint in an emergency: a fresh second factor, a reason, half an hour, and a review."""

from typing import Any

from allauth.mfa.base.internal.flows import post_authentication
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.views.decorators.cache import never_cache

from townline.accounts.passkeys import asked_of
from townline.accounts.sign_in_forms import FreshSecondFactor
from townline.complaints.models import Complaint, EmergencyAccess
from townline.core.access import fetch
from townline.ui.moments import moment


class EmergencyForm(FreshSecondFactor):
    """Why it cannot wait, and a code or a passkey given now: being signed in is not enough."""

    reason = forms.ChoiceField(
        label=_l("Why can it not wait?"), choices=EmergencyAccess.Reason.choices, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_l("What happened"),
        help_text=_l("Without names. The investigator, their manager and the FOI coordinator are told at once."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.order_fields(["reason", "words", "code", "credential"])


@never_cache
def open_in_emergency(request: HttpRequest, reference: str) -> HttpResponse:
    """Let somebody who oversees complaints in for half an hour; the investigator's manager and FOI are told at once."""
    complaint = fetch(
        request.user, Complaint.objects.select_related("case", "safe"), "open_in_emergency", case__reference=reference
    )
    form = EmergencyForm(request.POST if request.method == "POST" else None, user=request.user)
    if form.is_valid():
        told = form.cleaned_data
        complaint.open_in_emergency(by=request.user, reason=told["reason"], words=told["words"])
        post_authentication(request, form.authenticator, reauthenticated=True)
        messages.success(request, _("You can open %(reference)s for 30 minutes.") % {"reference": reference})
        return redirect(complaint)
    context = {"complaint": complaint, "form": form, "title": _("Open it in an emergency")}
    return render(
        request,
        "complaints/open_in_emergency.html",
        {**context, "button": _("Open it for 30 minutes"), "passkey": asked_of(request.user)},
    )


class AccessField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One emergency access, said in words."""

    def label_from_instance(self, obj: Any) -> str:
        """When, why, and in whose words."""
        return f"{moment(obj.at)}, {obj.user} – {obj.get_reason_display()}: {obj.words}"


class ReviewForm(forms.Form):
    """Was an emergency access right?"""

    emergency = AccessField(
        label=_l("Which access?"), queryset=EmergencyAccess.objects.none(), empty_label=None, widget=forms.RadioSelect
    )
    was_right = forms.TypedChoiceField(
        label=_l("Was it right to open the file?"),
        choices=[("yes", _l("Yes")), ("no", _l("No"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, complaint: Complaint, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["emergency"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = complaint.emergencies.filter(reviewed_at=None).select_related("user")
