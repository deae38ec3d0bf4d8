"""The desk's pages on which cases are brought together and taken apart: one function per verb."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from townline.cases.forms_together import FollowForm, LinkForm, MergeForm, SplitForm
from townline.cases.joining import join
from townline.cases.leading import surviving
from townline.cases.models import Case, Follower
from townline.cases.views import ask, done
from townline.core.access import fetch, visible
from townline.core.refusals import NotPossible

View = Callable[..., HttpResponse]


def leads_on(view: View) -> View:
    """What is done to a case that was merged into another is done to that one."""

    @wraps(view)
    def page(request: HttpRequest, reference: str) -> HttpResponse:
        return view(request, surviving(request.user, reference))

    return page


def follow(request: HttpRequest, reference: str) -> HttpResponse:
    """Somebody else tells us of the same matter: they follow the case."""
    case = fetch(request.user, Case, "follow", reference=reference)
    form = FollowForm(request.POST or None)
    if form.is_valid():
        typed = form.cleaned_data
        join(
            case, by=request.user, contact=form.contact(), channel=typed["channel"], text=typed["text"],
            language=typed["language"],
        )  # fmt: skip
        return done(request, case, _("They follow case %(reference)s now, and hear how it goes on."))
    return ask(request, case, form, _("Let somebody follow the case"), _("Let them follow"))


@require_POST
def unfollow(request: HttpRequest, reference: str) -> HttpResponse:
    """They hear of it no more."""
    case = fetch(request.user, Case, "unfollow", reference=reference)
    pk = request.POST.get("follower", "")[:18]
    follower = visible(request.user, Follower.objects.select_related("case")).filter(pk=pk if pk.isdecimal() else 0)
    found = follower.first()
    if found is None:
        raise NotPossible(_("They do not follow this case any more."))
    found.case.unfollow(by=request.user, follower=found)
    return done(request, case, _("They do not follow case %(reference)s any more."))


def link(request: HttpRequest, reference: str) -> HttpResponse:
    """Tie the case to another."""
    case = fetch(request.user, Case, "link", reference=reference)
    initial = {"other": request.GET.get("other", "")[:40]}
    form = LinkForm(request.POST or None, user=request.user, initial=initial)
    if form.is_valid():
        case.link(by=request.user, **form.cleaned_data)
        return done(request, case, _("Case %(reference)s is linked."))
    return ask(request, case, form, _("Link with another case"), _("Link them"))


@require_POST
def unlink(request: HttpRequest, reference: str) -> HttpResponse:
    """Untie it from another."""
    case = fetch(request.user, Case, "unlink", reference=reference)
    other = visible(request.user, Case.objects.filter(reference=request.POST.get("other", "")[:40])).first()
    if other is None:
        raise NotPossible(_("There is no link between these two cases that could be taken away."))
    case.unlink(by=request.user, other=other)
    return done(request, case, _("The link of case %(reference)s is taken away."))


def split(request: HttpRequest, reference: str) -> HttpResponse:
    """Hand parts of the case to other departments."""
    case = fetch(request.user, Case, "split", reference=reference)
    form = SplitForm(request.POST or None, case=case)
    if form.is_valid():
        made = case.split(by=request.user, **form.cleaned_data)
        said = ngettext(
            "%(count)s department has a part of case", "%(count)s departments have a part of case", len(made)
        )
        messages.success(request, f"{said % {'count': len(made)}} {case.reference}.")
        return redirect(case)
    return ask(request, case, form, _("Hand parts to other departments"), _("Hand over"))


def merge_into(request: HttpRequest, reference: str) -> HttpResponse:
    """Let the case go on in another of the same customer."""
    case = fetch(request.user, Case.objects.for_page(), "merge_into", reference=reference)
    form = MergeForm(request.POST or None, case=case, user=request.user)
    if form.is_valid():
        other = form.cleaned_data["other"]
        case.merge_into(by=request.user, other=other)
        return done(request, other, _("It goes on in case %(reference)s. You can take it out again there."))
    return ask(request, case, form, _("Merge into another case"), _("Merge"))


@require_POST
def unmerge(request: HttpRequest, reference: str) -> HttpResponse:
    """Take the case out of the one it was merged into."""
    case = fetch(request.user, Case, "unmerge", reference=reference)
    case.unmerge(by=request.user)
    return done(request, case, _("Case %(reference)s stands by itself again."))


VERBS: dict[str, Any] = {
    "follow": follow,
    "unfollow": unfollow,
    "link": link,
    "unlink": unlink,
    "split": split,
    "merge_into": merge_into,
}
"""Done to a merged case, these are done to the one it goes on in."""
