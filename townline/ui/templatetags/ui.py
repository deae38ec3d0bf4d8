"""The components of the house, loaded with `{% load ui %}`.

Block tags draw boxes around content, the others draw leaves; filters put
moments and wordings into the language of the page. No tag knows a domain, and
none takes a CSS class. The page `/ui/` shows every one of them in every state.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.forms.boundfield import BoundField
from django.template import Context
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from townline.core.localized import Localized
from townline.ui import forms, moments
from townline.ui.icons import SHAPES
from townline.ui.labels import labelled_html

register = template.Library()

Html = SafeString | str
TONES = {"info": "info", "good": "check", "warning": "warning", "bad": "stop"}
CLOCK_SHAPES = {
    "open": "track",
    "soon": "info",
    "late": "warning",
    "missed": "warning",
    "paused": "pause",
    "kept": "check",
    "none": "",
}


def _draw(name: str, **values: Any) -> SafeString:
    return render_to_string(f"ui/{name}.html", values)


# --- Words and moments -------------------------------------------------------


@register.filter
def wording(value: object) -> Html:
    """Text in two languages, marked with its `lang` when it is not the page's: {{ service.name|wording }}."""
    return value.__html__() if isinstance(value, Localized) else conditional_escape("" if value is None else str(value))


@register.filter
def moment(at: datetime | None) -> str:
    """“Thursday 3 December 2026, 4:30 p.m.”: {{ case.received_at|moment }}."""
    return moments.moment(at) if at else ""


@register.filter
def short_moment(at: datetime | None) -> str:
    """For dense rows, “4:30 p.m.” or “3 Dec, 4:30 p.m.”: {{ case.changed_at|short_moment }}."""
    return moments.short_moment(at) if at else ""


@register.filter
def near(at: datetime | None) -> str:
    """“today, 4:30 p.m.”, “tomorrow, 9 a.m.”, else the whole moment: {{ opens_at|near }}."""
    return moments.near_moment(at, timezone.now()) if at else ""


@register.filter
def day(on: date | None) -> str:
    """“Thursday 3 December 2026”: {{ closure.on|day }}."""
    return moments.day(on) if on else ""


@register.filter
def capped(count: int | None, limit: int = 100) -> str:
    """A count of which nobody needs the exact size, “7” or “100+”: {{ queue.count|capped }}."""
    return "" if count is None else f"{limit}+" if count > limit else str(count)


@register.inclusion_tag("ui/due.html")
def due(clock: Any, brief: bool = False) -> dict[str, Any]:
    """A clock in words, from a moment or anything with `due_at` and perhaps `ended_at`: {% due case.due_at %}.

    In dense rows, “due Thu 3 Dec”: {% due case.due_at brief=True %}
    """
    said = moments.due(clock, brief=brief)
    return {"due": said, "shape": CLOCK_SHAPES[said.tone]}


# --- Leaves ------------------------------------------------------------------


@register.inclusion_tag("ui/status.html")
def status(record: Any) -> dict[str, Any]:
    """The status of a record as a word with its colour and shape: {% status case %}."""
    return {"value": record.status, "label": record.get_status_display()}


@register.inclusion_tag("ui/tag.html")
def tag(label: object, tone: str = "plain") -> dict[str, Any]:
    """A short label; tones plain, info, good, warning, bad: {% tag _("Confidential") tone="warning" %}."""
    return {"label": label, "tone": tone}


@register.inclusion_tag("ui/icon.html")
def icon(name: str) -> dict[str, str]:
    """A small drawing that only decorates (names in `townline/ui/icons.py`): {% icon "permit" %}."""
    return {"shape": SHAPES[name]}


@register.inclusion_tag("ui/button.html")
def button(label: object, kind: str = "primary", name: str = "", value: str = "") -> dict[str, Any]:
    """Sends its form; kinds primary, secondary, warning, quiet: {% button _("Close case") kind="warning" %}."""
    return {"label": label, "kind": kind, "name": name, "value": value}


@register.inclusion_tag("ui/link_button.html")
def link_button(label: object, url: str, kind: str = "primary") -> dict[str, Any]:
    """A link that looks like a button; kinds as for `button`, and start: {% link_button _("Start") url "start" %}."""
    return {"label": label, "url": url, "kind": kind}


@register.inclusion_tag("ui/back_link.html")
def back_link(url: str, label: object = "") -> dict[str, Any]:
    """The way back, above a page's heading: {% back_link url %}."""
    return {"url": url, "label": label or _("Back")}


@register.inclusion_tag("ui/breadcrumbs.html")
def breadcrumbs(trail: Iterable[tuple[object, str]]) -> dict[str, Any]:
    """Where the page is, as (label, url) from the top; above the heading: {% breadcrumbs trail %}."""
    return {"trail": list(trail)}


@register.inclusion_tag("ui/summary_list.html")
def summary_list(rows: Iterable[Sequence[Any]]) -> dict[str, Any]:
    """Facts as (label, value), or (label, value, url) to offer “Change”: {% summary_list answers %}."""
    padded = ((*row, "", "")[:3] for row in rows)
    return {"rows": [{"label": label, "value": value, "url": url} for label, value, url in padded]}


@register.inclusion_tag("ui/pager.html")
def pager(newer: str = "", older: str = "", label: object = "") -> dict[str, Any]:
    """The way through a keyset list, either link may be missing: {% pager newer=newer_url older=older_url %}."""
    return {"newer": newer, "older": older, "label": label or _("Pages")}


@register.inclusion_tag("ui/steps.html")
def steps(names: Sequence[object], current: int) -> dict[str, Any]:
    """How far a journey is; `current` counts from 1: {% steps names current=2 %}."""
    states = ["done" if at < current else "current" if at == current else "ahead" for at in range(1, len(names) + 1)]
    return {"steps": list(zip(names, states, strict=True)), "current": current, "total": len(names)}


@register.inclusion_tag("ui/progress.html")
def progress(done: int, total: int, label: object) -> dict[str, Any]:
    """Long work, as a bar and in numbers: {% progress import.done import.total _("Rows read") %}."""
    return {"done": done, "total": total, "label": label, "share": done * 100 // total if total else 0}


@register.inclusion_tag("ui/changes.html")
def changes(url: str) -> dict[str, str]:
    """A line that says when a list has changed; asks `url` for {"sentence": "…"}: {% changes changes_url %}."""
    return {"url": url}


@register.inclusion_tag("ui/htmx.html")
def htmx() -> dict[str, Any]:
    """In a desk page's `head` block: lets the page swap its fragments. {% htmx %}."""
    return {}


# --- Forms -------------------------------------------------------------------


@register.inclusion_tag("ui/error_summary.html")
def error_summary(form: Any) -> dict[str, Any]:
    """What to correct, leading to each field; layouts show it for `form` themselves: {% error_summary form %}."""
    return {"mistakes": forms.mistakes(form or None)}


@register.simple_tag
def field(bound: BoundField, heading: bool = False) -> SafeString:
    """One field; `heading=True` makes its label the page's h1: {% field form.subject %}."""
    return _draw("field", field=bound, heading=heading)


@register.filter
def drawn(bound: BoundField) -> forms.Drawn:
    """For the field template only: the control with its hints."""
    return forms.drawn(bound)


@register.filter
def options(bound: BoundField) -> list[forms.Option]:
    """For the field template only: its radio buttons or checkboxes."""
    return list(forms.options(bound))


@register.simple_block_tag(takes_context=True)
def post(context: Context, content: str, form: Any = None, action: str = "") -> SafeString:
    """A form that is sent once, with its token: {% post form %}{{ form }}{% button _("Send") %}{% endpost %}."""
    multipart = bool(form) and form.is_multipart()
    return _draw("post", content=content, action=action, multipart=multipart, token=context.get("csrf_token", ""))


# --- Boxes -------------------------------------------------------------------


@register.simple_block_tag
def panel(content: str, title: object = "", tone: str = "plain") -> SafeString:
    """A titled box; tones plain, info, good, warning, bad: {% panel title=_("Outcome") %}…{% endpanel %}."""
    return _draw("panel", content=content, title=title, tone=tone)


@register.simple_block_tag
def labelled(content: str, label: object) -> SafeString:
    """A label, a colon and what it labels: {% labelled _("Outbox") %}{{ state.label }}{% endlabelled %}."""
    return labelled_html(label, content)


@register.simple_block_tag
def done_panel(content: str, title: object) -> SafeString:
    """The end of a journey, with what to keep: {% done_panel _("We have your report") %}…{% enddone_panel %}."""
    return _draw("done_panel", content=content, title=title)


@register.simple_block_tag
def notice(content: str, title: object = "", tone: str = "info") -> SafeString:
    """Something to know now; tones info, good, warning, bad: {% notice tone="warning" %}…{% endnotice %}."""
    return _draw("notice", content=content, title=title, tone=tone, shape=TONES[tone])


@register.simple_block_tag
def empty(content: str, title: object) -> SafeString:
    """An empty place that teaches: {% empty _("No cases yet") %}what belongs here, and a link{% endempty %}."""
    return _draw("empty", content=content, title=title)


@register.simple_block_tag
def facts(content: str) -> SafeString:
    """A list of facts: {% facts %}{% fact _("Place") change=url %}40 Temperance{% endfact %}{% endfacts %}."""
    return format_html('<dl class="govuk-summary-list">{}</dl>', content)


@register.simple_block_tag
def fact(content: str, label: object, change: str = "") -> SafeString:
    """One fact in a `facts` list: {% fact _("Place") %}…{% endfact %}."""
    return _draw("_fact", value=content, label=label, url=change)


@register.simple_block_tag
def table(content: str, caption: object, rows: bool = False) -> SafeString:
    """A table that scrolls in its own box: {% table _("Cases") %}<thead>…</thead><tbody>…</tbody>{% endtable %}.

    With `rows=True` the arrow keys move from one row's first link to the next.
    """
    return _draw("table", content=content, caption=caption, rows=rows)


@register.simple_block_tag
def details(content: str, summary: object) -> SafeString:
    """Something that opens on demand: {% details _("Why do we ask?") %}…{% enddetails %}."""
    return _draw("details", content=content, summary=summary)


@register.simple_block_tag
def actions(content: str) -> SafeString:
    """Buttons side by side: {% actions %}{% button … %}{% link_button … %}{% endactions %}."""
    return format_html('<div class="govuk-button-group">{}</div>', content)


@register.simple_block_tag
def timeline(content: str, label: object) -> SafeString:
    """What happened, in order: {% timeline _("What has happened") %}{% entry … %}…{% endentry %}{% endtimeline %}."""
    return format_html('<ol class="timeline" aria-label="{}">{}</ol>', label, content)


@register.simple_block_tag
def entry(content: str, title: object, at: datetime, who: object = "", kind: str = "event") -> SafeString:
    """One thing that happened; kinds event, message, note: {% entry _("Closed") event.at who=name %}…{% endentry %}."""
    return _draw("entry", content=content, title=title, at=at, who=who, kind=kind)


@register.simple_block_tag
def hero(content: str, title: object) -> SafeString:
    """The head of the home page, in the block `hero`: {% hero municipality.service_name %}search field{% endhero %}."""
    return _draw("hero", content=content, title=title)


@register.simple_block_tag
def doors(content: str, label: object) -> SafeString:
    """The ways in, as a grid: {% doors _("What you can do here") %}{% door … %}…{% enddoor %}{% enddoors %}."""
    return format_html('<ul class="doors" aria-label="{}">{}</ul>', label, content)


@register.simple_block_tag
def door(content: str, title: object, url: str, shape: str = "arrow") -> SafeString:
    """One way in, with its drawing and a sentence: {% door _("Report a problem") url "report" %}…{% enddoor %}."""
    return _draw("door", content=content, title=title, url=url, shape=shape)


@register.simple_block_tag
def column(content: str, label: object, side: str = "left") -> SafeString:
    """For the desk layout: the column beside a page, or nothing when it holds nothing."""
    return _draw("column", content=content, label=label, side=side) if content.strip() else SafeString("")


@register.filter
def message_tone(level_tag: str) -> str:
    """For the layouts: the tone of one of Django's messages."""
    return {"success": "good", "warning": "warning", "error": "bad"}.get(level_tag, "info")
