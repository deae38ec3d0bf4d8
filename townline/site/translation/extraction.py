"""Finds every text in code and templates that is marked for translation."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parents[2]
KEYWORDS = DEFAULT_KEYWORDS | {
    "_l": None,
    "gettext_lazy": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
NOT_SHOWN = {"tests", "migrations", "node_modules"}


def sources(package: Path) -> list[Path]:
    """Every file of the package whose words a person may see."""
    code = package.rglob("*.py")
    pages = [path for path in package.rglob("templates/**/*") if path.suffix in {".html", ".txt", ".xml"}]
    return sorted(path for path in [*code, *pages] if not NOT_SHOWN & set(path.relative_to(package).parts))


def as_python(source: str) -> str:
    """A template as lines that Python's tokenizer can read, each where it stood."""
    lines: str = templatize(source)
    return "\n".join(line.lstrip() for line in lines.split("\n"))


def messages_in(path: Path) -> Iterator[tuple[int, str | tuple[str, ...], list[str], str | None]]:
    """The marked texts of one file: line, text, comments, context."""
    source = path.read_text(encoding="utf-8")
    code = source if path.suffix == ".py" else as_python(source)
    yield from extract("python", BytesIO(code.encode()), KEYWORDS, comment_tags=["Translators"])


def found(package: Path = PACKAGE) -> Catalog:
    """A catalogue of every marked text, without translations."""
    catalogue = Catalog(project="townline", charset="utf-8")
    for path in sources(package):
        place = str(path.relative_to(package.parent))
        for line, text, comments, context in messages_in(path):
            catalogue.add(text, None, [(place, line)], auto_comments=comments, context=context)
    return catalogue
