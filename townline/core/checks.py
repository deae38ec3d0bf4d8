"""Checks at start-up that keep the house in order."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error, register

from townline.core.access import policy_of
from townline.core.verbs import verbs_of


def _verbs_without_rule() -> Iterator[CheckMessage]:
    for model in apps.get_models():
        for name in verbs_of(model):
            if not hasattr(policy_of(model), name):
                yield Error(
                    f"{model.__name__}.{name} has no rule of the same name in its policy.",
                    id="townline.E001",
                    obj=model,
                )


@register()
def every_verb_has_a_rule(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """A verb without a rule of its name could be done by nobody, or by mistake by everybody."""
    return list(_verbs_without_rule())
