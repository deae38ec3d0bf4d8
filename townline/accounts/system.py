"""“Townline” itself, the user who does the automatic steps, is there from the first migration on."""

from typing import Any

from django.apps import apps as installed

from townline.accounts.models import User


def move_in(using: str, apps: Any = None, **more: Any) -> None:
    """Make the system user after each migration that leaves the table as this version knows it."""
    tables = {model._meta.db_table: model for model in (apps or installed).get_models()}
    there = tables.get(User._meta.db_table)
    ours = {field.name for field in User._meta.concrete_fields}
    if there and ours == {field.name for field in there._meta.concrete_fields}:
        User.objects.db_manager(using).system()
