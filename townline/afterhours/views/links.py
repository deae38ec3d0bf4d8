"""The page behind the link in a page: whoever is on call says that they have it, without signing in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.views.decorators.cache import never_cache

from townline.afterhours.paging import page_of_token
from townline.core.access import may
from townline.core.refusals import NotAllowed


@never_cache
def on_call(request: HttpRequest, token: str) -> HttpResponse:
    """Opening it changes nothing, since mail scanners open links; the button does.

    How to call back is shown once they have said that they have it.
    """
    page = page_of_token(token)
    if page is None or page.call.case.is_confidential:
        return render(request, "afterhours/link_over.html", status=410)
    with translation.override(page.user.language):
        call, has_it = page.call, page.call.acknowledged_by_id == page.user_id
        if request.method == "POST" and not call.acknowledged_at:
            if not may(page.user, "acknowledge", call):
                raise NotAllowed
            call.acknowledge(by=page.user)
            return redirect("on_call_link", token)
        points = call.case.customer.points_in_use().values() if has_it and call.case.customer else []
        context = {
            "page": page,
            "call": call,
            "has_it": has_it,
            "points": points,
            "said": call.case.interactions.order_by("id").values_list("summary", flat=True).first(),
        }
        return render(request, "afterhours/link.html", context)
