"""What the questionnaires say, at the desk."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from townline.core.access import may
from townline.core.refusals import NotAllowed
from townline.surveys.counting import FEWEST, counted
from townline.surveys.models import Survey


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """Of the last twelve months: how many were asked, how many answered, and what they said."""
    if not may(request.user, "read", Survey()):
        raise NotAllowed(_("You do not have permission to do this."))
    whole, lines = counted(request.user)
    return render(request, "surveys/results.html", {"whole": whole, "lines": lines, "fewest": FEWEST})
