"""Endpoints of the verbs that belong to some kinds of case."""

from datetime import date

from django.utils.translation import gettext as _
from ninja import Field, Schema

from townline.accounts.keys import KeyedRequest
from townline.accounts.models import Counter, Department, User
from townline.cases.api import NO_NUL, CaseOut, Text, router
from townline.cases.forms import LONGEST
from townline.cases.models import Case, Passing
from townline.catalogue.models import Body, Service
from townline.channels.models import Channel
from townline.core.access import fetch, visible
from townline.core.refusals import NotPossible

__all__ = ["router"]

Known = Field(max_length=60, pattern=NO_NUL)
Perhaps = Field("", max_length=254, pattern=NO_NUL)


class RefileIn(Schema):
    """The code of the service it belongs to, and what the customer is told, if anything."""

    service: str = Known
    words: str = Field("", max_length=LONGEST, pattern=NO_NUL)


class RedirectIn(Schema):
    """The code of the body that looks after it, and what the customer is told."""

    body: str = Known
    words: str = Text


class MakeFormalIn(Schema):
    """When and how the customer said it, and what they are told."""

    channel: Channel
    said_on: date
    words: str = Text


class PassOnIn(Schema):
    """What it is about; the codes of department, service and facility, and the address the person signs in with."""

    about: Passing.About
    department: str = Known
    person: str = Perhaps
    service: str = Perhaps
    facility: str = Perhaps


@router.post("/{reference}/refile", response=CaseOut)
def refile(request: KeyedRequest, reference: str, filing: RefileIn) -> Case:
    """File a case under another service; its reference, history and reception stay."""
    case = _case(request, "refile", reference)
    service = Service.objects.filter(code=filing.service).first()
    if service is None:
        raise NotPossible(_("There is no such service."))
    case.refile(by=request.auth, service=service, words=filing.words)
    return case


@router.post("/{reference}/redirect", response=CaseOut)
def redirect(request: KeyedRequest, reference: str, sending: RedirectIn) -> Case:
    """Close a case that is not the municipality's, and tell the customer whose it is."""
    case = _case(request, "redirect", reference)
    body = Body.objects.filter(code=sending.body, is_active=True).first()
    if body is None:
        raise NotPossible(_("There is no such body."))
    case.redirect(by=request.auth, body=body, words=sending.words)
    return case


@router.post("/{reference}/make_formal", response=CaseOut)
def make_formal(request: KeyedRequest, reference: str, wish: MakeFormalIn) -> Case:
    """Note that the customer wants a formal complaint."""
    case = _case(request, "make_formal", reference)
    case.make_formal(by=request.auth, **wish.model_dump())
    return case


@router.post("/{reference}/pass_on", response=CaseOut)
def pass_on(request: KeyedRequest, reference: str, passing: PassOnIn) -> Case:
    """Bring a compliment to whom it is about, and to the manager responsible."""
    case = _case(request, "pass_on", reference)
    person = visible(request.auth, User.objects.filter(email=passing.person.lower())).first()
    if passing.person and person is None:
        raise NotPossible(_("Nobody here signs in with this address."))
    department = Department.objects.filter(code=passing.department).first()
    if department is None:
        raise NotPossible(_("There is no such department."))
    case.pass_on(
        by=request.auth,
        about=passing.about,
        department=department,
        person=person if passing.person else None,
        service=Service.objects.filter(code=passing.service).first(),
        facility=Counter.objects.filter(code=passing.facility).first(),
    )
    return case


@router.post("/{reference}/read_feedback", response=CaseOut)
def read_feedback(request: KeyedRequest, reference: str) -> Case:
    """Note that feedback was read, and close it with thanks."""
    case = _case(request, "read_feedback", reference)
    case.read_feedback(by=request.auth)
    return case


def _case(request: KeyedRequest, action: str, reference: str) -> Case:
    return fetch(request.auth, Case.objects.select_related("service", "department"), action, reference=reference)
