import pytest

from townline.cases.intake import Contact, Matter, take_in
from townline.channels.models import Mail
from townline.core.refusals import NotPossible


@pytest.fixture
def by_letter(town):
    """A case that came by letter, from somebody without e-mail: nobody has told them yet."""
    return take_in(
        Matter(town.noise), by=town.rita, channel="letter", contact=Contact(name="Jo Dorfmann", address="1 Main Street")
    )


def test_noting_that_the_customer_was_told_keeps_the_promise(town, by_letter):
    by_letter.acknowledge(by=town.otto)

    by_letter.refresh_from_db()
    assert by_letter.clocks.get(promise="acknowledge").is_kept
    assert by_letter.due_kind == "answer"
    assert town.events(by_letter).get(name="case.acknowledged").by == town.otto


def test_a_customer_on_the_phone_has_been_told_already(town):
    case = town.case("Broken street lamp")

    with pytest.raises(NotPossible, match="told already"):
        case.acknowledge(by=town.ada)


def test_mail_tells_the_customer_by_itself(town, work):
    matter = Matter(town.noise)
    contact = Contact(name="Jo Dorfmann", email="jo@example.org")
    case = take_in(matter, by=town.rita, channel="letter", contact=contact)

    work()

    assert case.clocks.get(promise="acknowledge").is_kept
    assert Mail.objects.get(purpose="acknowledgement").state == Mail.State.SENT
    assert town.events(case).get(name="case.acknowledged").by == town.system


@pytest.mark.parametrize(
    ("who", "status"),
    [("ada", 404), ("ben", 404), ("lea", 404), ("otto", 302), ("rita", 403), ("dana", 403), ("ines", 404)],
)
def test_who_may_note_it(as_member, by_letter, who, status):
    response = as_member(who).post(f"/desk/cases/{by_letter.reference}/acknowledge/")

    assert response.status_code == status


def test_the_page_asks_to_tell_the_customer(as_member, by_letter):
    page = as_member("otto").get(f"/desk/cases/{by_letter.reference}/").content.decode()

    assert f'action="/desk/cases/{by_letter.reference}/acknowledge/"' in page


def test_noting_it_by_the_interface(call, by_letter):
    assert call("otto", f"cases/{by_letter.reference}/acknowledge").status_code == 200
    assert call("otto", f"cases/{by_letter.reference}/acknowledge").status_code == 409
