"""The catalogues of translated texts: brought up to date, checked, compiled."""

from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from townline.site.translation.extraction import PACKAGE

LANGUAGES = ("fr",)
HEADER = "# Townline in another language. Texts are found by script/translate; translations are written here."


def path_of(language: str, package: Path = PACKAGE) -> Path:
    """Where a language's catalogue is kept."""
    return package / "locale" / language / "LC_MESSAGES" / "django.po"


def kept(language: str, package: Path = PACKAGE) -> Catalog:
    """A language's catalogue, or an empty one."""
    path = path_of(language, package)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def update(template: Catalog, language: str, package: Path = PACKAGE) -> Catalog:
    """Add the texts that are new, drop those that are gone, keep every translation."""
    catalogue = kept(language, package)
    template.creation_date = catalogue.creation_date
    catalogue.update(template, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    catalogue.header_comment, catalogue.fuzzy = HEADER, False
    catalogue.project, catalogue.msgid_bugs_address = "townline", ""
    catalogue.last_translator, catalogue.language_team = "Townline", "Townline"
    path = path_of(language, package)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalogue, width=110, include_lineno=False, sort_by_file=True)
    return catalogue


def faults(template: Catalog, language: str, package: Path = PACKAGE) -> Iterator[str]:
    """One sentence for each text that a reader of this language would not get."""
    catalogue = kept(language, package)
    for message in template:
        if not message.id:
            continue
        text = message.id if isinstance(message.id, str) else message.id[0]
        fault = fault_of(catalogue.get(text, message.context), catalogue)
        if fault:
            yield f"{language}: {fault}: {text!r} ({message.locations[0][0]})"


def fault_of(translated: Message | None, catalogue: Catalog) -> str:
    """What is wrong with a translation, in a few words; empty when it is right."""
    if translated is None:
        return "missing"
    forms = [translated.string] if isinstance(translated.string, str) else list(translated.string or ())
    if not forms or not all(forms):
        return "not translated"
    if translated.fuzzy:
        return "only a guess (fuzzy)"
    return "; ".join(str(error) for error in translated.check(catalogue))


def compile_all(package: Path = PACKAGE) -> list[Path]:
    """Write each catalogue in the form that Django reads."""
    made = []
    for path in sorted((package / "locale").glob("*/LC_MESSAGES/*.po")):
        with path.open("rb") as source:
            catalogue = read_po(source, locale=path.parts[-3])
        with path.with_suffix(".mo").open("wb") as file:
            write_mo(file, catalogue)
        made.append(path.with_suffix(".mo"))
    return made
