import pytest
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.http import Http404

from townline.core import access
from townline.core.access import Policy, may, policy, policy_of
from townline.core.refusals import NotAllowed, NotPossible, Refusal
from townline.core.verbs import verb, verbs_of


class Lamp:
    """Not a record: something to hang verbs on."""

    watts = 60

    @verb
    def light(self, *, by):
        """Give light."""

    @verb
    def break_down(self, *, by):
        """Stop giving light."""

    def glow(self):
        """No verb."""


def test_the_verbs_of_a_kind_of_record_are_listed_in_order():
    assert verbs_of(Lamp) == ["break_down", "light"]


def test_a_verb_keeps_its_name_and_its_promise():
    assert Lamp.light.__name__ == "light"
    assert Lamp.light.__doc__ == "Give light."


def test_a_verb_is_for_records_only():
    with pytest.raises(AssertionError):
        Lamp().light(by=None)


@pytest.mark.parametrize(("refusal", "status"), [(Refusal, 400), (NotAllowed, 403), (NotPossible, 409)])
def test_a_refusal_is_an_answer_with_a_sentence_and_a_status(refusal, status):
    assert issubclass(refusal, Refusal)
    assert not issubclass(refusal, Http404)
    assert refusal.status_code == status
    assert str(refusal("It is already broken.")) == "It is already broken."


def test_what_is_not_written_down_is_not_allowed():
    assert policy_of(ContentType) is Policy
    assert Policy(None).scope() == Q(pk__in=[])
    assert not may(None, "close", ContentType())


def test_a_rule_answers_for_the_verb_of_its_name_alone(monkeypatch):
    monkeypatch.setattr(access, "_policies", {})

    @policy(ContentType)
    class LampPolicy(Policy):
        def light(self, record):
            return self.user == "Ada"

    assert policy_of(ContentType) is LampPolicy
    assert may("Ada", "light", ContentType())
    assert not may("Ben", "light", ContentType())
    assert not may("Ada", "break_down", ContentType())
