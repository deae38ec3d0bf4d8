"""The door of a demo: the cast, in the language of the browser or the one that is chosen."""

import pytest
from django.urls import include, path

from townline.site.urls import urlpatterns as of_the_house

urlpatterns = [path("demo/", include("townline.site.demo_urls")), *of_the_house]

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


@pytest.mark.parametrize(
    ("address", "browser", "said"),
    [
        ("/demo/", "en", "Rita Singh answers the phone and the counter."),
        ("/demo/", "fr-CA", "Rita Singh répond au téléphone et au comptoir."),
        ("/demo/?lang=fr", "en", "Rita Singh répond au téléphone et au comptoir."),
        ("/demo/?lang=xx", "en", "Rita Singh answers the phone and the counter."),
    ],
)
def test_the_door_speaks_the_language_of_whoever_comes(client, town, address, browser, said):
    page = client.get(address, headers={"accept-language": browser})

    assert said in page.content.decode()
    assert "Accept-Language" in page["Vary"]


def test_one_press_makes_somebody_a_member_of_the_cast(client, town):
    pressed = client.post("/demo/", {"who": "rita"})

    assert pressed["Location"] == "/desk/"
    assert client.session["demo"] is True


def test_nobody_else_can_be_become(client, town):
    assert client.post("/demo/", {"who": "somebody"}).status_code == 404
