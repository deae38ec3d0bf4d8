"""docs/verbs.md: what can be done to each kind of record, by whom, where, and what it leaves."""

import re
from collections.abc import Iterator
from inspect import signature

from django.apps import apps
from django.db.models import Model
from django.urls import URLPattern, URLResolver, get_resolver

from townline.accounts.grants import GRANTS
from townline.api.api import api
from townline.core.access import Policy, policy_of
from townline.core.verbs import verbs_of
from townline.site.reference.events import happenings
from townline.site.reference.source import document, first_words, table

INTRODUCTION = """
    Everything that can be done to a record, by the name it has in the code, in the address, in the permission and
    in the tests. A verb locks its record, judges fresh facts, and writes the change and its event together or does
    nothing. “Who may” is the rule of the same name in the policy; the line under each heading says who may know of
    such a record at all. A verb without an address is done by Townline itself or inside another page.
"""


def page() -> str:
    """The page."""
    models = sorted(apps.get_models(), key=lambda model: model.__name__)
    parts = [_section(model) for model in models if verbs_of(model) or policy_of(model) is not Policy]
    rows = [(f"`{grant}`", str(words)) for grant, words in GRANTS.items()]
    grants = "## What a role can grant\n\nA municipality composes its own roles from these.\n\n"
    return document("Verbs and policies", INTRODUCTION, *parts, grants + table(("grant", "what it allows"), rows))


def _section(model: type[Model]) -> str:
    rule_of = policy_of(model)
    rows = [_row(model, name) for name in verbs_of(model)]
    heading = ("verb", "what it does", "who may", "where", "event")
    parts = [f"## {str(model._meta.verbose_name).capitalize()}\n", first_words(rule_of.__doc__) + "\n"]
    return "\n".join([*parts, *([table(heading, rows)] if rows else [])])


def _row(model: type[Model], name: str) -> tuple[str, str, str, str, str]:
    verb = getattr(model, name)
    asks = [word for word in signature(verb).parameters if word not in ("self", "by")]
    rule = getattr(policy_of(model), name)
    kind = model._meta.model_name
    left = [
        one.name
        for one in happenings()
        if one.place.function == name and one.name.startswith(f"{kind}.") and issubclass(model, _class_of(one.place))
    ]
    written = f"`{name}`" + (f" ({', '.join(asks)})" if asks else "")
    where = "<br>".join(f"`{address}`" for address in [*_pages(model, name), *_endpoints(model, name)])
    return written, first_words(verb.__doc__), first_words(rule.__doc__), where, ", ".join(f"`{one}`" for one in left)


def _class_of(place: object) -> type:
    from importlib import import_module

    return getattr(import_module(place.module), place.kind, Model)  # type: ignore[attr-defined]


def _pages(model: type[Model], name: str) -> list[str]:
    """The addresses that end with the verb, of the model's part or of the views that are named after it."""
    part = model._meta.app_config.name if model._meta.app_config else ""
    views = {f"{model._meta.model_name}{ending}" for ending in ("", "s")}
    return sorted(
        route
        for route, module, view in _routes()
        if view == name and route.endswith(f"/{name.replace('_', '-')}/")
        if module.startswith(f"{part}.") or module.rpartition(".")[2] in views
    )


def _routes(resolver: URLResolver | None = None, before: str = "/") -> Iterator[tuple[str, str, str]]:
    """Every address, with the module and the name of its view."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = before + re.sub(r"<\w+:", "<", str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern, route)
        elif isinstance(pattern, URLPattern):
            yield route, getattr(pattern.callback, "__module__", ""), getattr(pattern.callback, "__name__", "")


def _endpoints(model: type[Model], name: str) -> list[str]:
    """The API's addresses that end with the verb and belong to the model's part."""
    part = model._meta.app_config.name if model._meta.app_config else ""
    return [
        f"{method} /api/v1{prefix}{path}"
        for prefix, router in api._routers
        for path, view in router.path_operations.items()
        for operation in view.operations
        for method in operation.methods
        if path.endswith(f"/{name}") and operation.view_func.__module__.startswith(f"{part}.")
    ]
