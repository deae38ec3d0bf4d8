"""The desk's pages of records: the schedule, dry runs, dispositions with their certificate, holds, consents."""

from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from townline.accounts.models import Municipality
from townline.core.access import fetch, may, visible
from townline.core.paging import SIZE, id_of, page_of
from townline.core.refusals import NotAllowed
from townline.records.choosing import propose as keep_list
from townline.records.choosing import walk
from townline.records.contacts import walk as walk_contacts
from townline.records.forms import ConsentForm, HoldForm, LiftForm, ProposeForm
from townline.records.knowing import names_of
from townline.records.models import Disposition, EarlyConsent, Hold, RecordsClass
from townline.records.papers import as_pdf, certificate_paper


def demand(request: HttpRequest, *grants: str) -> Any:
    """The member of staff who asks, when they hold one of the grants."""
    user: Any = request.user
    if not any(user.holds(grant) for grant in grants):
        raise NotAllowed(_("You do not have permission to do this."))
    return user


def home(request: HttpRequest) -> HttpResponse:
    """The records pages, each with what is done there."""
    user = demand(request, "records.dispose", "records.access")
    held = {"disposes": user.holds("records.dispose"), "answers": user.holds("records.access")}
    return render(request, "records/home.html", held)


def classes(request: HttpRequest) -> HttpResponse:
    """The schedule: what is kept how long, and on which authority."""
    demand(request, "records.dispose", "records.access")
    rows = visible(request.user, RecordsClass.objects.all())
    return render(request, "records/classes.html", {"classes": rows})


def dry_run(request: HttpRequest, code: str) -> HttpResponse:
    """What of a class would go today, what would stay, and why; nothing changes by looking."""
    demand(request, "records.dispose")
    chosen = fetch(request.user, RecordsClass, "propose", code=code)
    needs_review = chosen.action == RecordsClass.Action.REVIEW
    form = ProposeForm(request.POST if request.method == "POST" else None, needs_review=needs_review)
    if form.is_valid():
        made = keep_list(chosen, by=request.user, **form.cleaned_data)
        messages.success(request, _("The list is kept. Two people have to approve it."))
        return redirect("records:disposition", pk=made.pk)
    rows, following = _judged_rows(request, chosen)
    older = f"?after={quote(following)}" if following else ""
    context = {"chosen": chosen, "rows": rows, "older": older, "form": form}
    return render(request, "records/dry_run.html", context | {"any_goes": any(not one.reason for _name, one in rows)})


def _judged_rows(request: HttpRequest, chosen: RecordsClass) -> tuple[list[tuple[str, Any]], str]:
    """What a page of a dry run lists, each by its name."""
    today, after = timezone.localdate(), request.GET.get("after", "")
    if chosen.is_about_contacts:
        contacts, following = walk_contacts(chosen, today, after)
        return [(f"{one.contact.get_channel_display()} {one.contact.pk}", one) for one in contacts], following
    judged, following = walk(request.user, chosen, today, after)
    names = names_of(one.case for one in judged)
    return [(names[one.case.pk], one) for one in judged], following


def dispositions(request: HttpRequest) -> HttpResponse:
    """All lists, newest first."""
    demand(request, "records.dispose")
    rows = visible(request.user, Disposition.objects.select_related("records_class", "first_by").order_by("-pk"))
    before = id_of(request.GET.get("after", ""))
    page = page_of(rows.filter(pk__lt=before) if before else rows, "", request.GET.get("after", ""))
    return render(request, "records/dispositions.html", {"page": page, "older": page.next_url("")})


def _disposition(request: HttpRequest, pk: int, verb: str) -> Disposition:
    demand(request, "records.dispose")
    about = ("records_class", "proposed_by", "first_by", "second_by")
    return fetch(request.user, Disposition.objects.select_related(*about), verb, pk=pk)


def disposition(request: HttpRequest, pk: int) -> HttpResponse:
    """One list: its cases, who approved it, and what came of it."""
    found = _disposition(request, pk, "read")
    if found.records_class.is_about_contacts:
        return _of_contacts(request, found, "records/disposition.html", found.contacts.order_by("pk"))
    items = found.items.select_related("case__service").order_by("pk")
    after = id_of(request.GET.get("after", ""))
    page = page_of(items.filter(pk__gt=after) if after else items, "", request.GET.get("after", ""))
    names = names_of(item.case for item in page.rows)
    rows = [(names[item.case_id], item) for item in page.rows]
    context = {"disposition": found, "rows": rows, "verbs": _verbs(request, found)}
    return render(request, "records/disposition.html", context | {"older": page.next_url("")})


def _verbs(request: HttpRequest, found: Disposition) -> list[str]:
    return [verb for verb in ("approve", "withdraw") if found.is_waiting and may(request.user, verb, found)]


def _of_contacts(request: HttpRequest, found: Disposition, template: str, rows: Any) -> HttpResponse:
    """The same pages for a list of contacts."""
    after = id_of(request.GET.get("after", ""))
    rows = rows.select_related("interaction__service")
    page = page_of(rows.filter(pk__gt=after) if after else rows, "", request.GET.get("after", ""))
    context = {"disposition": found, "contacts": page.rows, "verbs": _verbs(request, found), "older": page.next_url("")}
    return render(request, template, context | {"municipality": Municipality.objects.get()})


@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """The first or the second yes."""
    found = _disposition(request, pk, "approve")
    found.approve(by=request.user)
    messages.success(request, _("You approved it."))
    return redirect("records:disposition", pk=pk)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Nothing of this list goes."""
    found = _disposition(request, pk, "withdraw")
    found.withdraw(by=request.user)
    messages.success(request, _("The list is withdrawn. Nothing was disposed of."))
    return redirect("records:disposition", pk=pk)


def certificate(request: HttpRequest, pk: int) -> HttpResponse:
    """The certificate of a disposition that was carried out, to print and file."""
    found = _disposition(request, pk, "read")
    if found.state != Disposition.State.DONE:
        return redirect("records:disposition", pk=pk)
    gone = list(found.items.filter(state="gone").select_related("case").order_by("pk"))
    names = names_of(item.case for item in gone)
    rows = [(names[item.case_id], item) for item in gone]
    if request.GET.get("as") == "pdf":
        return as_pdf(certificate_paper(found, rows), f"certificate-{found.pk}")
    if found.records_class.is_about_contacts:
        contacts = found.contacts.filter(state="gone").order_by("pk")
        return _of_contacts(request, found, "records/certificate.html", contacts)
    context = {"disposition": found, "rows": rows, "municipality": Municipality.objects.get()}
    return render(request, "records/certificate.html", context)


def holds(request: HttpRequest) -> HttpResponse:
    """Holds that stand, then the latest that were lifted."""
    user = demand(request, "records.dispose", "records.access")
    rows = visible(user, Hold.objects.select_related("case", "service", "placed_by"))
    before = id_of(request.GET.get("after", ""))
    standing = rows.standing().order_by("-pk")
    page = page_of(standing.filter(pk__lt=before) if before else standing, "", request.GET.get("after", ""))
    lifted = list(rows.filter(lifted_at__isnull=False).order_by("-pk")[:SIZE]) if page.is_first else []
    names = names_of(hold.case for hold in [*page.rows, *lifted] if hold.case)
    context = {"page": page, "lifted": lifted, "names": names, "older": page.next_url("")}
    return render(request, "records/holds.html", context | {"disposes": user.holds("records.dispose")})


def place_hold(request: HttpRequest) -> HttpResponse:
    """Keep something from now on."""
    user = demand(request, "records.dispose")
    form = HoldForm(request.POST if request.method == "POST" else None, user=user)
    if form.is_valid():
        Hold.place(by=user, **form.meant)
        messages.success(request, _("The hold stands. Nothing it is about is disposed of until it is lifted."))
        return redirect("records:holds")
    return ask(request, form, _("Place a hold"), "records:holds")


def lift_hold(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the ordinary periods hold again."""
    demand(request, "records.dispose")
    hold = fetch(request.user, Hold, "lift", pk=pk)
    form = LiftForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        hold.lift(by=request.user, **form.cleaned_data)
        messages.success(request, _("The hold is lifted."))
        return redirect("records:holds")
    return ask(request, form, _("Lift a hold"), "records:holds")


def consents(request: HttpRequest) -> HttpResponse:
    """Who agreed to an earlier disposal; and noting that somebody did."""
    user = demand(request, "records.dispose")
    form = ConsentForm(request.POST if request.method == "POST" else None, user=user)
    if form.is_valid():
        EarlyConsent.note(by=user, **form.cleaned_data)
        messages.success(request, _("The consent is noted."))
        return redirect("records:consents")
    rows = EarlyConsent.objects.filter(withdrawn_at=None, case__disposed_at=None).select_related("case")
    known = list(visible(user, rows).order_by("-pk")[:SIZE])
    names = names_of(one.case for one in known)
    context = {"form": form, "rows": [(names[one.case_id], one) for one in known]}
    return render(request, "records/consents.html", context)


@require_POST
def withdraw_consent(request: HttpRequest, pk: int) -> HttpResponse:
    """They changed their mind."""
    demand(request, "records.dispose")
    found = fetch(request.user, EarlyConsent, "withdraw", pk=pk)
    found.withdraw(by=request.user)
    messages.success(request, _("The consent is withdrawn."))
    return redirect("records:consents")


def ask(request: HttpRequest, form: Any, title: str, back: str, *args: Any, lead: str = "") -> HttpResponse:
    """The page of a form."""
    context = {"form": form, "title": title, "back": reverse(back, args=args), "lead": lead}
    return render(request, "records/verb.html", context)
