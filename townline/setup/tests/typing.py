"""What a browser would send of a page's forms, as they stand."""

from html.parser import HTMLParser
from typing import Any


class _Fields(HTMLParser):
    """Collects the fields of the last form of a page that has a field of this name."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict[str, list[str]]] = []
        self.area = self.select = ""

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        given = dict(attrs)
        name = given.get("name", "")
        if tag == "form":
            self.forms.append({})
        if not self.forms:
            return
        here = self.forms[-1]
        if tag == "textarea":
            self.area = name
            here[name] = [""]
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select and "selected" in given:
            here.setdefault(self.select, []).append(given.get("value") or "")
        elif tag == "input" and name:
            if given.get("type") in ("checkbox", "radio") and "checked" not in given:
                return
            here.setdefault(name, []).append(given.get("value") or ("on" if "checked" in given else ""))

    def handle_endtag(self, tag: str) -> None:
        self.area = "" if tag == "textarea" else self.area
        self.select = "" if tag == "select" else self.select

    def handle_data(self, data: str) -> None:
        if self.area:
            self.forms[-1][self.area][0] += data


def typed(response: Any, having: str, **other: Any) -> dict[str, Any]:
    """What the form that has this field would send, with some of it typed over."""
    fields = _Fields()
    fields.feed(response.content.decode())
    found = next(form for form in fields.forms if having in form)
    return {**found, **other}
