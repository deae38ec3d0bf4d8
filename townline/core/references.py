"""The reference of a case: `CL-7K3M-9QXD-H`, made to be read out, written down and typed again.

A prefix of the municipality's, eight random characters (40 bits, so that
nobody comes upon a stranger's case by counting), and a check character. The
alphabet is Crockford's base 32, which has no I, L, O or U.

The check is Luhn's, modulo 32, over the eight characters alone. The prefix is
left out because it is known to the installation and compared as it stands, so
that a check over it would find nothing more, and a customer may leave it away.
It finds every single wrong character and every two neighbours that changed
places, but for one pair: `0Z` and `Z0` have the same check.
"""

import re
import secrets
import unicodedata

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LONGEST_TYPED = 200

_MISREAD = str.maketrans("ILO", "110")
_PREFIX = re.compile(r"[A-Z]{1,4}")
_BODY = 9

# The international spelling alphabet, and the one that the Office québécois de la langue française suggests.
_LETTERS = {
    "en": (
        "Alfa Bravo Charlie Delta Echo Foxtrot Golf Hotel India Juliett Kilo Lima Mike November Oscar Papa Quebec "
        "Romeo Sierra Tango Uniform Victor Whiskey X-ray Yankee Zulu"
    ),
    "fr": (
        "Alice Berthe Charles David Édouard François Georges Henri Isabelle Jacques Kilo Louis Marie Nicolas Olivier "
        "Pierre Québec Robert Samuel Thomas Ursule Victor William Xavier Yvonne Zoé"
    ),
}
_DIGITS = {
    "en": "zero one two three four five six seven eight nine",
    "fr": "zéro un deux trois quatre cinq six sept huit neuf",
}


def make(prefix: str) -> str:
    """A new reference with the municipality's prefix, one to four letters."""
    if not _PREFIX.fullmatch(prefix):
        raise ValueError(f"“{prefix}” is no prefix: it takes one to four capital letters.")
    body = "".join(secrets.choice(ALPHABET) for _ in range(_BODY - 1))
    return _written(prefix, body + check_character(body))


def check_character(body: str) -> str:
    """The character that completes the body: with it the Luhn sum is a multiple of 32."""
    return ALPHABET[-_luhn_sum(body + ALPHABET[0]) % 32]


def read(typed: str, prefix: str | None = None) -> str | None:
    """The reference that somebody typed, as it is written; None when it cannot be one.

    Forgiven: small letters, spaces, dashes or none, other punctuation, I and L
    for 1, O for 0, a spelling word for a letter or digit, "dash" said aloud,
    and, when the prefix is given, leaving it away. Not forgiven: another
    prefix, a U, a wrong check character.
    """
    if len(typed) > LONGEST_TYPED:
        return None
    plain = _unaccented(typed).upper()
    parts = re.findall(r"\w+", plain.replace("_", " "))
    # What was typed comes first: DASH and ECHO can be four characters of a reference.
    return _recognized("".join(parts), prefix) or _recognized("".join(_WORDS.get(part, part) for part in parts), prefix)


def spoken(reference: str, lang: str) -> list[str]:
    """The groups of a reference in spelling words, to read out: `Charlie Lima`, `seven Kilo three Mike`, …"""
    words = _SPELLING["fr" if lang.startswith("fr") else "en"]
    return [" ".join(words[character] for character in group) for group in reference.split("-")]


def _written(prefix: str, body: str) -> str:
    return f"{prefix}-{body[:4]}-{body[4:8]}-{body[8:]}"


def _luhn_sum(characters: str) -> int:
    total = 0
    for place, character in enumerate(reversed(characters)):
        value = ALPHABET.index(character) * (1 + place % 2)
        total += value // 32 + value % 32
    return total


def _recognized(run: str, prefix: str | None) -> str | None:
    head, body = run[:-_BODY], run[-_BODY:].translate(_MISREAD)
    if prefix and head.translate(_MISREAD) in ("", prefix.translate(_MISREAD)):
        head = prefix
    is_right = (
        head == (prefix or head)
        and _PREFIX.fullmatch(head)
        and len(body) == _BODY
        and set(body) <= set(ALPHABET)
        and _luhn_sum(body) % 32 == 0
    )
    return _written(head, body) if is_right else None


def _unaccented(text: str) -> str:
    """Without accents, and with the wide letters of some keyboards made plain."""
    return "".join(mark for mark in unicodedata.normalize("NFKD", text) if not unicodedata.combining(mark))


def _spelling(lang: str) -> dict[str, str]:
    letters = {_unaccented(word)[0].upper(): word for word in _LETTERS[lang].split()}
    return letters | {str(digit): word for digit, word in enumerate(_DIGITS[lang].split())}


_SPELLING = {lang: _spelling(lang) for lang in _LETTERS}
_WORDS = {
    _unaccented(word).upper(): character for words in _SPELLING.values() for character, word in words.items()
} | dict.fromkeys(("DASH", "HYPHEN", "TIRET", "SPACE", "ESPACE", "RAY"), "")
