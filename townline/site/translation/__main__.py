"""`python -m townline.site.translation update | check | compile`."""

import sys

from townline.site.translation import catalogue
from townline.site.translation.extraction import found

SHOWN = 40


def update() -> int:
    """Bring every catalogue up to date with the texts in use."""
    template = found()
    for language in catalogue.LANGUAGES:
        catalogue.update(template, language)
        left = len(list(catalogue.faults(template, language)))
        sys.stdout.write(f"{language}: {len(template)} texts, {left} to translate\n")
    return 0


def check() -> int:
    """Fail when a text in use has no finished translation."""
    template = found()
    faults = [fault for language in catalogue.LANGUAGES for fault in catalogue.faults(template, language)]
    for fault in faults[:SHOWN]:
        sys.stdout.write(fault + "\n")
    sys.stdout.write(f"{len(template)} texts in use, {len(faults)} without a finished translation\n")
    return 1 if faults else 0


def compile_catalogues() -> int:
    """Write each catalogue in the form that Django reads."""
    catalogue.compile_all()
    return 0


if __name__ == "__main__":
    actions = {"update": update, "check": check, "compile": compile_catalogues}
    if len(sys.argv) != 2 or sys.argv[1] not in actions:
        sys.exit(__doc__)
    sys.exit(actions[sys.argv[1]]())
