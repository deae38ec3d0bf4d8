"""The desk's pages of formal complaints: the list, one complaint, and one page per verb."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from townline.cases.models import Case
from townline.complaints import forms as shapes
from townline.complaints.emergencies import ReviewForm, open_in_emergency
from townline.complaints.filing import the_service
from townline.complaints.holding import Holding
from townline.complaints.known import known_of
from townline.complaints.models import Complaint
from townline.complaints.page import contents_of, page_of, rows_for
from townline.complaints.written_down import WrittenDownForm
from townline.core.access import fetch, visible
from townline.core.refusals import NotAllowed


def complaints(request: HttpRequest) -> HttpResponse:
    """Mine, and those I oversee: by pseudonym, level and clock."""
    return render(request, "complaints/list.html", rows_for(request.user, request.GET.get("after", "")))


@never_cache
def write_down(request: HttpRequest) -> HttpResponse:
    """File a complaint for somebody at the counter, on the phone or by letter; then only its reference is shown."""
    case = _came_from(request)
    if case is None and not request.user.holds("intake.take"):  # type: ignore[union-attr]
        raise NotAllowed(_("You do not have permission to do this."))
    holding = Holding(request)
    known = known_of(case) if case and not request.POST else {}
    form = WrittenDownForm(request.POST if request.method == "POST" else None, initial=known, holding=holding)
    if form.is_valid():
        complaint = form.file(by=request.user, came_from=case)
        return render(request, "complaints/written_down.html", {"reference": complaint.case.reference, "before": case})
    context = {"form": form, "holding": holding, "service": the_service(), "before": case}
    return render(request, "complaints/write_down.html", context)


def _came_from(request: HttpRequest) -> Case | None:
    """The plain case that the customer wants to be a formal complaint, if one is named."""
    reference = request.GET.get("from", "")
    return fetch(request.user, Case.objects.for_page(), "seal", reference=reference) if reference else None


@never_cache
def detail(request: HttpRequest, reference: str) -> HttpResponse:
    """One complaint; what is sealed stays closed until it is opened for a purpose."""
    complaint = fetched(request, "read", reference)
    return render(request, "complaints/detail.html", page_of(complaint, request.user))


@never_cache
@require_POST
def reveal(request: HttpRequest, reference: str) -> HttpResponse:
    """Open what is sealed, for the purpose that was chosen; the opening is written down before anything is read."""
    complaint = fetched(request, "read", reference)
    opened = contents_of(complaint, by=request.user, purpose=request.POST.get("purpose", ""))
    return render(request, "complaints/detail.html", {**page_of(complaint, request.user), **opened})


def fetched(request: HttpRequest, verb: str, reference: str) -> Complaint:
    """A complaint, for a verb that they may do with it."""
    about = ("case__department", "case__service", "about_service", "safe")
    rows = Complaint.objects.select_related(*about).prefetch_related("assignments")
    return fetch(request.user, rows, verb, case__reference=reference)


View = Callable[..., HttpResponse]


def _verb(name: str, shape: Callable[..., forms.Form], title: Any, button: Any, said: Any) -> View:
    """The page of one verb: fetch for it, ask what it needs, do it, say so."""

    @never_cache
    def view(request: HttpRequest, reference: str) -> HttpResponse:
        complaint = fetched(request, name, reference)
        more = {"complaint": complaint} if name in NEEDS_COMPLAINT else {}
        form = shape(request.POST if request.method == "POST" else None, **more)
        if form.is_valid():
            getattr(complaint, name)(by=request.user, **form.cleaned_data)
            messages.success(request, said % {"reference": complaint.case.reference})
            return _back(request, complaint)
        context = {"complaint": complaint, "form": form, "title": title, "button": button}
        return render(request, "complaints/verb.html", context)

    return view


def _back(request: HttpRequest, complaint: Complaint) -> HttpResponse:
    """To the complaint, or to the list for whoever lost sight of it by what they did."""
    still = visible(request.user, Complaint.objects.filter(pk=complaint.pk)).exists()
    return redirect(complaint) if still else redirect("complaints:list")


NEEDS_COMPLAINT = {
    "acknowledge",
    "decide",
    "release",
    "withdraw_consent",
    "send_on",
    "hear",
    "record_answer",
    "review_emergency",
}
VERBS: dict[str, Callable[..., HttpResponse]] = {
    "send_on": _verb("send_on", shapes.SendOnForm, _l("Send it on"), _l("Send it on"),
                     _l("%(reference)s is with who investigates it now; you cannot open it any more.")),
    "acknowledge": _verb("acknowledge", shapes.AcknowledgeForm, _l("Tell the complainant that you have it"), _l("Send"),
                         _l("The complainant of %(reference)s is told.")),
    "ask": _verb("ask", shapes.MessageForm, _l("Write to the complainant"), _l("Send"),
                 _l("The complainant of %(reference)s is told.")),
    "note": _verb("note", shapes.WordsForm, _l("Write a note for the file"), _l("Save the note"),
                  _l("The note is sealed with %(reference)s.")),
    "hear": _verb("hear", shapes.HearForm, _l("Hear the person complained about"), _l("Record it"),
                  _l("Recorded with %(reference)s. Bring it to them in person or by internal mail.")),
    "record_answer": _verb("record_answer", shapes.AnswerForm, _l("Record their answer"), _l("Record it"),
                           _l("Recorded with %(reference)s.")),
    "name_witness": _verb("name_witness", shapes.WitnessForm, _l("Name a member of staff as a witness"),
                          _l("Name the witness"), _l("Named. A witness does not find %(reference)s any more.")),
    "find": _verb("find", shapes.FindForm, _l("What was found"), _l("Record the finding"),
                  _l("The finding of %(reference)s is recorded.")),
    "decide": _verb("decide", shapes.DecideForm, _l("Decide, with a letter"), _l("Decide and send the letter"),
                    _l("%(reference)s is decided at this level.")),
    "extend": _verb("extend", shapes.ReasonsForm, _l("Make the time longer, once"), _l("Make it longer"),
                    _l("The complainant of %(reference)s is told why it takes longer.")),
    "escalate": _verb("escalate", shapes.EscalateForm, _l("Take it to the next level"), _l("To the next level"),
                      _l("%(reference)s is at the next level.")),
    "take_over": _verb("take_over", forms.Form, _l("Take it over: the promise below ran out"), _l("Take it over"),
                       _l("%(reference)s is yours now.")),
    "close": _verb("close", forms.Form, _l("Close the complaint"), _l("Close"), _l("%(reference)s is closed.")),
    "follow_up": _verb("follow_up", shapes.FollowUpForm, _l("Set a remedy or a lesson"), _l("Set it"),
                       _l("It is followed until it is done.")),
    "disclose": _verb("disclose", shapes.DiscloseForm, _l("Record a consent or a disclosure"), _l("Record it"),
                      _l("Recorded with %(reference)s.")),
    "withdraw_consent": _verb("withdraw_consent", shapes.DisclosureForm, _l("Record that a consent is taken back"),
                              _l("Record it"), _l("Recorded with %(reference)s.")),
    "release": _verb("release", shapes.ReleaseForm, _l("Give the file to the Ombudsman"), _l("Release the file"),
                     _l("The package of %(reference)s is being made. For seven days you can save it here.")),
    "open_in_emergency": open_in_emergency,
    "review_emergency": _verb("review_emergency", ReviewForm, _l("Review an emergency access"), _l("Record it"),
                              _l("The review of %(reference)s is recorded.")),
    "record_request": _verb("record_request", shapes.RequestForm, _l("Record an access request"), _l("Record it"),
                            _l("You can open %(reference)s until the request is answered.")),
}  # fmt: skip
"""The page of each verb that asks something."""
