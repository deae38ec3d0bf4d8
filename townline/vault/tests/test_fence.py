"""The second fence: on PostgreSQL, no row of a safe without its being opened."""

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from townline.vault import door
from townline.vault.fence import within
from townline.vault.models import Secret

only_on_postgresql = pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="SQLite has no row-level security; the door is its only fence."
)


@pytest.fixture
def as_ordinary_role(db):
    """Tests work as the cluster's superuser, whom no fence binds; for this test as a role that is bound."""
    with connection.cursor() as cursor:
        cursor.execute("DROP ROLE IF EXISTS townline_web")
        cursor.execute("CREATE ROLE townline_web")
        cursor.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO townline_web")
        cursor.execute("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO townline_web")
        cursor.execute("SET LOCAL ROLE townline_web")
        yield
        cursor.execute("RESET ROLE")


@only_on_postgresql
def test_a_forgotten_filter_reads_nothing(town, safe, as_ordinary_role):
    door.put(safe, "name", "Quenby", by=town.rita)

    assert Secret.objects.count() == 0


@only_on_postgresql
def test_inside_one_safe_only_its_rows_are_there(town, safe, as_ordinary_role):
    other = door.make_safe("test")
    door.put(safe, "name", "Quenby", by=town.rita)
    door.put(other, "name", "Ana", by=town.rita)

    with within(safe.pk):
        assert list(Secret.objects.values_list("safe", flat=True)) == [safe.pk]
    assert Secret.objects.count() == 0


@only_on_postgresql
def test_a_row_cannot_be_written_into_another_safe(town, safe, as_ordinary_role):
    other = door.make_safe("test")

    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic(), within(safe.pk):
        Secret.objects.create(safe=other, field="name", sealed=b"x")


@only_on_postgresql
def test_the_door_works_behind_the_fence(town, safe, as_ordinary_role):
    door.put(safe, "name", "Quenby", by=town.rita)

    assert door.latest(door.reveal(safe, by=town.lea, purpose="investigate")) == {"name": "Quenby"}
