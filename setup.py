"""Builds the package; everything about it that is not a step stands in pyproject.toml."""

import shutil
import sys
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py
from setuptools.command.sdist import sdist

ROOT = Path(__file__).resolve().parent
THEME = ROOT / "townline/ui/static/ui/build/portal.css"


def refuse_without_pages() -> None:
    """Stop with a sentence when the theme or a translation is not built."""
    catalogues = (ROOT / "townline/locale").glob("*/LC_MESSAGES/*.po")
    if not THEME.exists() or not all(path.with_suffix(".mo").exists() for path in catalogues):
        sys.exit("Townline's pages are not built yet. Run script/setup in this checkout first, then build again.")


class SourceWithEverything(sdist):
    """A source archive from which Townline can be built without a checkout."""

    def run(self) -> None:
        """Check, then pack."""
        refuse_without_pages()
        super().run()


class BuildWithEverything(build_py):
    """A Townline with its theme and translations, and the packs of `towns/`."""

    def run(self) -> None:
        """Check, build, and put the packs where an installed Townline looks for them."""
        refuse_without_pages()
        super().run()
        if not self.editable_mode:
            shutil.copytree(ROOT / "towns", Path(self.build_lib, "townline", "towns"), dirs_exist_ok=True)


setup(cmdclass={"build_py": BuildWithEverything, "sdist": SourceWithEverything})
