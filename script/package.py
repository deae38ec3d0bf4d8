"""Builds the package, installs it into a folder of its own and uses it there: nothing may be left out."""

import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UV = str(ROOT / ".venv/bin/uv")
NOT_SHIPPED = {"tests", "styles", "vendor.txt"}
BUILT = "townline/ui/static/ui/build"


def files_of_the_checkout() -> list[str]:
    """Every file that a clone would have once everything here is committed."""
    listed = subprocess.check_output(["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=ROOT, text=True)
    return [name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def copy(names: list[str], to: Path) -> None:
    """Copy these files of the checkout."""
    for name in names:
        (to / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, to / name)


def build(source: Path, out: Path) -> subprocess.CompletedProcess[str]:
    """Build a wheel with the tools of this checkout."""
    options = ["--wheel", "--no-build-isolation", "--python", sys.executable, "--out-dir", str(out)]
    return subprocess.run([UV, "build", *options, str(source)], capture_output=True, text=True)


def refusal(source: Path, out: Path) -> str:
    """What is wrong with the answer to a build without the theme."""
    said = build(source, out)
    if said.returncode == 0:
        return "A package was built without the theme."
    return "" if "Run script/setup" in said.stderr else f"The refusal does not say what to do:\n{said.stderr}"


def left_out(wheel: Path, names: list[str]) -> list[str]:
    """The files that a Townline needs and the package does not have."""
    shipped = set(zipfile.ZipFile(wheel).namelist())
    code = {name for name in names if name.startswith("townline/") and not NOT_SHIPPED & set(name.split("/"))}
    packs = {f"townline/{name}" for name in names if name.startswith("towns/")}
    made = {str(path.relative_to(ROOT)) for path in (ROOT / BUILT).iterdir()}
    made |= {str(path.relative_to(ROOT)) for path in (ROOT / "townline/locale").rglob("*.mo")}
    return sorted(name for name in {*code, *packs, *made} - shipped if not name.endswith((".po", "conftest.py")))


def use(wheel: Path, folder: Path) -> str:
    """Install the package beside what it depends on and set up an installation with it; say what fails."""
    venv, work = folder / "venv", folder / "work"
    work.mkdir()
    subprocess.run([UV, "venv", "--quiet", "--python", sys.executable, str(venv)], check=True)
    python = str(venv / "bin/python")
    subprocess.run([UV, "pip", "install", "--quiet", "--no-deps", "--python", python, str(wheel)], check=True)
    site = next((venv / "lib").glob("python3*/site-packages"))
    (site / "dependencies.pth").write_text(sysconfig.get_paths()["purelib"] + "\n")
    kept = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}}
    townline = str(venv / "bin/townline")
    for arguments in (["setup"], ["check"], ["apply", "clarington"]):
        if subprocess.run([townline, *arguments], cwd=work, env={**kept, "TOWNLINE_VAR": str(work / "var")}).returncode:
            return f"The installed package fails at: townline {' '.join(arguments)}"
    return ""


def main() -> str:
    """Try all of it; say what is wrong."""
    with tempfile.TemporaryDirectory(prefix="townline-package-") as name:
        folder, names = Path(name), files_of_the_checkout()
        copy(names, folder / "source")
        if fault := refusal(folder / "source", folder / "none"):
            return fault
        shutil.copytree(ROOT / BUILT, folder / "source" / BUILT)
        copy([str(path.relative_to(ROOT)) for path in (ROOT / "townline/locale").rglob("*.mo")], folder / "source")
        said = build(folder / "source", folder / "wheel")
        if said.returncode:
            return f"The package cannot be built:\n{said.stderr}"
        wheel = next((folder / "wheel").glob("*.whl"))
        if missing := left_out(wheel, names):
            return f"The package lacks {len(missing)} files: {', '.join(missing[:10])}"
        return use(wheel, folder)


if __name__ == "__main__":
    sys.exit(main() or 0)
