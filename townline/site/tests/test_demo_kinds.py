"""The demonstration shows what is done with each kind of case, in either municipality."""

import pytest

from townline.accounts.models import User
from townline.cases.models import CaseStep
from townline.channels.models import Interaction
from townline.packs.apply import apply
from townline.packs.reading import find, read
from townline.setup.models import Edition
from townline.site.demo_town import settle
from townline.surveys.counting import counted

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("town", ["clarington", "amherstburg"])
def test_officers_record_steps_and_calls_are_answered(town):
    apply(read(find(town)), by=User.objects.system())

    settle(cases=40)

    assert CaseStep.objects.exists()
    assert Interaction.objects.filter(wrap_up__isnull=False).count() == 30
    assert Edition.objects.filter(what="changed", by__name="Dana Whitfield", written__next_steps__en__startswith="Inv")
    assert counted(User.objects.get(name="Dana Whitfield"))[0].answered >= 5
