def test_the_front_page_offers_the_doors_and_a_person(client, town):
    response = client.get("/")

    page = response.content.decode()
    assert response.status_code == 200
    assert "Report a problem" in page
    assert "Check on a request" in page


def test_the_front_page_speaks_french(client, town):
    response = client.get("/fr/")

    assert response.status_code == 200
    assert '<html lang="fr">' in response.content.decode()
