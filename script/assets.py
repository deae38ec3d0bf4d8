"""Builds what the pages are dressed in, and compiles the translations.

Sass becomes `townline/ui/static/ui/build/`, with the ready-made files that
`townline/ui/vendor.txt` names; each `.po` becomes its `.mo`. The folder keeps a
digest of what it was made from, so that `--check` can say whether it is current.
"""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STYLES = ROOT / "townline/ui/styles"
VENDOR = ROOT / "townline/ui/vendor.txt"
PACKAGES = ROOT / "node_modules"
BUILD = ROOT / "townline/ui/static/ui/build"
STAMP = BUILD / "made-from.txt"
ENTRIES = ("portal", "desk")


def catalogues() -> list[Path]:
    """Every translation there is."""
    return sorted((ROOT / "townline/locale").glob("*/LC_MESSAGES/*.po"))


def digest() -> str:
    """One word for everything the build is made from."""
    sources = [*sorted(STYLES.rglob("*.scss")), VENDOR, ROOT / "package-lock.json", Path(__file__), *catalogues()]
    summary = hashlib.sha256()
    for source in sources:
        if source.exists():
            summary.update(str(source.relative_to(ROOT)).encode() + b"\0" + source.read_bytes() + b"\0")
    return summary.hexdigest()


def is_current() -> bool:
    """Was everything built, and from what is here now?"""
    made = STAMP.exists() and STAMP.read_text().strip() == digest()
    return made and all(catalogue.with_suffix(".mo").exists() for catalogue in catalogues())


def vendor_files() -> list[tuple[Path, str]]:
    """What `vendor.txt` asks for: lines of `path in node_modules -> name`."""
    lines = [line.split("#")[0].strip() for line in VENDOR.read_text().splitlines()] if VENDOR.exists() else []
    pairs = [line.split("->") for line in lines if line]
    return [(PACKAGES / source.strip(), name.strip()) for source, name in pairs]


def compile_theme(folder: Path) -> None:
    """Turn the theme's two entry files into style sheets."""
    pairs = [f"{STYLES / entry}.scss:{folder / entry}.css" for entry in ENTRIES]
    sass = ["node", str(PACKAGES / "sass/sass.js"), "--style=compressed", "--no-source-map", "--quiet-deps"]
    subprocess.run([*sass, f"--load-path={PACKAGES}", *pairs], check=True)


def build() -> None:
    """Make the whole folder aside, then put it in place of the old one."""
    wanted = [STYLES / f"{entry}.scss" for entry in ENTRIES] + [source for source, _ in vendor_files()]
    missing = [str(path.relative_to(ROOT)) for path in wanted if not path.exists()]
    if missing:
        sys.exit(f"The theme cannot be built; missing: {', '.join(missing)}")
    made_from = digest()
    aside = BUILD.with_name("build.new")
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(parents=True)
    compile_theme(aside)
    for source, name in vendor_files():
        shutil.copyfile(source, aside / name)
    subprocess.run([sys.executable, "-m", "townline.site.translation", "compile"], cwd=ROOT, check=True)
    (aside / STAMP.name).write_text(made_from + "\n")
    shutil.rmtree(BUILD, ignore_errors=True)
    aside.rename(BUILD)


if __name__ == "__main__":
    if "--check" in sys.argv:
        sys.exit(0 if is_current() else 1)
    print("Building the theme and the translations", flush=True)
    build()
