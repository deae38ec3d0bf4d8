"""Addresses of records at the desk."""

from django.urls import path

from townline.records import views

app_name = "records"
urlpatterns = [
    path("", views.home, name="home"),
    path("schedule/", views.classes, name="classes"),
    path("schedule/<slug:code>/", views.dry_run, name="dry_run"),
    path("dispositions/", views.dispositions, name="dispositions"),
    path("dispositions/<int:pk>/", views.disposition, name="disposition"),
    path("dispositions/<int:pk>/approve/", views.approve, name="approve"),
    path("dispositions/<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("dispositions/<int:pk>/certificate/", views.certificate, name="certificate"),
    path("holds/", views.holds, name="holds"),
    path("holds/place/", views.place_hold, name="place_hold"),
    path("holds/<int:pk>/lift/", views.lift_hold, name="lift_hold"),
    path("consents/", views.consents, name="consents"),
    path("consents/<int:pk>/withdraw/", views.withdraw_consent, name="withdraw_consent"),
]
