"""The desk's pages about members of Council and what they ask."""

from datetime import datetime, time
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from townline.accounts.models import Municipality
from townline.cases.intake import Matter, Place
from townline.cases.models import Case
from townline.cases.near import near
from townline.catalogue.models import Service
from townline.core.access import fetch, may, visible
from townline.core.paging import page_of, place_of
from townline.core.references import spoken
from townline.core.refusals import NotPossible
from townline.council.forms import MEMBER, NONE_OF_THEM, AnswerForm, ConsentForm, MemberForm, ReceiveForm
from townline.council.models import Inquiry, Member
from townline.council.open_questions import open_questions
from townline.council.receiving import Asked, joinable, receive
from townline.ui.forms import Choice
from townline.ui.moments import day

PEOPLE = ("member", "case__service__questions", "case__department", "constituent", "entered_by")


@require_safe
def members(request: HttpRequest) -> HttpResponse:
    """Everybody on Council, with the way to what they asked."""
    rows = list(visible(request.user, Member.objects.all()))
    may_change = bool(rows) and may(request.user, "change", rows[0])
    return render(request, "council/members.html", {"members": rows, "may_change": may_change})


@require_safe
def inquiries(request: HttpRequest, code: str) -> HttpResponse:
    """What one member asked, the latest first."""
    member = fetch(request.user, Member, "read", code=code)
    after = request.GET.get("after", "")
    page = page_of(_asked_by(request, member).newest(place_of(after)), "received_at", after)
    context = {
        "member": member,
        "page": page,
        "next_url": page.next_url(""),
        "may_take": may(request.user, "receive", member),
    }
    return render(request, "council/inquiries.html", context)


@require_safe
def printed(request: HttpRequest, code: str) -> HttpResponse:
    """The same to hand to the member: nothing of any constituent is on it."""
    member = fetch(request.user, Member, "read", code=code)
    page = page_of(_asked_by(request, member).newest(place_of(request.GET.get("after", ""))), "received_at", "")
    return render(request, "council/printed.html", {"member": member, "page": page, "today": timezone.localdate()})


def _asked_by(request: HttpRequest, member: Member) -> Any:
    return visible(request.user, Inquiry.objects.filter(member=member).select_related("case__service", "member"))


def new(request: HttpRequest, code: str) -> HttpResponse:
    """Take in what a member asks."""
    member = fetch(request.user, Member, "receive", code=code)
    form = ReceiveForm(request.POST or None, member=member)
    if request.method == "POST":
        found = _nearby(request, form)
        known = _known(request, form) if form.is_valid() else None
        if found and not form.data.get("near"):
            form.add_error("near", _("Say whether it is one of these cases, so that nobody works on it twice."))
        if not form.errors:
            inquiry = receive(member, _asked(form), _matter(form), by=request.user, known=known)
            return _received(request, inquiry)
    return render(request, "council/new.html", {"member": member, "form": form})


def _received(request: HttpRequest, inquiry: Inquiry) -> HttpResponse:
    reference = inquiry.case.reference
    said = {"reference": reference, "spoken": ", ".join(spoken(reference, get_language() or "en"))}
    messages.success(request, _("Received as %(reference)s. Read out: %(spoken)s.") % said)
    return redirect("council:inquiry", inquiry.pk)


def _nearby(request: HttpRequest, form: ReceiveForm) -> list[Case]:
    """Open cases that may be about the same thing, offered in the form; none when a case was named."""
    place = str(form.data.get("place", "")).strip()[:200]
    service = Service.objects.filter(code=str(form.data.get("service", ""))[:60], is_active=True).first()
    if not place or service is None or str(form.data.get("reference", "")).strip():
        return []
    found = near(service, Place(place), timezone.now(), request.user)
    form.offer_near([(one.reference, Choice(str(one), f"{one.place_label} – {day(one.received_at)}")) for one in found])
    return found


def _known(request: HttpRequest, form: ReceiveForm) -> Case | None:
    """The case that it joins: the one named, or one of those nearby."""
    chosen = form.cleaned_data["near"]
    typed = form.cleaned_data["reference"] or ("" if chosen == NONE_OF_THEM else chosen)
    if not typed:
        return None
    case = joinable(request.user, typed, Municipality.objects.values_list("prefix", flat=True).first())
    if case is None:
        sentence = _("There is no open case with this reference that an inquiry can join. Check it, or leave it empty.")
        form.add_error("reference", sentence)
    return case


def _asked(form: ReceiveForm) -> Asked:
    given = form.cleaned_data
    on = given["received_on"]
    at = timezone.make_aware(datetime.combine(on, time(12))) if on and on < timezone.localdate() else None
    return Asked(
        key=given["key"],
        channel=given["channel"],
        whose=given["whose"],
        through="" if given["asked_by"] == MEMBER else given["asked_by"],
        constituent=form.constituent(),
        consent=given["consent"] if given["whose"] != Inquiry.Whose.OWN else "",
        consent_on=on or timezone.localdate(),
        received_at=at,
    )


def _matter(form: ReceiveForm) -> Matter:
    given = form.cleaned_data
    return Matter(given["service"], language=given["language"], place=Place(given["place"]), summary=given["summary"])


@require_safe
def inquiry(request: HttpRequest, pk: int) -> HttpResponse:
    """One inquiry: who asked, for whom, and what they were told."""
    found = _inquiry(request, "read", pk)
    context = {
        "inquiry": found,
        "replies": found.replies.select_related("by", "mail").order_by("-id")[:50],
        "clock": found.case.clocks.filter(step=found.step).select_related("case__department", "weather").first(),
        "open_questions": open_questions(found),
        "knows": may(request.user, "know_constituent", found),
        "may_answer": may(request.user, "answer", found),
    }
    return render(request, "council/inquiry.html", context)


def _inquiry(request: HttpRequest, verb: str, pk: int) -> Inquiry:
    return fetch(request.user, Inquiry.objects.select_related(*PEOPLE), verb, pk=pk)


def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Reply to the member."""
    found = _inquiry(request, "answer", pk)
    form = AnswerForm(request.POST or None)
    if form.is_valid() and _can_be_said(form, found):
        found.answer(by=request.user, **form.cleaned_data)
        messages.success(request, _("Your reply is kept. It goes out by e-mail where the member has an address."))
        return redirect("council:inquiry", pk)
    return _ask(request, found, form, _("Reply to the member"), _("Send the reply"))


def _can_be_said(form: AnswerForm, found: Inquiry) -> bool:
    """What names the constituent is refused beside the words, so that they can be put right."""
    try:
        found.must_not_name(form.cleaned_data["text"])
    except NotPossible as refusal:
        form.add_error("text", str(refusal))
    return not form.errors


def note_consent(request: HttpRequest, pk: int) -> HttpResponse:
    """What the constituent said about being named."""
    found = _inquiry(request, "note_consent", pk)
    form = ConsentForm(request.POST or None, initial={"consent": found.consent})
    if form.is_valid():
        found.note_consent(by=request.user, **form.cleaned_data)
        messages.success(request, _("It is noted."))
        return redirect("council:inquiry", pk)
    return _ask(request, found, form, _("Consent of the constituent"), _("Save"))


def _ask(request: HttpRequest, found: Inquiry, form: Any, title: str, button: str) -> HttpResponse:
    return render(request, "council/verb.html", {"inquiry": found, "form": form, "title": title, "button": button})


def member(request: HttpRequest, code: str) -> HttpResponse:
    """Who holds the office, and where the reply goes."""
    found = fetch(request.user, Member, "change", code=code)
    initial = {name: getattr(found, name) for name in MemberForm.base_fields}
    form = MemberForm(request.POST or None, initial=initial)
    if form.is_valid():
        found.change(by=request.user, **form.cleaned_data)
        messages.success(request, _("The office is changed."))
        return redirect("council:members")
    return render(request, "council/member.html", {"member": found, "form": form})
