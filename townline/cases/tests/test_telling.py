"""What followers hear: each by themselves, in their language, and nothing of anybody else."""

import pytest

from townline.cases.intake import Contact
from townline.cases.joining import join
from townline.channels.models import Mail

FIRST = Contact(name="Quenby Firstcanary", email="firstcanary@example.org", phone="905-555-0147")
SECOND = Contact(name="Jo Secondcanary", email="secondcanary@example.org")
THIRD = Contact(name="Luc Thirdcanary", email="thirdcanary@example.org")


@pytest.fixture
def case(town, work):
    case = town.case("Lamp", assignee=town.ada, contact=FIRST)
    for contact, language in ((SECOND, "fr"), (THIRD, "en")):
        join(case, by=town.rita, contact=contact, channel="phone", text="Followercanary words", language=language)
    work()
    return case


def letters(address):
    return Mail.objects.filter(contact_point__value=address, purpose="follower").order_by("id")


def test_a_follower_is_told_in_their_language_that_they_follow(case):
    (letter,) = letters(SECOND.email)

    assert letter.language == "fr"
    assert case.reference in letter.body
    assert "/track/f/" in letter.body


def test_a_message_for_all_reaches_each_by_themselves(town, work, case):
    case.message(by=town.ada, text="The crew comes on Thursday.", for_followers=True)
    work()

    assert "The crew comes on Thursday." in letters(SECOND.email).last().body
    assert "The crew comes on Thursday." in letters(THIRD.email).last().body
    assert letters(SECOND.email).count() == letters(THIRD.email).count() == 2


def test_a_message_for_the_customer_reaches_no_follower(town, work, case):
    case.message(by=town.ada, text="Mrs. Firstcanary, we have your number.")
    work()

    assert letters(SECOND.email).count() == 1


@pytest.mark.parametrize(("for_followers", "is_told"), [(False, False), (True, True)])
def test_the_end_is_told_and_its_words_only_when_they_are_for_all(town, work, case, for_followers, is_told):
    case.close(by=town.ada, outcome="done", words="The lamp is new.", for_followers=for_followers)
    work()

    letter = letters(THIRD.email).last()
    assert "Done" in letter.body
    assert ("The lamp is new." in letter.body) == is_told


def test_nothing_of_anybody_crosses(town, work, case):
    case.message(by=town.ada, text="News.", for_followers=True)
    case.close(by=town.ada, outcome="done", words="Only for Firstcanary.")
    work()

    read = "\n".join(mail.subject + mail.body for mail in Mail.objects.all())
    of_followers = "\n".join(mail.body for mail in Mail.objects.filter(purpose="follower")).lower()
    assert "firstcanary" not in of_followers
    assert "905-555-0147" not in of_followers
    assert "secondcanary" not in read.lower()
    assert "thirdcanary" not in read.lower()
    assert "Followercanary" not in read


def test_whoever_stopped_hears_nothing_more(town, work, case):
    case.unfollow(by=town.system, follower=case.followers.order_by("id").first())
    case.close(by=town.ada, outcome="done", words="Done.")
    work()

    assert letters(SECOND.email).count() == 1
    assert letters(THIRD.email).count() == 2


def test_the_same_letter_is_written_once(town, work, case):
    from townline.cases.telling import tell_followers

    case.close(by=town.ada, outcome="done", words="Done.")
    work()
    tell_followers(town.events(case).get(name="case.closed"))
    work()

    assert letters(THIRD.email).count() == 2


def test_followers_of_a_merged_case_hear_of_the_one_it_goes_on_in(town, work, case):
    other = town.case("Lamp", assignee=town.ada, contact=FIRST)
    case.merge_into(by=town.ada, other=other)
    other.refresh_from_db()
    other.close(by=town.ada, outcome="done", words="Done.")
    work()

    assert other.reference in letters(THIRD.email).last().body
