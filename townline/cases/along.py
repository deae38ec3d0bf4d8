"""What goes along with the confirmation that we have something: paragraphs of parts further up."""

from collections.abc import Callable

from townline.cases.models import Case

Source = Callable[[Case], list[str]]
_sources: list[Source] = []


def goes_along(source: Source) -> Source:
    """Register a source: the function gives paragraphs for a case, in the language of the moment."""
    _sources.append(source)
    return source


def said_along(case: Case) -> list[str]:
    """Everything that is to be said along with it."""
    return [paragraph for source in _sources for paragraph in source(case)]
