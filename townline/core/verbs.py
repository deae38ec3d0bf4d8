"""A verb: something a person can do to one record.

State changes only through a verb. It locks the record, judges fresh facts and
writes the change and its event in one transaction, or it does nothing.
"""

from collections.abc import Callable
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import models, transaction

P = ParamSpec("P")
R = TypeVar("R")

_held: ContextVar[frozenset[tuple[str, Any]]] = ContextVar("held", default=frozenset())


def verb(method: Callable[P, R]) -> Callable[P, R]:
    """Mark a model method as something a person can do to one record.

    The record is locked and re-read first, so the method always judges fresh
    facts, and everything it writes stands or falls together. Unsaved edits on
    the instance are dropped on purpose. A verb called by another verb on the
    same record works on what is already held.
    """

    @wraps(method)
    def step(*args: P.args, **kwargs: P.kwargs) -> R:
        record = args[0]
        assert isinstance(record, models.Model)
        mark = (record._meta.label, record.pk)
        if mark in _held.get():
            return method(*args, **kwargs)
        with transaction.atomic():
            lock = type(record)._base_manager.select_for_update(no_key=True)
            record.refresh_from_db(from_queryset=lock)
            held = _held.set(_held.get() | {mark})
            try:
                return method(*args, **kwargs)
            finally:
                _held.reset(held)

    step.is_verb = True  # type: ignore[attr-defined]
    return step


def verbs_of(model: type[models.Model]) -> list[str]:
    """The names of everything a person can do to this kind of record, in order."""
    return sorted(name for name in dir(model) if getattr(getattr(model, name, None), "is_verb", False))
