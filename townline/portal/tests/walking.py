"""The invented pothole service, and how a customer walks through it with a plain browser."""

from townline.questions.testing import page, question, written

DANGER = question("danger", "yes_no", required=True)
WORDS = question("words", "paragraph", max_length=4000)
CARS = question("cars", required=True)
DEFINITION = written(
    page("what", DANGER, WORDS), page("why", CARS, show_if={"eq": [{"answer": "danger"}, "yes"]}), code="pothole"
)

STOPPING = question(
    "danger",
    "one_choice",
    required=True,
    options=[
        {"code": "none", "label": {"en": "No", "fr": "Non"}},
        {
            "code": "now",
            "label": {"en": "Yes", "fr": "Oui"},
            "stop": {"en": "Call 9-1-1 now.", "fr": "Composez le 911."},
            "instead": {"emergency": True, "phone": "905-555-0111", "service": "noise"},
        },
    ],
)


def begin(client, service, prefix=""):
    """Press Start; where the draft's pages are."""
    return client.post(f"{prefix}/services/{service.code}/start/")["Location"].rsplit("/", 2)[0]


def answer_everything(client, at, **contact):
    """Go through all pages up to the check."""
    client.post(f"{at}/where/", {"label": "12 Main Street"})
    client.post(f"{at}/q-what/", {"q-danger": "yes", "q-words": "Deep."})
    client.post(f"{at}/q-why/", {"q-cars": "They swerve."})
    return client.post(f"{at}/you/", {"name": "Elena Rivera", "email": "elena@example.org", **contact})


def text_of(response):
    """The page, as text."""
    return response.content.decode()
