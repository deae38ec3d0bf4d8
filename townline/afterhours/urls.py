"""Addresses of what happens after hours, mounted at `/desk/after-hours/`."""

from django.urls import path

from townline.afterhours.views import answering, handover, rosters, scripts

app_name = "afterhours"

urlpatterns = [
    path("", rosters.now, name="now"),
    path("log/", answering.answering, name="answering"),
    path("log/calls/<int:pk>/", answering.logged, name="logged"),
    path("log/<slug:code>/", answering.log_call, name="log"),
    path("calls/<int:pk>/acknowledge/", rosters.acknowledge, name="acknowledge"),
    path("calls/<int:pk>/take-over/", handover.take_over, name="take_over"),
    path("handover/", handover.handover, name="handover"),
    path("handover/print/", handover.printed, name="printed_handover"),
    path("handover/take-over/", handover.take_all_over, name="take_all_over"),
    path("scripts/", scripts.scripts, name="scripts"),
    path("scripts/<slug:code>/", scripts.script, name="script"),
    path("roster/<slug:code>/", rosters.rota, name="rota"),
    path("roster/<slug:code>/swap/", rosters.swap, name="swap"),
    path("roster/<slug:code>/<str:week_on>/", rosters.week, name="week"),
]
