"""Keys of other systems: shown once, seen in the list, switched off."""

import pytest
from django.core.management import CommandError, call_command

from townline.accounts.models import ApiKey
from townline.core.refusals import NotPossible


def test_a_key_is_printed_once_and_only_its_hash_is_kept(town, capsys):
    call_command("api_key", town.rita.email, "Website")

    key = capsys.readouterr().out.strip()
    assert ApiKey.user_of(key) == town.rita
    assert key not in str(list(ApiKey.objects.values()))


def test_no_key_is_made_for_a_customer(town, marie):
    with pytest.raises(CommandError, match="no member of staff"):
        call_command("api_key", marie.email, "Website")


def test_the_list_shows_keys_and_switches_them_off(as_member, town, client):
    key = ApiKey.issue(town.rita, "Website")
    made = ApiKey.objects.get()
    assert "Website" in as_member("ines").get("/desk/people/").content.decode()

    as_member("ines").post(f"/desk/people/keys/{made.pk}/switch-off/")

    assert ApiKey.user_of(key) is None
    assert made.events.get(name="apikey.switched_off").by == town.ines
    case = town.case()
    response = client.post(f"/api/v1/cases/{case.reference}/close", headers={"authorization": f"Bearer {key}"})
    assert response.status_code == 401


def test_a_key_is_switched_off_once_and_by_nobody_else(as_member, town):
    ApiKey.issue(town.rita, "Website")
    key = ApiKey.objects.get()

    assert as_member("ada").post(f"/desk/people/keys/{key.pk}/switch-off/").status_code == 404
    key.switch_off(by=town.ines)
    with pytest.raises(NotPossible, match="already"):
        key.switch_off(by=town.ines)
