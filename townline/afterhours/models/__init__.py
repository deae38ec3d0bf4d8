"""After hours: who is on call, what is urgent, and the calls that came in while the municipality was closed."""

from townline.afterhours.models.calls import Call, Page
from townline.afterhours.models.rotas import Rota, Shift
from townline.afterhours.models.scripts import Script

__all__ = ["Call", "Page", "Rota", "Script", "Shift"]
