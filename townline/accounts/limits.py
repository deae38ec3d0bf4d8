"""Where attempts are counted, so that codes and passwords cannot be tried without end.

The counts are those of allauth (5 wrong passwords or app codes in 5 minutes for
one account, 3 for one code that was sent, and so on) and live in Django's
cache. One web process keeps them in its memory, which costs nothing when
somebody floods the sign-in page. Where several processes serve, they share
them in the database (`TOWNLINE_CACHE`, by default so with PostgreSQL): this
table, which Django's own database cache reads and writes.
"""

from django.db import models


class Count(models.Model):
    """One entry of the shared cache; its columns are those that Django expects."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "accounts_count"

    def __str__(self) -> str:
        return self.cache_key
