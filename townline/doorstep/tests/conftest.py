import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def nobody_has_sent_anything_yet(db, settings):
    """The pace is counted in the cache, which outlives a test."""
    settings.HOLD_AFTER = 5
    cache.clear()
