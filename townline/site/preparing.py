"""What must be so before Townline can serve: built files, tables, and in a demonstration a town."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.checks import Tags, run_checks
from django.core.management import CommandError, call_command
from django.db import DEFAULT_DB_ALIAS, OperationalError, connections
from django.db.migrations.executor import MigrationExecutor

from townline.accounts.models import Department, User
from townline.audit import sealing
from townline.packs.reading import find
from townline.site.town import CAST, address_of
from townline.vault.keys import make_key
from townline.vault.models import Safe

BUILT = settings.PACKAGE / "ui/static/ui/build/portal.css"


def require_built_files() -> None:
    """Refuse to go on without the theme."""
    if not BUILT.exists():
        raise CommandError("The pages' theme is not built. Run script/setup in a checkout of Townline first.")


def require_database() -> None:
    """Refuse to go on without a database that answers."""
    try:
        connections[DEFAULT_DB_ALIAS].ensure_connection()
    except OperationalError as error:
        said = str(error).strip().splitlines() or ["no reason given"]
        raise CommandError(
            f"The database does not answer ({said[0]}). Is it running, and is DATABASE_URL right?"
        ) from None


def pending_migrations() -> int:
    """How many changes to the tables have not been made yet."""
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def require_guarded_database() -> None:
    """Refuse to go on when the database lacks what keeps its records true (each part's checks of a database)."""
    found = run_checks(tags=[Tags.database], databases=[DEFAULT_DB_ALIAS])
    if errors := [f"{one.msg} {one.hint or ''}".strip() for one in found if one.is_serious()]:
        raise CommandError("\n".join(errors))


def make_vault_key() -> None:
    """Make the vault's first key; where there is confidential content already, its own key must come back."""
    if not Safe.objects.exists():
        make_key(settings.VAULT_KEY_FILE)


def digest_of(*facts: object) -> str:
    """One word for all of these facts."""
    return hashlib.sha256(repr(facts).encode()).hexdigest()


def is_new(name: str, digest: str) -> bool:
    """Is this the first time, or is it different from the last time that was remembered?"""
    kept = settings.VAR / f"made-from-{name}"
    return not kept.exists() or kept.read_text() != digest


def remember(name: str, digest: str) -> None:
    """Keep what something was made from."""
    (settings.VAR / f"made-from-{name}").write_text(digest)


def facts_of(path: Path) -> tuple[str, int, int]:
    """What changes when a file changes."""
    found = path.stat()
    return str(path), found.st_size, found.st_mtime_ns


def collect_static_files() -> None:
    """Put the files that pages load where the web server finds them, when any of them has changed."""
    files = [storage.path(path) for finder in get_finders() for path, storage in finder.list([])]
    digest = digest_of(settings.STORAGES, [facts_of(Path(file)) for file in files])
    if is_new("static", digest) or not settings.STATIC_ROOT.exists():
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        remember("static", digest)


def prepare() -> None:
    """Bring this installation up to date: built files, tables, static files."""
    require_built_files()
    settings.VAR.mkdir(mode=0o700, parents=True, exist_ok=True)
    require_database()
    call_command("migrate", interactive=False, verbosity=0)
    make_vault_key()
    sealing.make_key(settings.AUDIT_KEY_FILE)
    require_guarded_database()
    collect_static_files()


def require_nobody_real() -> None:
    """Refuse to demonstrate where real people work: a demonstration lets anybody in as anybody of the cast."""
    staff = User.objects.filter(kind=User.Kind.STAFF)
    if staff.exists() and not staff.filter(email__in=[address_of(person.key) for person in CAST]).exists():
        raise CommandError(
            "This installation has staff of its own, and a demonstration would let anybody in. "
            "Serve it without TOWNLINE_DEMO, or set TOWNLINE_VAR (or DATABASE_URL) to a place for the demonstration."
        )


def demonstrate() -> None:
    """Fill a demonstration: the municipality from its pack when that has changed, and a small town of people."""
    require_nobody_real()
    files = sorted(find(settings.DEMO_TOWN).rglob("*"))
    digest = digest_of(settings.DATABASES["default"], [facts_of(path) for path in files])
    if is_new("pack", digest) or not Department.objects.exists():
        call_command("apply", settings.DEMO_TOWN)
        remember("pack", digest)
    call_command("demo", "--if-empty")
