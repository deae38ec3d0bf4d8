"""The desk's pages of the FOI coordinator: access requests, what is gathered and taken out, the release."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.views.decorators.http import require_POST

from townline.accounts.models import Municipality
from townline.core.access import fetch, may, visible
from townline.core.paging import SIZE, id_of
from townline.records import forms_access as shapes
from townline.records.gathering import names_around, words_of
from townline.records.models import AccessRequest, AccessRule, Redaction, ThirdParty
from townline.records.papers import as_pdf, release_paper
from townline.records.rebuilding import Cut, candidates, rebuilt
from townline.records.views import ask, demand

GRANT = "records.access"


def requests(request: HttpRequest) -> HttpResponse:
    """Access requests: those still to be answered, soonest due first; then the latest that were decided."""
    user = demand(request, GRANT)
    rows = visible(user, AccessRequest.objects.select_related("case__customer", "rule"))
    is_past = request.GET.get("which") == "decided"
    if is_past:
        before = id_of(request.GET.get("after", ""))
        found = rows.filter(decided_on__isnull=False).order_by("-pk")
        listed = list((found.filter(pk__lt=before) if before else found)[: SIZE + 1])
    else:
        listed = list(rows.filter(decided_on=None).order_by("due_on", "pk")[: SIZE * 4])
    older = f"?which=decided&after={listed[SIZE - 1].pk}" if is_past and len(listed) > SIZE else ""
    shown = listed[:SIZE] if is_past else listed
    rules = list(AccessRule.objects.all())
    context = {"rows": shown, "is_past": is_past, "older": older, "rules": rules, "today": timezone.localdate()}
    return render(request, "records/requests.html", context)


def begin_request(request: HttpRequest) -> HttpResponse:
    """Start the clock of a case by hand."""
    user = demand(request, GRANT)
    form = shapes.BeginForm(request.POST if request.method == "POST" else None, user=user)
    if form.is_valid():
        made = AccessRequest.begin(by=user, **form.cleaned_data)
        messages.success(request, _("The clock runs from the day the request was received."))
        return redirect("records:request", pk=made.pk)
    return ask(request, form, _("Begin an access request"), "records:requests")


def _asked(request: HttpRequest, pk: int, verb: str) -> AccessRequest:
    demand(request, GRANT)
    about = ("case__customer", "case__department__calendar", "rule")
    return fetch(request.user, AccessRequest.objects.select_related(*about), verb, pk=pk)


def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One request: its clocks, third parties, what was gathered, what is taken out."""
    asked = _asked(request, pk, "read")
    verbs = [] if asked.decided_on else [verb for verb in VERBS if may(request.user, verb, asked)]
    context = {
        "asked": asked,
        "clocks": asked.clocks(),
        "parties": list(asked.third_parties.all()),
        "pieces": list(asked.pieces.select_related("source")),
        "redactions": list(asked.redactions.all()),
        "verbs": [verb for verb in verbs if verb != "extend" or not asked.extended_by],
    }
    return render(request, "records/request.html", context)


def _verb(name: str, shape: Any, title: Any, said: Any) -> Callable[..., HttpResponse]:
    """The page of one verb: fetch for it, ask what it needs, do it, say so."""

    def view(request: HttpRequest, pk: int) -> HttpResponse:
        asked = _asked(request, pk, name)
        more = {"user": request.user} if name == "gather" else {}
        form = shape(request.POST if request.method == "POST" else None, **more)
        if form.is_valid():
            given = dict(form.cleaned_data)
            if name == "gather":
                given["texts"] = list(words_of(given["case"]))
            getattr(asked, name)(by=request.user, **given)
            messages.success(request, said)
            return redirect("records:request", pk=pk)
        return ask(request, form, title, "records:request", pk, lead=asked.case.reference)

    return view


VERBS: dict[str, Callable[..., HttpResponse]] = {
    "extend": _verb(
        "extend", shapes.ExtendForm, _l("Extend the time"), _l("The time is extended. Tell the requester.")
    ),
    "notify": _verb("notify", shapes.NotifyForm, _l("Tell a third party"), _l("Written down. Send them the notice.")),
    "gather": _verb(
        "gather", shapes.GatherForm, _l("Gather the words of a case"), _l("Gathered. A hold keeps that case.")
    ),
    "decide": _verb(
        "decide", shapes.DecideForm, _l("Decide the request"), _l("Decided. Close the case to tell the requester.")
    ),
}


def redact(request: HttpRequest, pk: int) -> HttpResponse:
    """Take words out, with what is likely to need it found by itself."""
    asked = _asked(request, pk, "redact")
    pieces = list(asked.pieces.select_related("source__customer"))
    names = {name for source in {piece.source for piece in pieces} for name in names_around(source)}
    taken = {one.words.lower() for one in asked.redactions.all()}
    likely = [one for one in candidates((piece.text for piece in pieces), sorted(names)) if one.lower() not in taken]
    form = shapes.RedactForm(request.POST if request.method == "POST" else None, likely=likely)
    if form.is_valid():
        asked.redact(by=request.user, words=form.cleaned_data["words"], section=form.cleaned_data["section"])
        messages.success(request, _("Taken out. Look at the release to see how it reads now."))
        return redirect("records:request", pk=pk)
    return ask(request, form, _("Take words out"), "records:request", pk, lead=asked.case.reference)


@require_POST
def restore(request: HttpRequest, pk: int, redaction: int) -> HttpResponse:
    """Leave words in after all."""
    asked = _asked(request, pk, "restore")
    asked.restore(by=request.user, redaction=get_object_or_404(Redaction, pk=redaction, request=asked))
    messages.success(request, _("These words are left in again."))
    return redirect("records:request", pk=pk)


def respond(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down what a third party answered."""
    demand(request, GRANT)
    party = fetch(request.user, ThirdParty, "respond", pk=pk)
    form = shapes.RespondForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        party.respond(by=request.user, **form.cleaned_data)
        messages.success(request, _("Their answer is noted."))
        return redirect("records:request", pk=party.request_id)
    return ask(
        request, form, _("What did the third party answer?"), "records:request", party.request_id, lead=party.name
    )


def release(request: HttpRequest, pk: int) -> HttpResponse:
    """The text as it is released: built anew, without anything that was taken out, to print and send."""
    asked = _asked(request, pk, "read")
    if request.GET.get("as") == "pdf":
        return as_pdf(release_paper(asked), f"release-{asked.case.reference}")
    cuts = [Cut(one.words, one.section) for one in asked.redactions.all()]
    pieces = [(piece.label, rebuilt(piece.text, cuts)) for piece in asked.pieces.all()]
    context = {"asked": asked, "pieces": pieces, "municipality": Municipality.objects.get()}
    return render(request, "records/release.html", context)
