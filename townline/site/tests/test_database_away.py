"""The database refuses: a page in time, with the text, and no traceback."""

import json
import os
import socket
import subprocess
import sys

ASK = """
import json, time, django
django.setup()
from django.test import Client
browser = Client(HTTP_HOST="127.0.0.1", raise_request_exception=False)
browser.get("/healthz")
began = time.monotonic()
response = browser.post({path!r}, {{"label": "12 Main Street, the deep one", "password": "secret-word"}})
print(json.dumps({{
    "status": response.status_code,
    "seconds": time.monotonic() - began,
    "retry": response.headers.get("Retry-After"),
    "page": response.content.decode(),
}}))
"""


def closed_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def asked(path, tmp_path):
    surroundings = os.environ | {
        "DJANGO_SETTINGS_MODULE": "townline.site.test_settings",
        "DATABASE_URL": f"postgres://nobody:x@127.0.0.1:{closed_port()}/none",
        "TOWNLINE_VAR": str(tmp_path),
    }
    done = subprocess.run(
        [sys.executable, "-c", ASK.format(path=path)], env=surroundings, capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout.splitlines()[-1])


def test_a_form_sent_while_the_database_is_away_comes_back_with_its_text(tmp_path):
    answer = asked("/ask/some-token/where/", tmp_path)

    assert answer["status"] == 503
    assert answer["retry"]
    assert answer["seconds"] < 4
    assert "12 Main Street, the deep one" in answer["page"]
    assert "We saved nothing yet" in answer["page"]
    assert "csrfmiddlewaretoken" in answer["page"]
    assert "secret-word" not in answer["page"]


def test_a_system_that_asks_gets_a_problem_and_not_a_page(tmp_path):
    answer = asked("/api/v1/cases/CL-7K3M-9QXD-H/close", tmp_path)

    assert answer["status"] in {401, 503}
    assert "<html" not in answer["page"]
