"""The questionnaire by the link in our mail, and never being asked again; opening either does nothing."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from townline.accounts.models import User
from townline.surveys.forms import AnswerForm
from townline.surveys.sending import behind


@never_cache
def survey(request: HttpRequest, token: str) -> HttpResponse:
    """Two questions; answered again, the later answers count."""
    found = behind(token)
    if found is None:
        return render(request, "portal/survey.html", {"survey": None}, status=404)
    form = AnswerForm(request.POST) if request.method == "POST" else AnswerForm.shown(found)
    if form.is_valid():
        found.answer(by=User.objects.system(), **form.cleaned_data)
        return render(request, "portal/survey.html", {"survey": found, "is_done": True, "token": token})
    return render(request, "portal/survey.html", {"survey": found, "form": form, "token": token})


@never_cache
def no_more(request: HttpRequest, token: str) -> HttpResponse:
    """A button, and then no questionnaire goes to this address any more."""
    found = behind(token)
    if found and request.method == "POST":
        found.stop_asking(by=User.objects.system())
        messages.success(request, _("We do not send you questionnaires any more."))
        return redirect("portal:home")
    return render(request, "portal/no_more_surveys.html", {"survey": found}, status=200 if found else 404)
