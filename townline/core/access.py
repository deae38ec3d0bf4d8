"""Who sees which rows, and who may do what: the whole mechanism.

Each part keeps its rules in one `policy.py`, one class per model. What is not
written down is not allowed.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from townline.core.refusals import NotAllowed

M = TypeVar("M", bound=Model)
S = TypeVar("S", bound="QuerySet[Any]")
K = TypeVar("K", bound="type[Policy]")
_policies: dict[type[Model], type["Policy"]] = {}


class Policy:
    """Which rows a user sees (`scope`), and what they may do with one of them.

    A rule is a method with the name of the verb it guards, given the record.
    """

    NOTHING = Q(pk__in=[])
    EVERYTHING = Q()

    def __init__(self, user: Any) -> None:
        self.user = user

    def scope(self) -> Q:
        """The rows this user may know of; nothing unless a policy says otherwise."""
        return self.NOTHING

    def read(self, record: Any) -> bool:
        """May they open a record that is in their scope?"""
        return True


def policy(model: type[Model]) -> Callable[[K], K]:
    """Register the policy of a model: `@policy(Case)`."""

    def register(kind: K) -> K:
        _policies[model] = kind
        return kind

    return register


def policy_of(model: type[Model]) -> type[Policy]:
    """The policy of a model; the one that denies everything when none is written."""
    return _policies.get(model, Policy)


def visible(user: Any, rows: S) -> S:
    """Of these rows, the ones this user may know of."""
    return rows.filter(policy_of(rows.model)(user).scope())


def seen_by(user: Any, model: type[Model], field: str) -> Q:
    """The rows whose `field` points to a record that this user may know of.

    Asked of each row by itself: a list of all that somebody may know of would be
    gathered first, and there may be millions.
    """
    return Q(Exists(visible(user, model._default_manager.filter(pk=OuterRef(field)))))


def may(user: Any, action: str, record: Model) -> bool:
    """May this user do this to this record? Asks the rule of the same name."""
    rule = getattr(policy_of(type(record))(user), action, None)
    return rule is not None and rule(record)


def fetch(user: Any, rows: type[M] | QuerySet[M], action: str, **lookup: Any) -> M:
    """The one way a view gets a record: by saying what it is for.

    Raises Http404 when the user may not see it, and `NotAllowed` when they may
    see it but not do this.
    """
    found = rows if isinstance(rows, QuerySet) else rows._default_manager.all()
    record = visible(user, found).filter(**lookup).first()
    if record is None:
        raise Http404
    if not may(user, action, record):
        raise NotAllowed(_("You do not have permission to do this."))
    return record
