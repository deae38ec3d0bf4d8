"""The form of a service with its summary."""

from django.utils.translation import gettext_lazy as _l

from townline.catalogue.models import CollectionNotice, Door, Kind, Service
from townline.setup.live import TABLE_OF
from townline.setup.row_forms import RowForm, both, count, day, departments, pick, tick

WAYS = [("central", _l("Centrally")), ("partial", _l("Partly")), ("decentralised", _l("In the department"))]


def notices() -> list[tuple[str, str]]:
    """The versions in force, by their purpose."""
    rows = CollectionNotice.objects.filter(is_current=True).order_by("code")
    return [(one.code, f"{one.code}: {str(one.purpose)[:60]}".removesuffix(": ")) for one in rows]


class ServiceForm(RowForm):
    """Everything that a service says, for the public and for staff."""

    table = TABLE_OF["services"]
    starts = {
        "contact": Service.Contact.REQUIRED, "account": Service.Account.NONE, "anonymous": Service.Anonymous.REFUSE,
        "shares": Service.Shares.NOTHING, "near_metres": 50, "near_days": 30, "is_public": False,
        "centralisation": {step: {"mode": "central"} for step in ("intake", "decision", "fulfilment")},
    }  # fmt: skip

    name = both(_l("Name"), _l("As a customer would look for it."))
    summary = both(_l("What it is"), _l("Two sentences: what it is, and for whom."), rows=3)
    eligibility = both(_l("Who can ask"), rows=2, required=False)
    cost = both(_l("What it costs"), rows=2, required=False)
    bring = both(_l("What to have at hand"), rows=2, required=False)
    duration = both(_l("How long it takes"), _l("In words; the promise itself is a service standard."), required=False)
    next_steps = both(_l("What happens next"), rows=2, required=False)
    bylaw = both(_l("By-law or policy"), required=False)
    script = both(_l("What a representative reads out"), rows=3, required=False)
    after_hours = both(
        _l("What to do while nobody is there"), _l("Empty when the calendar’s own words are enough."), rows=2,
        required=False,
    )  # fmt: skip
    keywords = both(_l("Other words people use"), _l("Separated by commas."), required=False)
    kind = pick(_l("Kind of case"), Kind.choices)
    door = pick(_l("Door of the portal"), Door.choices)
    department = pick(_l("Which department looks after it?"), departments)
    centralisation__intake__mode = pick(_l("Who takes it in?"), WAYS)
    centralisation__intake__reason = both(_l("Why it is taken in there"), for_staff=True)
    centralisation__decision__mode = pick(_l("Who decides?"), WAYS)
    centralisation__decision__reason = both(_l("Why it is decided there"), for_staff=True)
    centralisation__fulfilment__mode = pick(_l("Who does the work?"), WAYS)
    centralisation__fulfilment__reason = both(_l("Why it is done there"), for_staff=True)
    contact = pick(_l("Do we ask who the customer is?"), Service.Contact.choices)
    collection_notice = pick(
        _l("Notice of collection"), notices, _l("None"), _l("Needed where personal information is asked for.")
    )
    anonymous = pick(_l("Can it be asked for without a name?"), Service.Anonymous.choices)
    account = pick(_l("Is an account needed?"), Service.Account.choices)
    needs_place = tick(_l("It is about a place"), _l("The customer is asked where it is, first of all."))
    shares = pick(_l("What may other customers hear of a case?"), Service.Shares.choices)
    near_metres = count(_l("How many metres apart can two reports be of one thing?"))
    near_days = count(_l("How many days apart can they be?"))
    never_restricted = tick(_l("No restriction reaches it"), _l("Emergencies, access, elections, accessible service."))
    is_public = tick(_l("On the portal"), _l("Customers can find it and ask for it there."))
    closed_reason = both(
        _l("Why it cannot be asked for now"), _l("Leave it empty while it can."), rows=2, required=False
    )
    reviewed_on = day(_l("Last reviewed"))


SECTIONS = {
    "name": _l("For the public"),
    "kind": _l("Who handles it"),
    "contact": _l("Who may ask, and what they are asked"),
    "is_public": _l("Whether it is offered"),
    "provenance__mark": _l("Where it comes from"),
}
"""The headings of the form, each above the field that it begins with."""
