"""Addresses of records at the desk."""

from django.urls import path

from townline.records import views, views_access, views_own, views_registers

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
    path("requests/", views_access.requests, name="requests"),
    path("requests/begin/", views_access.begin_request, name="begin_request"),
    path("requests/<int:pk>/", views_access.detail, name="request"),
    path("requests/<int:pk>/redact/", views_access.redact, name="redact"),
    path("requests/<int:pk>/release/", views_access.release, name="release"),
    path("requests/<int:pk>/redactions/<int:redaction>/restore/", views_access.restore, name="restore"),
    *(path(f"requests/<int:pk>/{verb}/", view, name=verb) for verb, view in views_access.VERBS.items()),
    path("third-parties/<int:pk>/respond/", views_access.respond, name="respond"),
    path("customers/<int:pk>/", views_own.about_customer, name="customer"),
    path("customers/<int:pk>/export/", views_own.export, name="export"),
    path("customers/<int:pk>/correction/", views_own.ask_correction, name="ask_correction"),
    path("corrections/", views_own.corrections, name="corrections"),
    path("corrections/<int:pk>/", views_own.correction, name="correction"),
    path("corrections/<int:pk>/decide/", views_own.decide_correction, name="decide_correction"),
    path("corrections/<int:pk>/disagree/", views_own.disagree, name="disagree"),
    path("breaches/", views_registers.breaches, name="breaches"),
    path("breaches/register/", views_registers.register_breach, name="register_breach"),
    path("breaches/<int:pk>/", views_registers.breach, name="breach"),
    *(
        path(f"breaches/<int:pk>/{verb}/", view, name=f"{verb}_breach")
        for verb, view in views_registers.BREACH_VERBS.items()
    ),
    path("disclosures/", views_registers.disclosures, name="disclosures"),
    path("customers/<int:pk>/disclosure/", views_registers.note_disclosure, name="note_disclosure"),
    path("disclosures/<int:pk>/end/", views_registers.end_disclosure, name="end_disclosure"),
    path("assessments/", views_registers.assessments, name="assessments"),
    path("assessments/<slug:code>/", views_registers.assessment, name="assessment"),
    path("assessments/<slug:code>/write/", views_registers.write_assessment, name="write_assessment"),
    path("assessments/<slug:code>/review/", views_registers.review_assessment, name="review_assessment"),
]
