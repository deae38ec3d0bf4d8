import pytest


def page_of(browser, words):
    return browser.post("/desk/search/", {"q": words}, follow=True).content.decode()


@pytest.mark.parametrize("shape", ["{}", "{lower}", "  {spaced} ", "{bare}"])
def test_a_reference_leads_to_its_case_however_it_is_typed(as_member, town, shape):
    case = town.case("Lamp")
    reference = case.reference
    typed = shape.format(
        reference, lower=reference.lower(), spaced=reference.replace("-", " "), bare=reference.removeprefix("TV-")
    )

    response = as_member("ada").post("/desk/search/", {"q": typed}, follow=True)

    assert response.redirect_chain[-1] == (case.get_absolute_url(), 302)


def test_what_is_looked_for_stands_in_no_address_and_no_title(as_member, town):
    response = as_member("rita").post("/desk/search/", {"q": "elena r"}, follow=True)

    page = response.content.decode()
    assert response.redirect_chain == [("/desk/search/", 302)]
    assert "elena" not in page[page.index("<title>") : page.index("</title>")].lower()


def test_the_reference_of_a_case_one_may_not_see_leads_nowhere(as_member, town):
    case = town.case("Lamp")

    page = page_of(as_member("otto"), case.reference)

    assert "No case that you may see has this reference" in page
    assert "Lamp" not in page


@pytest.mark.parametrize("words", ["elena.rivera@example.org", "ELENA.RIVERA@example.org", "905 555-0199", "elena r"])
def test_a_customer_is_found_by_address_number_or_the_beginning_of_the_name(as_member, town, words):
    town.rivera.contact_points.create(kind="phone", value="(905) 555-0199")
    case = town.case("Lamp")

    page = page_of(as_member("rita"), words)

    assert f"/desk/customers/{town.rivera.pk}/" in page
    assert case.reference in page


def test_a_name_in_its_middle_is_not_looked_at_and_the_page_says_what_is(as_member, town):
    page = page_of(as_member("rita"), "rivera")

    assert f"/desk/customers/{town.rivera.pk}/" not in page
    assert "Not looked at" in page


def test_customers_are_for_those_who_may_look_them_up(as_member, town):
    town.roles["deputy_clerk"].grants = ["case.read", "case.read_all"]
    town.roles["deputy_clerk"].save()

    page = page_of(as_member("dana"), "elena")

    assert "Elena" not in page
    assert "your role does not look them up" in page


def test_a_service_is_found_by_its_words_with_the_list_of_its_open_cases(as_member, town):
    page = page_of(as_member("ada"), "pothole")

    assert "/desk/work/department/roads/open/?service=pothole" in page


def test_a_service_of_another_department_has_no_list_for_those_who_may_not_see_it(as_member, town):
    page = page_of(as_member("otto"), "pothole")

    assert "Pothole" in page
    assert "service=pothole" not in page


@pytest.mark.parametrize("words", ["", "   ", "\x07", "%", "a" * 5000, "😀", "' OR 1=1"])
def test_anything_may_be_typed(as_member, town, words):
    assert as_member("rita").post("/desk/search/", {"q": words}, follow=True).status_code == 200


def test_a_search_asks_few_questions(as_member, town, queries):
    town.case("Lamp")
    rita = as_member("rita")
    rita.post("/desk/search/", {"q": "elena"})

    with queries() as asked:
        rita.get("/desk/search/")

    assert len(asked) <= 14, "\n".join(asked)
