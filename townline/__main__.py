"""The command `townline`: everything that can be done from a terminal."""

import os
import sys
from pathlib import Path

from townline.site.secret import make_secret_key


def _makes_an_installation(arguments: list[str]) -> bool:
    """`setup` may be the first command ever run, and so may `serve` of a demonstration."""
    demonstration = os.environ.get("TOWNLINE_DEMO", "").lower() in {"1", "true", "on", "yes", "y", "ok"}
    return arguments[:1] == ["setup"] or (arguments[:1] == ["serve"] and demonstration)


def main() -> None:
    """Run one management command; a setting that is missing or wrong is said in a sentence."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "townline.site.settings")
    if _makes_an_installation(sys.argv[1:]):
        make_secret_key()
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    os.umask(os.umask(0o077) | 0o077)
    arguments = sys.argv[1:]
    if arguments and not arguments[0].startswith("-"):
        arguments[0] = arguments[0].replace("-", "_")
    try:
        execute_from_command_line([Path(sys.argv[0]).name, *arguments])
    except ImproperlyConfigured as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
