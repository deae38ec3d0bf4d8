"""`python -m townline.site.reference [--check]`: write the generated pages, or say which are stale."""

import os
import sys

import django


def main(arguments: list[str]) -> int:
    """Write what differs; with `--check` only name it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "townline.site.settings")
    django.setup()
    from townline.site.reference.pages import stale, write

    if arguments == ["--check"]:
        found = stale()
        sys.stdout.writelines(f"{path} is not what the code says. Run: script/docs\n" for path in found)
        return 1 if found else 0
    if arguments:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    sys.stdout.writelines(f"{path} was written.\n" for path in write())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
