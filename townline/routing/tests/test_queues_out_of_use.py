"""A queue is taken out of use only when nobody's case waits in it, and it stays with its department."""

import pytest

from townline.core.localized import Localized
from townline.core.refusals import NotPossible
from townline.routing.models import Queue

pytestmark = pytest.mark.django_db


def test_open_cases_keep_a_queue_in_use_until_they_are_elsewhere(town):
    name = Localized(en="Winter", fr="Hiver")
    queue = Queue.objects.create(code="winter", department=town.roads, name=name, sort_key="winter")
    case = town.case("Lamp", queue=queue, assignee=town.ada)

    with pytest.raises(NotPossible, match="There are still open cases in this queue"):
        queue.retire(by=town.dana)
    with pytest.raises(NotPossible, match="A queue stays with its department"):
        queue.change(by=town.dana, department=town.bylaw)
    case.close(by=town.ada, outcome="done", words="Done.")
    queue.retire(by=town.dana)

    assert not Queue.objects.get(code="winter").is_active


def test_a_default_queue_stays_in_use(town):
    with pytest.raises(NotPossible, match="A default queue stays in use"):
        Queue.objects.default_of(town.roads).retire(by=town.dana)
