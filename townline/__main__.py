"""The command `townline`: everything that can be done from a terminal."""

import os
import sys
from pathlib import Path


def main() -> None:
    """Run one management command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "townline.site.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line([Path(sys.argv[0]).name, *sys.argv[1:]] if sys.argv else ["townline"])


if __name__ == "__main__":
    main()
