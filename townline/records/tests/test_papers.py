"""The papers: PDFs that screen readers can read, and in which what was taken out is not."""

import io
import shutil
import subprocess

import pikepdf
import pytest

from townline.customers.models import Customer
from townline.records.disposing import carry_out
from townline.records.papers import certificate_paper, export_paper, release_paper
from townline.records.tests.doings import redacted, running


def opened(answer):
    assert answer["Content-Type"] == "application/pdf"
    return pikepdf.open(io.BytesIO(answer.content))


def test_the_release_is_tagged_and_holds_nothing_that_was_taken_out(town, client):
    asked = redacted(town)
    asked.redact(by=town.dana, words=["905-555-0199", "nora@example.net"], section="s. 14")
    client.force_login(town.dana)

    answer = client.get(f"/desk/records/requests/{asked.pk}/release/?as=pdf")

    pdf = opened(answer)
    said = release_paper(asked).as_json()
    assert pdf.Root.MarkInfo.Marked
    assert str(pdf.Root.Lang) == "en-CA"
    assert not [words for words in ("Nora", "905-555-0199", "example.net") if words in said]
    assert "[s. 14]" in said


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext reads the file back")
def test_the_text_of_the_file_holds_nothing_that_was_taken_out(town, client, tmp_path):
    asked = redacted(town)
    client.force_login(town.dana)
    path = tmp_path / "release.pdf"
    path.write_bytes(client.get(f"/desk/records/requests/{asked.pk}/release/?as=pdf").content)

    text = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True).stdout

    assert "agreed" in text
    assert "Nora" not in text


def test_an_export_is_in_the_language_of_the_customer(town, client):
    town.case("Lamp")
    Customer.objects.filter(pk=town.rivera.pk).update(language="fr")
    client.force_login(town.dana)

    pdf = opened(client.post(f"/desk/records/customers/{town.rivera.pk}/export/", {"as": "pdf"}))

    assert str(pdf.Root.Lang) == "fr-CA"
    assert pdf.docinfo["/Title"] == "Vos renseignements"


def test_an_export_of_everything_there_can_be_prints(town):
    found = {
        "who": {"name": "E", "reached_at": []},
        "needs": [{"label": "Relay", "text": ""}],
        "consents": [{"to_whom": "A", "what": "B"}],
        "contacts": [{"on": "2026-01-01", "channel": "Phone", "text": "Hello #set text"}],
        "cases": [{"reference": "R", "service": "S", "words": [{"label": "L", "text": "T"}]}],
        "corrections": [{"asked_on": "d", "what": "w", "decision": "x", "reasons": "r", "disagreement": "No."}],
    }

    assert "Hello #set text" in export_paper(found, "en").as_json()


def test_the_certificate_prints(town, client):
    made = running(town)
    carry_out.call(disposition_id=made.pk)
    made.refresh_from_db()
    client.force_login(town.dana)

    pdf = opened(client.get(f"/desk/records/dispositions/{made.pk}/certificate/?as=pdf"))

    assert pdf.Root.MarkInfo.Marked
    assert "By-law 2020-001" in certificate_paper(made, []).as_json()
