"""The API for other systems: a key per system, answers as JSON, refusals as problem documents."""

from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, ValidationError
from ninja.security import HttpBearer

from townline.accounts.models import ApiKey, User
from townline.callbacks.api import router as callbacks
from townline.cases.api_public import router as cases_public
from townline.cases.api_together import router as cases_together
from townline.cases.kinds.api import router as cases
from townline.channels.api import router as mail
from townline.core.refusals import Refusal
from townline.customers.api import router as customers
from townline.macros.api import router as macros


class KeyHolder(HttpBearer):
    """`Authorization: Bearer <key>`; `request.auth` is the user whose key it is."""

    def authenticate(self, request: HttpRequest, token: str) -> User | None:
        """The holder, or nobody."""
        return ApiKey.user_of(token)


api = NinjaAPI(
    title="Townline",
    version="1",
    description="What a representative can do at the desk, another system can do here with a key of its own.",
    auth=KeyHolder(),
    docs_url=None,
    urls_namespace="api",
)
api.add_router("/cases", cases)
api.add_router("/cases", macros)
api.add_router("/cases", cases_together)
api.add_router("/cases", cases_public)
api.add_router("/customers", customers)
api.add_router("/mail", mail)
api.add_router("/callbacks", callbacks)


def problem(status: int, title: str, **more: Any) -> HttpResponse:
    """A problem document (RFC 9457)."""
    document = {"title": title, "status": status, **more}
    return JsonResponse(document, status=status, content_type="application/problem+json")


@api.exception_handler(Refusal)
def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """403 and 409, with the sentence."""
    return problem(refusal.status_code, str(refusal))


@api.exception_handler(Http404)
@api.exception_handler(ObjectDoesNotExist)
def unknown(request: HttpRequest, error: Exception) -> HttpResponse:
    """Absence and refusal to show look alike."""
    return problem(404, "There is no such thing here.")


@api.exception_handler(AuthenticationError)
def without_key(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    """401 rather than a page to sign in."""
    return problem(401, "A valid key is needed: Authorization: Bearer <key>.")


@api.exception_handler(ValidationError)
def malformed(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """What does not fit, field by field, without repeating what was sent."""
    wrong = [{"field": ".".join(map(str, one["loc"])), "what": one["msg"]} for one in error.errors]
    return problem(422, "The request does not fit.", errors=wrong)
