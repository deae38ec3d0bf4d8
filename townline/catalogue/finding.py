"""Finding a service by the words a customer would use."""

import unicodedata
from collections.abc import Iterable

from townline.catalogue.models import Service

MOST = 12
SHORTEST_STEM = 4


def words_of(text: str) -> list[str]:
    """Words as they are compared: no accents, no case, no punctuation."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    return [word for word in letters.split() if len(word) > 1]


def _matches(word: str, among: Iterable[str]) -> bool:
    stem = word[: max(SHORTEST_STEM, len(word) - 2)]
    return any(other == word or (len(word) >= SHORTEST_STEM and other.startswith(stem)) for other in among)


def _score(service: Service, wanted: list[str]) -> int:
    """Words in the name count most, then other words people use, then the summary."""
    weights = ((8, service.name), (5, service.keywords), (1, service.summary))
    score = 0
    for word in wanted:
        found = [weight for weight, text in weights if _matches(word, words_of(" ".join(text.values())))]
        score += max(found, default=0)
    return score


def find(text: str, services: Iterable[Service]) -> list[Service]:
    """The services that fit these words in either language, best first; none for no words."""
    wanted = words_of(text)[:20]
    scored = [(_score(service, wanted), service) for service in services] if wanted else []
    best = sorted((pair for pair in scored if pair[0]), key=lambda pair: (-pair[0], pair[1].sort_key))
    return [service for _, service in best[:MOST]]
