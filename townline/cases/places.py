"""Where two reports may be of the same thing: by what the place is called, and by where it lies.

Both are written onto the case as something an index can be asked for by
equality: a normal form of the words, and the cell of a grid over the map.
"""

import math
import re

from townline.core.localized import folded

POSTAL_CODE = re.compile(r"[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z]\d[ABCEGHJ-NPRSTV-Z]\d")
CELL = 0.005
"""Degrees: about 550 metres north to south, and 400 east to west in southern Ontario."""
MOST_METRES = 500
LONGEST = 80
METRES_PER_DEGREE = 111_320
_ROW = 1_000_000

_SHORT = {
    "st": "street", "str": "street", "ave": "avenue", "av": "avenue", "rd": "road", "dr": "drive", "blvd": "boulevard",
    "boul": "boulevard", "cres": "crescent", "crt": "court", "ct": "court", "ln": "lane", "pl": "place",
    "pkwy": "parkway", "sq": "square", "ter": "terrace", "hwy": "highway", "conc": "concession", "ch": "chemin",
    "n": "north", "s": "south", "e": "east", "w": "west",
}  # fmt: skip
"""How street names are shortened, in English and French."""
_ARTICLES = {"the", "le", "la", "les", "l", "de", "du", "des", "d"}
_STREETS = {"rue", *_SHORT.values()} - {"north", "south", "east", "west"}
_ADDRESS = re.compile(r"\d+[A-Za-z]?(?: [\w.'’-]+){1,4}")
_CROSSING = re.compile(r"\s(?:and|at|et)\s|\s*[&/@]\s*")
_NUMBERED = re.compile(r"\d+[a-z]?\s+\S")


def place_key(label: str) -> str:
    """The words of a place as a look-up compares them; empty when there are none.

    Accents, capitals, punctuation and shortened street names do not matter,
    nor the town after a numbered address, nor the order of two streets that cross.
    """
    text = folded(label)
    if _NUMBERED.match(text):
        text = text.split(",")[0]
    halves = sorted(half for part in _CROSSING.split(text) if (half := _plain(part)))
    return " & ".join(halves)[:LONGEST].strip()


def beginnings_of_keys(typed: str) -> list[str]:
    """With what the key of a place may begin when somebody has typed so much of it.

    The last word may be a street's short name, or only begin like one: “12 King S” is 12 King South or 12 King Street.
    """
    whole = place_key(typed)
    last = re.findall(r"\w+", folded(typed).split(",")[0])[-1:]
    long = _SHORT.get(last[0], "") if last else ""
    return [whole, whole.removesuffix(long) + last[0]] if long and whole.endswith(long) else [whole] if whole else []


def said_to_others(label: str) -> str:
    """The address or the crossing that somebody named; nothing of a place they described in words of their own."""
    text = " ".join(label.split()).split(",")[0]
    if _ADDRESS.fullmatch(text):
        return text
    halves = _CROSSING.split(text.casefold())
    are_streets = [len(half.split()) <= 4 and bool(_STREETS & set(_plain(folded(half)).split())) for half in halves]
    return text if len(halves) == 2 and all(are_streets) else ""


def _plain(text: str) -> str:
    words = re.findall(r"\w+", text.replace("’", "'").replace("'", " "))
    return " ".join(_SHORT.get(word, word) for word in words if word not in _ARTICLES)


def place_cell(latitude: float | None, longitude: float | None) -> int | None:
    """The cell of the grid in which a point lies; none for a case that is not on the map."""
    if latitude is None or longitude is None:
        return None
    return _cell(math.floor(latitude / CELL), math.floor(longitude / CELL))


def _cell(row: int, column: int) -> int:
    return row * _ROW + column


def box_around(latitude: float, longitude: float, metres: float) -> tuple[float, float]:
    """How many degrees north and east `metres` are from here."""
    high = metres / METRES_PER_DEGREE
    return high, high / max(math.cos(math.radians(latitude)), 0.01)


def cells_around(latitude: float, longitude: float, metres: float) -> list[int]:
    """The few cells in which a point within `metres` of this one can lie."""
    high, wide = box_around(latitude, longitude, metres)
    rows = range(math.floor((latitude - high) / CELL), math.floor((latitude + high) / CELL) + 1)
    columns = range(math.floor((longitude - wide) / CELL), math.floor((longitude + wide) / CELL) + 1)
    return [_cell(row, column) for row in rows for column in columns]


def metres_between(here: tuple[float, float], there: tuple[float, float]) -> float:
    """How far apart two points are, over the ground (haversine)."""
    (from_lat, from_lon), (to_lat, to_lon) = (tuple(map(math.radians, point)) for point in (here, there))
    half = (
        math.sin((to_lat - from_lat) / 2) ** 2
        + math.cos(from_lat) * math.cos(to_lat) * math.sin((to_lon - from_lon) / 2) ** 2
    )
    return 2 * 6_371_000 * math.asin(math.sqrt(min(1.0, half)))


def postal_code(text: str) -> str | None:
    """The Canadian postal code in a text, in capitals and without its space."""
    found = POSTAL_CODE.search(re.sub(r"\W", "", text.upper()))
    return found.group() if found else None
