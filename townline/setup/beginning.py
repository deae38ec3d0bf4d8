"""How a draft of a service's questions comes about."""

from typing import Any

from django.db import transaction

from townline.catalogue.models import Service
from townline.packs.form_definitions import canonical
from townline.setup.form_drafts import FormDraft


@transaction.atomic
def begin_questions(service: Service, *, by: Any) -> FormDraft:
    """A draft of what is asked now, or the one there is; a service that asks nothing begins with an empty form."""
    held = Service.objects.select_for_update(no_key=True, of=("self",)).select_related("questions").get(pk=service.pk)
    if found := FormDraft.objects.filter(service=held).first():
        return found
    now = held.questions
    asked = canonical(now.parsed) if now else {"schema_version": 1, "code": held.code, "pages": []}
    formdraft = FormDraft.objects.create(
        service=held,
        definition={"title": dict(held.name), **asked},
        based_on=now.version if now else 0,
        begun_by=by,
        changed_by=by,
    )
    formdraft.record("begun", by=by, service=held.pk)
    return formdraft
