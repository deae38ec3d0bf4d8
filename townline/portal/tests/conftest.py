import pytest
from django.core.cache import cache

from townline.accounts.models import User
from townline.customers.models import Customer
from townline.portal.tests.walking import DEFINITION
from townline.questions.models import FormVersion


@pytest.fixture(autouse=True)
def nobody_has_tried_yet(db):
    """Wrong tries are counted in the cache, which outlives a test."""
    cache.clear()


@pytest.fixture
def pothole(town):
    """The pothole service with questions."""
    town.pothole.questions = FormVersion.objects.create(code="pothole", version=1, definition=DEFINITION)
    town.pothole.save()
    return town.pothole


@pytest.fixture
def rivera(town):
    """Mrs. Rivera's account, with an address she has confirmed."""
    user = User.objects.create_user("elena.rivera@example.org", name="Elena Rivera")
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    Customer.objects.filter(pk=town.rivera.pk).update(account=user)
    return user
