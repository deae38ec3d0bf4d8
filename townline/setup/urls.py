"""Addresses of the setup at the desk, mounted at `/desk/setup/`."""

from django.urls import path

from townline.setup.views import rows

app_name = "setup"
urlpatterns = [
    path("<slug:kind>/", rows.rows, name="rows"),
    path("<slug:kind>/new/", rows.new, name="new"),
    path("<slug:kind>/<slug:code>/", rows.row, name="row"),
    path("<slug:kind>/<slug:code>/retire/", rows.retire, name="retire"),
    path("<slug:kind>/<slug:code>/restore/", rows.restore, name="restore"),
    path("<slug:kind>/<slug:code>/confirm/", rows.confirm, name="confirm"),
    path("<slug:kind>/<slug:code>/editions/<int:number>/", rows.edition, name="edition"),
]
