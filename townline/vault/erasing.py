"""That what is removed is gone: SQLite leaves removed words in free pages of its file unless it is told not to."""

from django.db import connection


def overwrite_what_is_removed() -> None:
    """From now on, on this connection, removed content is overwritten with zeros; PostgreSQL vacuums by itself."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")
