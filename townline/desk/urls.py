"""Addresses of the desk's own pages."""

from django.urls import path

from townline.desk.views import (
    customers,
    interactions,
    mail,
    notifications,
    search,
    setup,
    today,
    weather,
    work,
)

app_name = "desk"
urlpatterns = [
    path("", work.home, name="home"),
    path("work/", work.home, name="lists"),
    path("work/department/<slug:code>/<slug:which>/", work.department, name="department"),
    path("work/<slug:whose>/<slug:which>/", work.worklist, name="list"),
    path("today/", today.today, name="today"),
    path("changes", work.changes, name="changes"),
    path("weather/", weather.weather, name="weather"),
    path("weather/declare/", weather.declare_weather, name="declare_weather"),
    path("weather/reword/", weather.reword_weather, name="reword_weather"),
    path("weather/end/", weather.end_weather, name="end_weather"),
    path("notifications/", notifications.notifications, name="notifications"),
    path("notifications/seen/", notifications.see_all, name="see_all"),
    path("notifications/mailing/", notifications.mailing, name="mailing"),
    path("notifications/<int:pk>/", notifications.open_notification, name="open_notification"),
    path("setup/", setup.setup, name="setup"),
    path("search/", search.search, name="search"),
    path("interactions/", interactions.interactions, name="interactions"),
    path("interactions/new/", interactions.new, name="new_interaction"),
    path("customers/<int:pk>/", customers.customer, name="customer"),
    path("mail/", mail.mails, name="mails"),
    path("mail/<int:pk>/", mail.mail, name="mail"),
    path("mail/<int:pk>/resend/", mail.resend, name="resend_mail"),
]
