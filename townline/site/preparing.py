"""What must be so before Townline can serve: built files, tables, and in a demonstration a town."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import CommandError, call_command
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor

BUILT = settings.PACKAGE / "ui/static/ui/build/portal.css"
DEMO_PACK = "clarington"


def require_built_files() -> None:
    """Refuse to go on without the theme."""
    if not BUILT.exists():
        raise CommandError("The pages' theme is not built. Run script/setup in a checkout of Townline first.")


def pending_migrations() -> int:
    """How many changes to the tables have not been made yet."""
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def collect_static_files() -> None:
    """Put the files that pages load where the web server finds them, when any of them has changed."""
    summary = hashlib.sha256(repr(settings.STORAGES).encode())
    for finder in get_finders():
        for path, storage in finder.list([]):
            facts = Path(storage.path(path)).stat()
            summary.update(f"{path} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    stamp = settings.VAR / "static-made-from"
    if settings.STATIC_ROOT.exists() and stamp.exists() and stamp.read_text() == summary.hexdigest():
        return
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(summary.hexdigest())


def prepare() -> None:
    """Bring this installation up to date: built files, tables, static files."""
    require_built_files()
    settings.VAR.mkdir(mode=0o700, parents=True, exist_ok=True)
    call_command("migrate", interactive=False, verbosity=0)
    collect_static_files()


def demonstrate() -> None:
    """Fill a demonstration: the municipality from its pack, and a small town of people and cases."""
    call_command("apply", DEMO_PACK)
    call_command("demo", "--if-empty")
