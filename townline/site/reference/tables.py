"""docs/tables.md: every table of our own, and its columns."""

from typing import Any

from django.apps import AppConfig, apps
from django.db.models import Model

from townline.site.reference.source import document, first_words, table

INTRODUCTION = """
    What is stored, by part, from the ground up. An arrow points to the table that a column refers to. Tables of
    Django (sessions, content types, groups) and of the sign-in (e-mail addresses, authenticators) stand beside them.
"""


def page() -> str:
    """The page."""
    ours = [config for config in apps.get_app_configs() if config.name.startswith("townline.")]
    return document("Tables", INTRODUCTION, *(_section(config) for config in ours if list(config.get_models())))


def _section(config: AppConfig) -> str:
    rows = [(_name(model), first_words(model.__doc__), _columns(model)) for model in config.get_models()]
    return f"## {config.name.removeprefix('townline.')}\n\n" + table(("table", "what a row is", "columns"), rows)


def _name(model: type[Model]) -> str:
    return f"`{model.__name__}`"


def _columns(model: type[Model]) -> str:
    columns: list[Any] = [*model._meta.concrete_fields, *model._meta.local_many_to_many]
    return ", ".join(_column(column) for column in columns if column.name != "id")


def _column(column: Any) -> str:
    if not column.is_relation:
        return f"`{column.name}`"
    several = "several " if column.many_to_many else ""
    return f"`{column.name}` → {several}{column.related_model.__name__}"
