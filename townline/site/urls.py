"""Every address of the house, mounted by its door."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from townline.afterhours.views.links import on_call
from townline.api.api import api
from townline.portal.views.home import brand
from townline.site import health

handler400 = "townline.core.faults.unreadable"
handler404 = "townline.core.faults.not_found"
handler500 = "townline.core.faults.server_error"

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("brand.css", brand, name="brand"),
    path("api/v1/", api.urls),
    path("on-call/<str:token>/", on_call, name="on_call_link"),
    path("desk/", include("townline.desk.urls")),
    path("desk/", include("townline.accounts.urls")),
    path("desk/", include("townline.macros.urls")),
    path("desk/surveys/", include("townline.surveys.urls")),
    path("desk/doorstep/", include("townline.doorstep.urls")),
    path("desk/notices/", include("townline.notices.urls")),
    path("desk/cases/", include("townline.cases.urls")),
    path("desk/", include("townline.customers.urls")),
    path("desk/complaints/", include("townline.complaints.urls")),
    path("desk/records/", include("townline.records.urls")),
    path("desk/setup/routing/", include("townline.routing.urls")),
    path("desk/setup/", include("townline.setup.urls")),
    path("desk/callbacks/", include("townline.callbacks.urls")),
    path("desk/", include("townline.conduct.urls")),
    path("desk/council/", include("townline.council.urls")),
    path("desk/requests/", include("townline.colleagues.urls")),
    path("desk/after-hours/", include("townline.afterhours.urls")),
    path("desk/templates/", include("townline.wording.urls")),
    path("desk/jobs/", include("townline.jobs.urls")),
    path("ui/", include("townline.ui.urls")),
    *i18n_patterns(
        path("sign-in/", include("townline.accounts.sign_in_urls")),
        path("", include("townline.portal.urls")),
        prefix_default_language=False,
    ),
]
if settings.DEMO:
    urlpatterns.insert(0, path("demo/", include("townline.site.demo_urls")))
