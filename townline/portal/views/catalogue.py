"""What the municipality offers: by door, by words, and one page per service."""

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from townline.accounts.models import Municipality
from townline.cases.drafting import Drafter
from townline.cases.models import Weather
from townline.catalogue.finding import find as find_services
from townline.catalogue.models import Body, Definition, Door, Service, Standard
from townline.channels.models import Channel
from townline.core.references import read
from townline.notices.fitting import notices_about
from townline.portal.opening import closed_now


def offered(code: str) -> Service:
    """A service that is on the portal; 404 for any other."""
    services = Service.objects.offered().select_related("department__calendar", "collection_notice", "questions")
    service = services.filter(code=code).first()
    if service is None:
        raise Http404
    return service


def service(request: HttpRequest, code: str) -> HttpResponse:
    """The service summary, with one start button."""
    found = offered(code)
    standards = Standard.objects.promised_for(found, channel=Channel.WEB)
    order = {promise: at for at, promise in enumerate(Standard.Promise.values)}
    is_winter = any(standard.is_winter for standard in standards)
    context = {
        "service": found,
        "notices": notices_about(found),
        "closed_now": closed_now(found),
        "weather": Weather.objects.running().first() if is_winter else None,
        "standards": sorted(standards, key=lambda standard: order[standard.promise]),
        "needs_sign_in": found.account == Service.Account.REQUIRED and not request.user.is_authenticated,
        "draft": Drafter.of(request).unfinished().filter(service=found).first(),
        "json_ld": _json_ld(request, found),
    }
    return render(request, "portal/service.html", context)


def _json_ld(request: HttpRequest, service: Service) -> str:
    """The service for machines (schema.org GovernmentService); `<` is escaped, so that it cannot end the script."""
    municipality = Municipality.objects.first()
    channel: dict[str, Any] = {"@type": "ServiceChannel", "serviceUrl": request.build_absolute_uri()}
    if municipality and municipality.phone:
        channel["servicePhone"] = {"@type": "ContactPoint", "telephone": municipality.phone}
    described = {
        "@context": "https://schema.org",
        "@type": "GovernmentService",
        "name": str(service.name),
        "description": str(service.summary),
        "url": request.build_absolute_uri(),
        "serviceOperator": {"@type": "GovernmentOrganization", "name": str(service.department.name)},
        "areaServed": {"@type": "AdministrativeArea", "name": str(municipality or "")},
        "availableChannel": channel,
        "availableLanguage": ["en", "fr"],
    }
    return json.dumps(described, ensure_ascii=False).replace("<", "\\u003c")


def door(request: HttpRequest, door: str) -> HttpResponse:
    """The services behind one of the doors."""
    if door not in Door.public():
        raise Http404
    services = Service.objects.offered().filter(door=door)
    bodies = Body.objects.filter(is_door=True, is_active=True) if door == Door.VOICE else None
    return render(request, "portal/door.html", {"door": Door(door), "services": services, "bodies": bodies})


def find(request: HttpRequest) -> HttpResponse:
    """What fits the words; a reference leads to its case."""
    words = request.GET.get("q", "")[:200].strip()
    if reference := _reference_in(words):
        return redirect("portal:track_case", reference=reference)
    offered_now = Service.objects.offered()
    found = find_services(words, offered_now)
    context: dict[str, Any] = {"words": words, "services": found, "all": [] if found else offered_now}
    return render(request, "portal/find.html", context)


def _reference_in(words: str) -> str | None:
    """The reference that was typed; words that only happen to look like one have no digit and no hyphen."""
    municipality = Municipality.objects.first()
    looks_like_one = "-" in words or any(character.isdigit() for character in words)
    return read(words, municipality.prefix) if municipality and looks_like_one else None


def glossary(request: HttpRequest) -> HttpResponse:
    """The words of the municipality's policy, in plain language."""
    return render(request, "portal/glossary.html", {"definitions": Definition.objects.all()})
