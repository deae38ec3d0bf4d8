"""The system user is there from the first migration on, and counts and sessions are forgotten."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.utils import timezone

from townline.accounts.invitations import Invitation, invite
from townline.accounts.models import Count, User
from townline.accounts.schedule import forget_what_has_expired
from townline.jobs.schedule import periodic_jobs


def test_townline_itself_is_a_user_after_migrating(db):
    assert User.objects.filter(kind=User.Kind.SYSTEM).exists()


def test_forgetting_comes_round_every_night():
    assert any(job.task.func is forget_what_has_expired.func for job in periodic_jobs())


def test_what_has_run_out_is_forgotten(town, client):
    now = timezone.now()
    Session.objects.create(session_key="old", session_data="", expire_date=now - timedelta(hours=1))
    Session.objects.create(session_key="new", session_data="", expire_date=now + timedelta(hours=1))
    Count.objects.create(cache_key="old", value="", expires=now - timedelta(hours=1))
    invite(by=town.ines, address="n@townline.example", name="N", roles=[], departments=[], by_mail=False)
    Invitation.objects.update(expires_at=now - timedelta(days=91))

    forget_what_has_expired.func()

    assert list(Session.objects.values_list("session_key", flat=True)) == ["new"]
    assert not Count.objects.exists()
    assert not Invitation.objects.exists()


@pytest.fixture
def shared(settings):
    """Counts in the database, as where several processes serve."""
    backend = "django.core.cache.backends.db.DatabaseCache"
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": "accounts_count"}}
    caches._connections.__dict__.pop("default", None)


def test_counts_can_be_shared_by_processes(db, shared, stranger):
    for _ in range(31):
        response = stranger.post("/sign-in/login/", {"login": "not an address"})

    assert response.status_code == 429
    assert Count.objects.filter(cache_key__contains="login").exists()
