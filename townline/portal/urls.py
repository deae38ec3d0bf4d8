"""Addresses of the portal; French ones begin with /fr/."""

from django.urls import path

from townline.portal.views import (
    account,
    ask,
    catalogue,
    complaint,
    files,
    follow,
    home,
    join,
    needs,
    preferences,
    say,
    track,
)

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("find/", catalogue.find, name="find"),
    path("words/", catalogue.glossary, name="glossary"),
    path("doors/<slug:door>/", catalogue.door, name="door"),
    path("services/<slug:code>/", catalogue.service, name="service"),
    path("services/<slug:code>/start/", ask.start, name="start"),
    path("ask/<str:token>/files/<str:key>/small/", ask.small_file, name="small_file"),
    path("ask/<str:token>/done/", ask.done, name="done"),
    path("ask/<str:token>/follow/", join.join, name="join"),
    path("ask/<str:token>/<str:step>/", ask.ask, name="ask"),
    path("complaint/", complaint.about, name="complaint"),
    path("complaint/start/", complaint.start, name="start_complaint"),
    path("complaint/mine/<str:reference>/", complaint.follow, name="follow_complaint"),
    path("complaint/mine/<str:reference>/reply/", complaint.reply, name="reply_complaint"),
    path("complaint/mine/<str:reference>/next-level/", complaint.next_level, name="next_level"),
    path("complaint/mine/<str:reference>/accept/", complaint.accept, name="accept_decision"),
    path("complaint/<str:token>/done/", complaint.complained, name="complained"),
    path("complaint/<str:token>/<str:step>/", complaint.complain, name="complain"),
    path("track/", track.track, name="track"),
    path("track/l/<str:token>/", track.link, name="track_link"),
    path("track/f/<str:token>/", follow.link, name="follow_link"),
    path("track/<str:reference>/", track.case, name="track_case"),
    path("track/<str:reference>/attach/", files.attach, name="attach"),
    path("track/<str:reference>/files/<str:key>/", files.file, name="case_file"),
    path("track/<str:reference>/files/<str:key>/small/", files.small_file, name="small_case_file"),
    path("track/<str:reference>/add/", say.add, name="track_add"),
    path("track/<str:reference>/not-solved/", say.dispute, name="not_solved"),
    path("track/<str:reference>/unfollow/", follow.unfollow, name="unfollow"),
    path("account/", account.account, name="account"),
    path("account/needs/", needs.needs, name="needs"),
    path("account/preferences/", preferences.preferences, name="preferences"),
]
