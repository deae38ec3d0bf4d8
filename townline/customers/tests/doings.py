"""How each verb of a customer and of what hangs on one is done."""

from django.utils import timezone

from townline.customers.models import Customer


def another(town, **more):
    return Customer.objects.create(name="E. Rivera", **more)


def merged(town):
    two = another(town)
    two.merge(by=town.rita, into=town.rivera)
    return two


def retired(town):
    town.rivera_email.retire(by=town.rita)
    return town.rivera_email


def consent(town, **more):
    given = {"kind": "share", "to_whom": "Her son", "what": "How it stands", "ground": "written"}
    return town.rivera.consent(by=town.rita, **{**given, "from_on": timezone.localdate(), **more})


def relay(town):
    return town.rivera.accommodate(by=town.rita, kind="relay")


def rivera(town):
    return town.rivera


def point(town):
    return town.rivera_email


DOINGS = {
    "Customer.prefer": (rivera, "rita", lambda one, town: one.prefer(by=town.rita, language="fr", way="phone")),
    "Customer.accommodate": (rivera, "rita", lambda one, town: relay(town)),
    "Customer.consent": (rivera, "rita", lambda one, town: consent(town)),
    "Customer.add_point": (
        rivera, "rita", lambda one, town: one.add_point(by=town.rita, kind="phone", value="905-555-0111")
    ),
    "Customer.merge": (another, "rita", lambda one, town: one.merge(by=town.rita, into=town.rivera)),
    "Customer.unmerge": (merged, "rita", lambda one, town: one.unmerge(by=town.rita)),
    "ContactPoint.choose": (point, "rita", lambda one, town: one.choose(by=town.rita)),
    "ContactPoint.verify": (point, "rita", lambda one, town: one.verify(by=town.rita, how="called")),
    "ContactPoint.correct": (point, "rita", lambda one, town: one.correct(by=town.rita, value="e@example.org")),
    "ContactPoint.retire": (point, "rita", lambda one, town: one.retire(by=town.rita)),
    "ContactPoint.restore": (retired, "rita", lambda one, town: one.restore(by=town.rita)),
    "Accommodation.end": (relay, "rita", lambda one, town: one.end(by=town.rita)),
    "Consent.withdraw": (consent, "rita", lambda one, town: one.withdraw(by=town.rita)),
}  # fmt: skip
