from datetime import timedelta

import pytest
from django.utils import timezone

from townline.core.refusals import NotPossible
from townline.questions.models import FormVersion
from townline.questions.testing import page, question, written

pytestmark = pytest.mark.django_db
FORM = written(page("a", question("b")))


def publish(version, **more):
    return FormVersion.objects.create(code="pothole", version=version, definition={**FORM, "version": version}, **more)


def test_the_newest_version_that_is_out_is_published():
    publish(1)
    second = publish(2)
    publish(3, published_at=timezone.now() + timedelta(days=1))

    assert FormVersion.objects.published("pothole") == second
    assert FormVersion.objects.published("unknown") is None


def test_a_version_gives_its_definition():
    found = FormVersion.objects.get(pk=publish(4).pk)

    assert found.parsed.version == 4
    assert found.parsed.question("b") is not None


def test_what_was_published_never_changes():
    version = publish(1)
    version.definition = {}

    with pytest.raises(NotPossible, match="does not change"):
        version.save()


def test_text_of_every_kind_survives_the_database():
    note = "🦫 كيف \u202bחור\u202c <b>&amp; ‘quote’"
    form = written(page("a", {**question("b"), "label": {"en": note, "fr": note}}))
    version = FormVersion.objects.create(code="odd", version=1, definition=form)

    version.refresh_from_db()

    assert version.parsed.question("b").label["en"] == note
