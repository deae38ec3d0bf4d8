"""Personal information is declared where it stands: no field that could hold any is forgotten."""

from importlib import import_module
from importlib.util import find_spec

import pytest
from django.apps import apps
from django.db import models

MARKED = [
    "accounts",
    "afterhours",
    "callbacks",
    "cases",
    "channels",
    "conduct",
    "council",
    "customers",
    "desk",
    "documents",
]
"""The parts that know customers or staff."""

NEVER_TYPED = {
    "accounts.User": {"password", "language"},
    "accounts.Invitation": {"digest", "language"},
    "accounts.Identity": {"issuer", "subject"},
    "accounts.ApiKey": {"name", "digest"},
    "accounts.Count": {"cache_key", "value"},
    "cases.Case": {"reference", "due_kind", "language", "route", "source", "source_number"},
    "accounts.CalendarVersion": {"digest", "hours", "closed_on", "zone"},
    "cases.Clock": {"step", "step_label", "pauses_for"},
    "cases.Notification": {"key"},
    "cases.Weather": {"words"},
    "cases.CaseStep": {"choice"},
    "cases.Draft": {"token", "session_key", "language", "done"},
    "cases.Enclosure": {"question"},
    "cases.Follower": {"language"},
    "cases.Merge": {"clocks"},
    "documents.Attachment": {"key", "file", "sha256", "scan_found"},
    "cases.Message": {"language"},
    "conduct.Restriction": {"policy_name", "policy_clause"},
    "afterhours.Rota": {"code", "changes_at", "provenance"},
    "afterhours.Script": {"code", "urgent_if", "ask", "say", "otherwise", "provenance"},
    "callbacks.Callback": {"language"},
    "council.Member": {"code", "name", "assistants", "provenance"},
    "council.Inquiry": {"through"},
    "customers.Customer": {"language"},
    "channels.Interaction": {"language"},
    "desk.BulkAction": {"given"},
    "desk.BulkStep": {"reason"},
    "desk.SavedView": {"whose", "which", "order"},
    "channels.Mail": {"purpose", "language", "message_id", "last_error"},
}
"""Codes, tokens and what machines say: read one by one when this list was made."""

OF_THE_MUNICIPALITY = {
    "SupportivePhrase",
    "Municipality",
    "Calendar",
    "Closure",
    "Counter",
    "Department",
    "Position",
    "Role",
}
"""Reference data about the corporation, not about a person."""

COULD_HOLD_A_PERSON = (models.CharField, models.TextField, models.JSONField, models.FloatField)


def own_models():
    found = (model for label in MARKED for model in apps.get_app_config(label).get_models())
    return [model for model in found if model.__name__ not in OF_THE_MUNICIPALITY]


def declared(model):
    module = f"townline.{model._meta.app_label}.privacy"
    return set(import_module(module).PERSONAL.get(model, [])) if find_spec(module) else set()


@pytest.mark.parametrize("model", own_models(), ids=lambda model: model._meta.label)
def test_each_field_that_could_hold_a_person_is_declared_or_known_to_hold_none(model):
    could = {
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, COULD_HOLD_A_PERSON) and not field.choices
    }
    innocent = NEVER_TYPED.get(model._meta.label, set())

    assert could - innocent == declared(model)


@pytest.mark.parametrize("label", MARKED)
def test_what_is_declared_exists(label):
    for model, names in import_module(f"townline.{label}.privacy").PERSONAL.items():
        assert set(names) <= {field.name for field in model._meta.concrete_fields}
