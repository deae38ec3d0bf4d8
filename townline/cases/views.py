"""The desk's pages of one case: one function per verb."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from townline.cases.because import way_of
from townline.cases.composing import Composer, keep_typed
from townline.cases.forms import (
    AssignForm,
    ClassifyForm,
    CloseForm,
    ContactForm,
    GiveBackForm,
    HandOverForm,
    MessageForm,
    NoteForm,
    PrioritiseForm,
    StepForm,
    WaitForm,
)
from townline.cases.letters import can_mail
from townline.cases.mentions import said_of_missed
from townline.cases.models import Case, Enclosure
from townline.cases.page import page_of
from townline.cases.stepping import offered
from townline.core.access import fetch, visible
from townline.documents.bringing import Brought
from townline.documents.forms import AttachForm
from townline.documents.serving import download, small


def detail(request: HttpRequest, reference: str) -> HttpResponse:
    """Everything about one case on one page."""
    case = fetch(request.user, Case.objects.for_page(), "read", reference=reference)
    if case.survivor and visible(request.user, Case.objects.filter(pk=case.survivor.pk)).exists():
        said = {"merged": case.reference, "reference": case.survivor.reference}
        messages.info(request, _("%(merged)s was merged: it goes on here, in %(reference)s.") % said)
        return redirect(case.survivor)
    before = request.GET.get("before", "")[:18]
    only_talk = request.GET.get("only") == "talk"
    shown = page_of(case, request.user, int(before) if before.isdecimal() else None, only_talk)
    return render(request, "cases/detail.html", shown)


def ask(request: HttpRequest, case: Case, form: forms.Form, title: str, button: str, **more: Any) -> HttpResponse:
    """The page that asks what a verb needs to know."""
    context = {"case": case, "form": form, "title": title, "button": button, "can_mail": can_mail(case), **more}
    return render(request, "cases/verb.html", context)


def done(request: HttpRequest, case: Case, sentence: str) -> HttpResponse:
    """Say what was done, on the page of the case."""
    messages.success(request, sentence % {"reference": case.reference})
    return redirect(case)


def gone(request: HttpRequest, case: Case, sentence: str) -> HttpResponse:
    """Say what was done: on the page of the case, or on one's work when the case is out of one's sight now."""
    messages.success(request, sentence % {"reference": case.reference, "where": case.queue.full_name})
    is_seen = visible(request.user, Case.objects.filter(pk=case.pk)).exists()
    return redirect(case) if is_seen else redirect("desk:home")


@require_POST
def take(request: HttpRequest, reference: str) -> HttpResponse:
    """Become the assignee."""
    case = fetch(request.user, Case, "take", reference=reference)
    case.take(by=request.user)
    return done(request, case, _("You have case %(reference)s now."))


def assign(request: HttpRequest, reference: str) -> HttpResponse:
    """Give the case to a colleague."""
    case = fetch(request.user, Case, "assign", reference=reference)
    form = AssignForm(request.POST or None, case=case)
    if form.is_valid():
        case.assign(by=request.user, **form.cleaned_data)
        return done(request, case, _("Case %(reference)s is assigned."))
    return ask(request, case, form, _("Assign the case"), _("Assign"))


def note(request: HttpRequest, reference: str) -> HttpResponse:
    """Write a note for staff."""
    kept = keep_typed(request, reference, "note")
    case = fetch(request.user, Case.objects.for_page(), "note", reference=reference)
    composer = Composer(request, case, "note", NoteForm, kept, takes_files=True)
    if composer.is_to_be_sent():
        case.note(by=request.user, **composer.words())
        if missed := said_of_missed(composer.form.cleaned_data["text"], case):
            messages.warning(request, missed)
        return done(request, case, _("The note is saved with case %(reference)s."))
    return composer.answer(_("Write a note"), _("Save the note"))


def message(request: HttpRequest, reference: str) -> HttpResponse:
    """Write to the customer; something newer is shown before it goes."""
    kept = keep_typed(request, reference, "message")
    case = fetch(request.user, Case.objects.for_page(), "message", reference=reference)
    composer = Composer(request, case, "message", MessageForm, kept, takes_files=True)
    if composer.is_to_be_sent():
        case.message(by=request.user, **composer.words())
        return done(request, case, _("Your message about case %(reference)s is on its way."))
    return composer.answer(_("Write to the customer"), _("Send the message"))


def step(request: HttpRequest, reference: str) -> HttpResponse:
    """Choose a step, then say what it asks."""
    case = fetch(request.user, Case.objects.for_page(), "step", reference=reference)
    usual, others = offered(case)
    chosen = next((one for one in (*usual, *others) if one.code == request.GET.get("step")), None)
    if chosen is None:
        return render(request, "cases/step.html", {"case": case, "usual": usual, "others": others})
    form = StepForm(request.POST or None, step=chosen, is_usual=chosen in usual)
    if form.is_valid():
        case.step(by=request.user, step=chosen, **form.cleaned_data)
        return done(request, case, _("The step is recorded with case %(reference)s."))
    return ask(request, case, form, str(chosen), _("Record the step"), step=chosen, is_sent=bool(chosen.tells))


def contact(request: HttpRequest, reference: str) -> HttpResponse:
    """Keep what the customer said about it, on the phone or in any other way."""
    case = fetch(request.user, Case, "contact", reference=reference)
    form = ContactForm(request.POST or None)
    if form.is_valid():
        case.contact(by=request.user, **form.cleaned_data)
        return done(request, case, _("The interaction is saved with case %(reference)s."))
    return ask(request, case, form, _("Add an interaction"), _("Save"))


def attach(request: HttpRequest, reference: str) -> HttpResponse:
    """Add photos or documents, from a folder or from the camera of a phone."""
    case = fetch(request.user, Case, "attach", reference=reference)
    brought = Brought(request, by=request.user, description=request.POST.get("description", ""))
    form = AttachForm(request.POST if request.method == "POST" else None, brought=brought)
    if form.is_valid():
        case.attach(by=request.user, attachments=brought.attachments)
        return done(request, case, _("Added to case %(reference)s."))
    return ask(request, case, form, _("Add a photo or document"), _("Add"))


def file(request: HttpRequest, reference: str, key: str) -> HttpResponseBase:
    """A photo or document of a case, to be saved."""
    return download(_enclosure(request, "download", reference, key).attachment, reference)


def small_file(request: HttpRequest, reference: str, key: str) -> HttpResponseBase:
    """The small picture of a photo, for the page of its case."""
    return small(_enclosure(request, "read", reference, key).attachment)


def _enclosure(request: HttpRequest, action: str, reference: str, key: str) -> Enclosure:
    files = Enclosure.objects.select_related("attachment")
    return fetch(request.user, files, action, case__reference=reference, attachment__key=key)


def wait(request: HttpRequest, reference: str) -> HttpResponse:
    """Stop the clocks, with a reason and a date."""
    case = fetch(request.user, Case, "wait", reference=reference)
    form = WaitForm(request.POST or None)
    if form.is_valid():
        case.wait(by=request.user, **form.cleaned_data)
        return done(request, case, _("Case %(reference)s is on hold."))
    return ask(request, case, form, _("Put the case on hold"), _("Put on hold"))


def classify(request: HttpRequest, reference: str) -> HttpResponse:
    """Say of which class the road is."""
    case = fetch(request.user, Case, "classify", reference=reference)
    form = ClassifyForm(request.POST or None, initial={"road_class": case.road_class})
    if form.is_valid():
        case.classify(by=request.user, **form.cleaned_data)
        return done(request, case, _("The class of the road is noted with case %(reference)s."))
    return ask(request, case, form, _("Class of the road"), _("Save"))


def prioritise(request: HttpRequest, reference: str) -> HttpResponse:
    """Say how pressing the case is, and why."""
    case = fetch(request.user, Case, "prioritise", reference=reference)
    form = PrioritiseForm(request.POST or None, initial={"priority": case.priority})
    if form.is_valid():
        case.prioritise(by=request.user, **form.cleaned_data)
        return done(request, case, _("Case %(reference)s has another priority; its promises follow."))
    return ask(request, case, form, _("Change the priority"), _("Change the priority"))


@require_POST
def resume(request: HttpRequest, reference: str) -> HttpResponse:
    """Go on with a case that waited."""
    case = fetch(request.user, Case, "resume", reference=reference)
    case.resume(by=request.user)
    return done(request, case, _("Case %(reference)s is resumed; its clocks run again."))


def close(request: HttpRequest, reference: str) -> HttpResponse:
    """Finish the case with an outcome and words for the customer."""
    kept = keep_typed(request, reference, "close")
    case = fetch(request.user, Case.objects.for_page(), "close", reference=reference)
    composer = Composer(request, case, "close", CloseForm, kept)
    if composer.is_to_be_sent():
        case.close(by=request.user, **composer.words())
        return done(request, case, _("Case %(reference)s is closed."))
    return composer.answer(_("Close the case"), _("Close the case"))


@require_POST
def reopen(request: HttpRequest, reference: str) -> HttpResponse:
    """Go on with a case that was closed."""
    case = fetch(request.user, Case, "reopen", reference=reference)
    case.reopen(by=request.user)
    return done(request, case, _("Case %(reference)s is open again."))


@require_POST
def acknowledge(request: HttpRequest, reference: str) -> HttpResponse:
    """Note that the customer was told, by letter or by phone, that we have it."""
    case = fetch(request.user, Case, "acknowledge", reference=reference)
    case.acknowledge(by=request.user)
    return done(request, case, _("Noted: the customer knows that we have case %(reference)s."))


def hand_over(request: HttpRequest, reference: str) -> HttpResponse:
    """Give the case to another department or queue."""
    case = fetch(request.user, Case.objects.for_page(), "hand_over", reference=reference)
    form = HandOverForm(request.POST or None, case=case)
    if form.is_valid():
        case.hand_over(by=request.user, **form.cleaned_data)
        return gone(request, case, _("Case %(reference)s is handed over to %(where)s."))
    return ask(request, case, form, _("Hand the case over"), _("Hand over"))


def give_back(request: HttpRequest, reference: str) -> HttpResponse:
    """Put the case back into its queue."""
    case = fetch(request.user, Case.objects.for_page(), "give_back", reference=reference)
    form = GiveBackForm(request.POST or None)
    if form.is_valid():
        case.give_back(by=request.user, **form.cleaned_data)
        return gone(request, case, _("Case %(reference)s is back in the queue %(where)s."))
    return ask(request, case, form, _("Give the case back"), _("Give back"))


def send_on(request: HttpRequest, reference: str) -> HttpResponse:
    """Say where the next step is done and why; then the case goes there."""
    case = fetch(request.user, Case.objects.for_page(), "send_on", reference=reference)
    if request.method == "POST":
        case.send_on(by=request.user)
        return gone(request, case, _("Case %(reference)s is sent on to %(where)s."))
    return render(request, "cases/send_on.html", {"case": case, "way": way_of(case)})


VERBS: dict[str, Any] = {
    "take": take,
    "assign": assign,
    "acknowledge": acknowledge,
    "note": note,
    "message": message,
    "contact": contact,
    "classify": classify,
    "prioritise": prioritise,
    "attach": attach,
    "step": step,
    "wait": wait,
    "resume": resume,
    "send_on": send_on,
    "hand_over": hand_over,
    "give_back": give_back,
    "close": close,
    "reopen": reopen,
}
