"""Behaviour that harms, what staff do for safety, and limits on contact under an adopted policy."""

from townline.conduct.models.behaviour import Behaviour
from townline.conduct.models.intervention import Intervention
from townline.conduct.models.phrases import SupportivePhrase
from townline.conduct.models.restriction import Restriction

__all__ = ["Behaviour", "Intervention", "Restriction", "SupportivePhrase"]
