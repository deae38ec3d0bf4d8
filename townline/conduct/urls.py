"""Addresses of the desk's pages about conduct."""

from django.urls import path
from django.utils.translation import gettext_lazy as _l

from townline.conduct import listing, views
from townline.conduct.forms import AppealForm, DecideForm, ReviewForm, WhyForm

app_name = "conduct"
decline = views.decide("decline", WhyForm, _l("Decline the restriction"), _l("Decline"), _l("It is declined."))
lift = views.decide("lift", WhyForm, _l("Lift the restriction"), _l("Lift it"), _l("The restriction is lifted."))
review = views.decide("review", ReviewForm, _l("Review the restriction"), _l("Keep it"), _l("Reviewed."))
appeal = views.decide("appeal", AppealForm, _l("Note an appeal"), _l("Save"), _l("The appeal is noted."))
decide_appeal = views.decide(
    "decide_appeal", DecideForm, _l("Decide the appeal"), _l("Decide"), _l("The appeal is decided.")
)

urlpatterns = [
    path("conduct/", listing.conduct, name="list"),
    path("customers/<int:pk>/conduct/", views.overview, name="overview"),
    path("customers/<int:pk>/conduct/behaviour/", views.note, name="note"),
    path("customers/<int:pk>/conduct/intervention/", views.plan, name="plan"),
    path("customers/<int:pk>/conduct/restriction/", views.restrict, name="restrict"),
    path("behaviours/<int:pk>/", views.behaviour, name="behaviour"),
    path("behaviours/<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("interventions/<int:pk>/review/", views.review_intervention, name="review_intervention"),
    path("interventions/<int:pk>/end/", views.end_intervention, name="end_intervention"),
    path("restrictions/<int:pk>/", views.restriction, name="restriction"),
    path("restrictions/<int:pk>/notice/", views.notice, name="notice"),
    path("restrictions/<int:pk>/approve/", views.approve, name="approve"),
    path("restrictions/<int:pk>/notify/", views.notify, name="notify"),
    path("restrictions/<int:pk>/decline/", decline, name="decline"),
    path("restrictions/<int:pk>/lift/", lift, name="lift"),
    path("restrictions/<int:pk>/review/", review, name="review"),
    path("restrictions/<int:pk>/appeal/", appeal, name="appeal"),
    path("restrictions/<int:pk>/decide-appeal/", decide_appeal, name="decide_appeal"),
]
