"""The way into what a clerk may change."""


def test_each_is_led_to_the_pages_they_may_open(as_member):
    dana, ines = as_member("dana").get("/desk/setup/"), as_member("ines").get("/desk/setup/")

    words = [
        "accounts:calendars", "notices:notices", "surveys:results", "routing:in_force", "wording:templates",
        "afterhours:scripts", "records:assessments", "macros:macros",
    ]  # fmt: skip
    others = [[page.view for page in one.context["pages"] if page.view != "setup:rows"] for one in (dana, ines)]
    assert others == [words, ["accounts:people", *words]]


def test_whoever_may_change_nothing_finds_no_such_page(as_member):
    assert as_member("ada").get("/desk/setup/").status_code == 404


def test_every_page_that_is_offered_opens(as_member):
    for key in ("dana", "ines"):
        member = as_member(key)
        for page in member.get("/desk/setup/").context["pages"]:
            assert member.get(page.url).status_code == 200
