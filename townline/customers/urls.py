"""Addresses of the desk's pages about a customer's details."""

from django.urls import path

from townline.customers import views

app_name = "customers"
urlpatterns = [
    path("customers/<int:pk>/rename/", views.rename, name="rename"),
    path("customers/<int:pk>/prefer/", views.prefer, name="prefer"),
    path("customers/<int:pk>/accommodate/", views.accommodate, name="accommodate"),
    path("customers/<int:pk>/consent/", views.consent, name="consent"),
    path("customers/<int:pk>/add-point/", views.add_point, name="add_point"),
    path("contact-points/<int:pk>/correct/", views.correct, name="correct"),
    path("contact-points/<int:pk>/verify/", views.verify, name="verify"),
    path("contact-points/<int:pk>/choose/", views.choose, name="choose"),
    path("contact-points/<int:pk>/retire/", views.retire, name="retire"),
    path("contact-points/<int:pk>/restore/", views.restore, name="restore"),
    path("accommodations/<int:pk>/end/", views.end, name="end"),
    path("consents/<int:pk>/withdraw/", views.withdraw, name="withdraw"),
]
