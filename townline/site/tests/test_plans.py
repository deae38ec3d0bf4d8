"""The queries that are asked most find their index, in a database that is big enough for it to matter."""

import pytest

from townline.site.bench.many import Many
from townline.site.bench.plans import hottest, is_meant


@pytest.fixture
def busy_town(town):
    Many(cases=20_000, seed=1, every=2).write()
    return town


def test_the_hot_queries_are_answered_from_their_indexes_without_sorting(busy_town):
    queries = hottest(busy_town.rita, busy_town.ada, busy_town.roads)

    judged = {query.what: is_meant(query) for query in queries}

    assert len(judged) == 12
    assert [f"{what}: {plan}" for what, (is_right, plan) in judged.items() if not is_right] == []
