"""Macros under Setup: put together, changed, retired; and two who change the same one."""

from townline.macros.models import Macro
from townline.macros.tests.doings import a_macro

TYPED = {"name_en": "Take it", "name_fr": "Prendre", "takes": "on"}


def test_a_macro_is_put_together_at_the_desk(as_member, town):
    as_member("dana").post("/desk/macros/new/", {**TYPED, "wait_reason": "weather", "wait_days": "3"})

    macro = Macro.objects.get()
    assert (macro.code, macro.takes, macro.wait_reason, macro.wait_days) == ("take-it", True, "weather", 3)
    assert macro.events.get().name == "macro.created"


def test_what_belongs_together_is_asked_for(as_member, town):
    dana = as_member("dana")

    half = dana.post("/desk/macros/new/", {**TYPED, "wait_reason": "weather", "outcome": "done"}).content.decode()
    nothing = dana.post("/desk/macros/new/", {"name_en": "Nothing"}).content.decode()

    assert "choose the reason and say for how many days" in half
    assert "choose the outcome and the words" in half
    assert "Choose at least one thing that it does." in nothing
    assert not Macro.objects.exists()


def test_the_second_of_two_who_change_it_is_told_and_keeps_what_they_wrote(as_member, town):
    a_macro(town)
    dana = as_member("dana")
    dana.post("/desk/macros/mine/", {**TYPED, "name_en": "By Dana", "seen": 1})

    page = dana.post("/desk/macros/mine/", {**TYPED, "name_en": "By another", "seen": 1})

    assert "Somebody else has changed this macro" in page.content.decode()
    assert page.context["form"]["name_en"].value() == "By another"
    assert Macro.objects.get().name["en"] == "By Dana"


def test_a_retired_one_can_be_restored(as_member, town):
    a_macro(town)

    as_member("dana").post("/desk/macros/mine/retire/")
    assert not Macro.objects.get().is_active

    as_member("dana").post("/desk/macros/mine/restore/")
    assert Macro.objects.get().is_active
