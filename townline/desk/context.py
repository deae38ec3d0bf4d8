"""What every page of the desk shows around its content: the way about, and what is not working."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db.models import Q, Subquery
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from townline.accounts.gates import DESK
from townline.accounts.models import User
from townline.callbacks.models import Callback
from townline.callbacks.policy import calls_back
from townline.cases.models import NEVER, Case, Notification, Status, Weather
from townline.catalogue.models import Kind
from townline.channels.models import Mail
from townline.core.access import visible
from townline.desk.counting import CappedCount, asked_at_once
from townline.desk.setting_up import pages_for
from townline.documents import clamd
from townline.documents.models import Attachment
from townline.doorstep.models import Held
from townline.jobs.models import Job
from townline.ui.moments import span
from townline.ui.templatetags.ui import capped

LATE = timedelta(minutes=5)
DAILY = {
    "desk:home",
    "desk:notifications",
    "desk:today",
    "desk:interactions",
    "complaints:list",
    "desk:setup",
    "afterhours:now",
    "colleagues:requests",
}
FEW = 2
LOOKED_AT = 2_000
"""So many cases without a promise are looked at for those that do not wait."""
ON_CALL = ("/desk/after-hours/roster/", "/desk/after-hours/handover/")


def frame(request: HttpRequest) -> dict[str, Any]:
    """The navigation, the doors in the bar and the health strip; nothing outside the desk."""
    user = request.user
    if not request.path.startswith(DESK) or not isinstance(user, User) or not user.is_employee:
        return {}
    if user.only_answers:
        return _of_the_answering_service()
    asked: Any = SimpleLazyObject(lambda: getattr(request, "frame_answers", None) or asked_of(user))
    navigation = _navigation(request, user, SimpleLazyObject(lambda: asked["unseen"]))
    return {
        "home_url": reverse("desk:home"),
        "search_url": reverse("desk:search"),
        "new_interaction_url": reverse("desk:new_interaction") if user.holds("intake.take") else "",
        "navigation": navigation,
        "more_navigation": [entry for entry in navigation if entry["is_more"]],
        "tools": [
            {"url": reverse("accounts:team"), "label": _("Who is here")},
            {"url": reverse("mfa_index"), "label": user.name or _("How you sign in")},
            {"url": reverse("account_logout"), "label": _("Sign out")},
        ],
        "weather_since": SimpleLazyObject(lambda: asked["weather"]),
        "health": SimpleLazyObject(lambda: health(user, asked)),
    }


def _of_the_answering_service() -> dict[str, Any]:
    """For those who only answer after hours there is nothing to search and nowhere else to go."""
    tools = [
        {"url": reverse("mfa_index"), "label": _("How you sign in")},
        {"url": reverse("account_logout"), "label": _("Sign out")},
    ]
    return {
        "home_url": reverse("afterhours:answering"),
        "has_no_search": True,
        "new_interaction_url": "",
        "tools": tools,
    }


def _navigation(request: HttpRequest, user: User, unseen: Any) -> list[dict[str, Any]]:
    """The pages this person has something to do on, with the one that is open."""
    setup = pages_for(user)
    entries = [
        ("desk:home", _("Work"), True, (reverse("desk:home") + "work/", reverse("desk:home") + "cases/")),
        ("desk:notifications", _("Notifications"), True, ()),
        ("desk:today", _("Today"), user.holds("case.work"), ()),
        ("desk:interactions", _("Interactions"), user.holds("intake.take"), ()),
        ("complaints:list", _("Complaints"), _may_have_complaints(user), ()),
        ("afterhours:answering", _("Calls after hours"), user.holds("afterhours.log"), ()),
        ("afterhours:now", _("On call"), user.holds("case.work"), ON_CALL),
        ("colleagues:requests", _("My requests"), True, ()),
        ("callbacks:list", _("Callbacks"), calls_back(user), ()),
        ("council:members", _("Council"), user.holds("intake.take") or user.holds("catalogue.edit"), ()),
        ("desk:voices", _("Compliments"), user.holds("case.read_all"), ()),
        ("desk:mails", _("Outbox"), user.holds("mail.supervise"), ()),
        ("conduct:list", _("Conduct"), user.holds("conduct.restrict"), ()),
        ("records:home", _("Records"), user.holds("records.dispose") or user.holds("records.access"), ()),
        ("jobs:dead", _("Jobs"), user.holds("jobs.supervise"), ()),
        ("desk:setup", _("Setup"), bool(setup), (reverse("desk:setup"), *(page.url for page in setup))),
    ]
    found = []
    for name, label, is_theirs, below in entries:
        url = reverse(name)
        is_here = request.path == url or request.path.startswith(below or url)
        count = unseen if name == "desk:notifications" else None
        found += [{"url": url, "label": label, "current": is_here, "count": count, "name": name}] if is_theirs else []
    return _folded(found)


def _folded(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What is not for every day opens under “More”, where there is much of it; the page that is open always shows."""
    more = [entry for entry in entries if entry["name"] not in DAILY and not entry["current"]]
    for entry in entries:
        entry["is_more"] = len(more) > FEW and entry in more
    return entries


def _may_have_complaints(user: User) -> bool:
    """Whoever could be given one: a supervising position, or a duty over all of them; no query."""
    supervises = user.holds("case.supervise") and user.position_id is not None
    return supervises or user.holds("complaint.oversee") or user.holds("complaint.foi")


def asked_of(user: User) -> dict[str, Any]:
    """What the frame shows of the database, in one query."""
    return asked_at_once(user, frame_questions(user))


def frame_questions(user: User) -> dict[str, Any]:
    """What they were told, and how things stand.

    A page that counts other things too asks all of it together, and leaves the answers as `request.frame_answers`.
    """
    now = timezone.now()
    questions: dict[str, Any] = {"unseen": CappedCount(visible(user, Notification.objects.unseen()))}
    questions["weather"] = Subquery(Weather.objects.running().values("declared_at")[:1])
    if user.holds("mail.supervise"):
        failed = Mail.objects.filter(state__in=(Mail.State.FAILED, Mail.State.BOUNCED))
        questions["failed"] = CappedCount(visible(user, failed))
    if user.holds("intake.take") or user.holds("case.supervise"):
        questions["held"] = CappedCount(visible(user, Held.objects.waiting()))
    if user.holds("case.supervise") and user.department_ids:
        # Due never is open, too; asked for besides, SQLite goes through all that are.
        entries = Case.objects.filter(department__in=user.department_ids, due_at=NEVER)
        looked_at = entries.order_by().values("pk")[:LOOKED_AT]
        # A decided complaint waits for its complainant’s word; until when, its own page says.
        held = Q(status=Status.WAITING) | Q(kind=Kind.FORMAL_COMPLAINT)
        floating = Case.objects.filter(pk__in=looked_at).exclude(held)
        first = visible(user, floating).order_by("id")
        questions["floating"] = CappedCount(visible(user, floating))
        questions["floating_in"] = Subquery(first.values("department__code")[:1])
    if user.holds("case.supervise") and user.department_ids:
        theirs = Callback.objects.late(now).filter(department__in=user.department_ids)
        questions["callbacks"] = CappedCount(visible(user, theirs))
    if user.holds("jobs.supervise"):
        oldest = Job.objects.live().filter(due_at__lte=now - LATE).order_by("due_at")
        questions |= {
            "dead": CappedCount(visible(user, Job.objects.dead())),
            "oldest": Subquery(oldest.values("due_at")[:1]),
        }
        if clamd.is_configured():
            waiting = Attachment.objects.filter(scan=Attachment.Scan.WAITING)
            questions["unscanned"] = CappedCount(waiting.filter(brought_at__lte=now - LATE))
    return questions


def health(user: User, found: Mapping[str, Any]) -> list[SafeString]:
    """What is not working, a sentence each, for those who can do something about it."""
    return [
        *_floating(found.get("floating"), found.get("floating_in")),
        *_counted("desk:mails", found.get("failed"), _failed_mails),
        *_counted("callbacks:list", found.get("callbacks"), _late_callbacks),
        *_counted("doorstep:doorstep", found.get("held"), _held),
        *_counted("jobs:dead", found.get("dead"), _dead_jobs),
        *([format_html("{}", _unscanned(found["unscanned"]))] if found.get("unscanned") else []),
        *([_behind(timezone.now() - found["oldest"])] if found.get("oldest") else []),
    ]


def _counted(name: str, count: int | None, sentence: Any) -> list[SafeString]:
    return [format_html('<a href="{}">{}</a>', reverse(name), sentence(count))] if count else []


def _floating(count: int | None, department: str | None) -> list[SafeString]:
    """Open cases that no promise holds: somebody must give each one, or close it."""
    if not count:
        return []
    sentence = ngettext(
        "%(count)s open case has no time by which it is answered.",
        "%(count)s open cases have no time by which they are answered.",
        count,
    ) % {"count": capped(count)}
    url = reverse("desk:department", args=[department, "open"]) + "?due=never"
    return [format_html('<a href="{}">{}</a>', url, sentence)]


def _failed_mails(count: int) -> str:
    return ngettext("%(count)s e-mail could not be sent.", "%(count)s e-mails could not be sent.", count) % {
        "count": capped(count)
    }


def _late_callbacks(count: int) -> str:
    return ngettext("%(count)s call that we owe is overdue.", "%(count)s calls that we owe are overdue.", count) % {
        "count": capped(count)
    }


def _held(count: int) -> str:
    return ngettext(
        "%(count)s report waits at the door to be looked at.",
        "%(count)s reports wait at the door to be looked at.",
        count,
    ) % {"count": capped(count)}


def _dead_jobs(count: int) -> str:
    return ngettext("%(count)s background job failed.", "%(count)s background jobs failed.", count) % {
        "count": capped(count)
    }


def _unscanned(count: int) -> str:
    return ngettext(
        "%(count)s file waits to be scanned for viruses.", "%(count)s files wait to be scanned for viruses.", count
    ) % {"count": capped(count)}


def _behind(late: timedelta) -> SafeString:
    return format_html("{}", _("Background work is %(span)s behind.") % {"span": span(late)})
