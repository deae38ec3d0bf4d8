"""Files of a formal complaint at the desk: adding evidence, opening one file for a stated purpose, letters on paper."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from townline.complaints.evidence import opened_file, taken_in
from townline.complaints.forms import EvidenceForm
from townline.complaints.letters import letter_of
from townline.complaints.views import fetched


@never_cache
def attach(request: HttpRequest, reference: str) -> HttpResponse:
    """Seal photos or documents that came in or were found; the good ones stay, each that is refused says why."""
    complaint = fetched(request, "attach", reference)
    form = EvidenceForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        good, refused = taken_in(request)
        if refused or not good:
            form.add_error("add_files", refused or _("Choose at least one file."))
        if good:
            given = form.cleaned_data["is_from_complainant"]
            complaint.attach(by=request.user, files=good, is_from_complainant=given)
            messages.success(request, _("Sealed with %(reference)s.") % {"reference": reference})
        if good and not refused:
            return redirect(complaint)
    context = {"complaint": complaint, "form": form, "title": _("Add a photo or document"), "button": _("Seal them")}
    return render(request, "complaints/verb.html", context)


@never_cache
@require_POST
def file(request: HttpRequest, reference: str, name: str) -> HttpResponse:
    """One file, to be saved, for the purpose that was chosen; the complainant sees the opening."""
    complaint = fetched(request, "read", reference)
    return opened_file(complaint, name, by=request.user, purpose=request.POST.get("purpose", ""))


@never_cache
@require_POST
def paper(request: HttpRequest, reference: str, name: str) -> HttpResponse:
    """A letter as it goes into an envelope, with the address; opening it is written down as any other opening."""
    complaint = fetched(request, "read", reference)
    document = letter_of(complaint, name, by=request.user, purpose=request.POST.get("purpose", ""))
    return render(request, "complaints/paper.html", {"complaint": complaint, "document": document})
