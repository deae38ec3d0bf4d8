"""Taking a contact in, on one screen: what is known so far, and how it ends.

Between two presses everything typed travels in the form. The server keeps the
draft that makes each ending happen once.
"""

import re
from datetime import datetime, time
from functools import cached_property
from typing import Any

from django.db import transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from townline.accounts.models import Municipality, User
from townline.callbacks.models import Callback
from townline.cases.drafting import Drafter
from townline.cases.intake import Heard, Matter, Place, add, answer, submit
from townline.cases.joining import join_from
from townline.cases.models import Case, Draft
from townline.cases.models.drafts import new_token
from townline.cases.near import near
from townline.catalogue.finding import find
from townline.catalogue.models import Service, WrapUp
from townline.channels.models import Channel, Interaction
from townline.conduct.models.restriction import reaches
from townline.core.access import fetch, visible
from townline.core.localized import folded
from townline.core.references import read
from townline.core.refusals import NotAllowed
from townline.customers.models import ContactPoint, Customer
from townline.desk.endings import CALL_BACK, PARTNER, Endings
from townline.desk.forms import SOMEBODY_NEW, TakingForm
from townline.desk.knowing import Known, candidates, plain, told_apart, with_cases
from townline.documents.bringing import Brought
from townline.documents.models import Attachment
from townline.notices.fitting import notices_about
from townline.notices.models import Notice
from townline.questions.fields import marked
from townline.questions.forms import QuestionsForm
from townline.questions.terms import Context
from townline.ui.forms import Choice
from townline.ui.moments import day

ANSWERED, RAISE, ADD, FOLLOW = "answered", "raise", "add", "follow"
ENTER, SHOW_WHAT = "enter", "show-what"
"""The Enter key in any field: with a wrap-up it ends the contact as answered, else it looks up what was typed."""
ENDINGS = (ANSWERED, RAISE, ADD, FOLLOW, CALL_BACK, PARTNER)
TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")


class Taking(Endings):
    """One contact with everything that is typed, found and chosen so far."""

    def __init__(self, user: User, data: Any = None) -> None:
        self.user = user
        self.data = data
        given = data or {}
        token = given.get("draft", "")
        self.token = token if TOKEN.fullmatch(token) else new_token()
        self.ending = given.get("do", "") if given.get("do") in ENDINGS else ""
        self.brought: Brought | None = None
        if given.get("do") == ENTER and given.get("wrap_up", "").strip():
            self.ending = ANSWERED
        self.must_ask_first = self.ending == RAISE and self._has_unasked_questions
        if self.must_ask_first:
            self.ending = ""
        self.form = TakingForm(data, ending=self.ending, initial={"channel": Channel.PHONE, "language": "en"})
        self.form.offer("customer", self._customer_choices())
        self.form.offer("service", [(one.code, self._service_label(one)) for one in self.services])
        if given.get("do") in (ENTER, SHOW_WHAT) and given.get("words") and not self.service:
            self.form.wait_at("service")
        self.form.offer("body", self._body_choices())
        self.form.offer("near", [(case.reference, _as_near(case)) for case in self.nearby])
        self.form.offer("case", [(case.reference, str(case)) for one in self.people for case in one.cases])

    # --- Who ---------------------------------------------------------------

    @cached_property
    def people(self) -> list[Known]:
        """Who it may be, with their open cases; whoever was chosen is always among them."""
        who = {name: plain((self.data or {}).get(name, "")) for name in ("name", "phone", "email")}
        found = candidates(self.user, **who) if any(who.values()) else []
        chosen = (self.data or {}).get("customer", "")
        if chosen.isdecimal() and int(chosen[:18]) not in [one.customer.pk for one in found]:
            found += with_cases(self.user, visible(self.user, Customer.objects.filter(pk=int(chosen[:18]))))
        return found

    def _customer_choices(self) -> list[tuple[str, Any]]:
        found = [(str(one.customer.pk), Choice(one.customer.name, told_apart(one))) for one in self.people]
        return [*found, (SOMEBODY_NEW, Choice(_("Somebody new")))] if found else []

    @property
    def chosen(self) -> Known | None:
        """Whom the representative has chosen so far, with what is to be known before they are answered."""
        marked = (self.data or {}).get("customer", "")
        return next((one for one in self.people if str(one.customer.pk) == marked), None)

    @property
    def to_know(self) -> list[Known]:
        """Whoever may be the one and is to be met with care; the chosen one alone, once there is one."""
        shown = [self.chosen] if self.chosen else self.people
        return [one for one in shown if one.needs or one.restrictions or one.interventions]

    @property
    def is_reached(self) -> bool:
        """Could a restriction say anything about the service that is asked for?"""
        return reaches(self.service)

    @property
    def is_new_to_us(self) -> bool:
        """Has the chosen customer given a number or an address that we did not know to be theirs?"""
        if self.chosen is None:
            return False
        known = {(point.kind, point.key) for point in self.chosen.points}
        typed = [
            (kind, plain((self.data or {}).get(name, ""))) for kind, name in (("email", "email"), ("phone", "phone"))
        ]
        return any(value and (kind, ContactPoint.key_of(kind, value)) not in known for kind, value in typed)

    @property
    def customer(self) -> Customer | None:
        """Whom the representative chose; nobody is ever guessed."""
        chosen = self.form.cleaned_data.get("customer", "")
        return next((one.customer for one in self.people if str(one.customer.pk) == chosen), None)

    # --- What --------------------------------------------------------------

    @cached_property
    def catalogue(self) -> dict[str, Service]:
        """Every service there is, those for colleagues too."""
        services = Service.objects.filter(is_active=True)
        found = services.select_related("department__calendar", "collection_notice", "questions")
        return {service.code: service for service in found}

    @property
    def service(self) -> Service | None:
        """The service that is chosen."""
        return self.catalogue.get((self.data or {}).get("service", ""))

    @cached_property
    def services(self) -> list[Service]:
        """What fits the words, everything when nothing does; the chosen one is always among them."""
        words = (self.data or {}).get("words", "").strip()
        chosen = [self.service] if self.service else []
        if not words:
            return chosen
        found = find(words, self.catalogue.values()) or list(self.catalogue.values())
        return [*[one for one in chosen if one not in found], *found]

    def _service_label(self, service: Service) -> Choice:
        """With its summary as long as none is chosen."""
        return Choice(service.name, "" if self.service else service.summary)

    @cached_property
    def wrap_ups(self) -> list[WrapUp]:
        """How it can be counted when it was answered: what fits the service, or everything before there is one."""
        offered = WrapUp.objects.offered()
        return list(offered.for_service(self.service) if self.service else offered)

    @property
    def wrap_up(self) -> WrapUp | None:
        """The one whose two keys were typed, or whose name was chosen."""
        typed = folded(self.form.typed("wrap_up"))
        return next((one for one in self.wrap_ups if typed in (one.keys, *map(folded, one.name.values()))), None)

    @property
    def nothing_fits(self) -> bool:
        """Did no service fit the words, so that all are shown?"""
        return len(self.services) > 1 and len(self.services) >= len(self.catalogue)

    @cached_property
    def nearby(self) -> list[Case]:
        """Open cases that may be about the same thing, of those this person may see."""
        place = plain((self.data or {}).get("place", ""))
        if self.service is None or not self.service.needs_place or not place:
            return []
        return near(self.service, Place(place), timezone.now(), self.user)

    @cached_property
    def notices(self) -> list[Notice]:
        """What is going on: about the service and the place once they are known, else everything."""
        if self.service is None:
            return Notice.objects.shown()
        return notices_about(self.service, plain((self.data or {}).get("place", "")))

    @cached_property
    def questions(self) -> QuestionsForm | None:
        """The questions of the service, all at once, in the customer's language."""
        if self.service is None or self.service.questions is None:
            return None
        form = QuestionsForm(
            self.service.questions.parsed,
            None,
            {},
            context=self._context,
            data=None if self._has_unasked_questions else self.data,
            language=self.language,
        )
        # Like a list that is being rearranged: shown as it was typed, and not judged yet.
        form.is_rearranged = form.is_rearranged or not self.ending
        return form

    @property
    def language(self) -> str:
        """The customer's language: the script and the questions are read out in it."""
        return "fr" if (self.data or {}).get("language") == "fr" else "en"

    @property
    def script(self) -> Any:
        """What to say about the service, in the customer's language."""
        return marked(self.service.script, self.language) if self.service else ""

    @property
    def notice(self) -> Any:
        """Why we ask who they are, in the customer's language."""
        collected = self.service and self.service.collection_notice
        return marked(collected.text, self.language) if collected else ""

    @property
    def _context(self) -> Context:
        values = {"channel": (self.data or {}).get("channel", ""), "language": self.language, "is_signed_in": False}
        return Context(today=timezone.localdate(), by_staff=True, values=values)

    @property
    def _has_unasked_questions(self) -> bool:
        return bool(self.service and self.service.questions and self.data.get("asked") != self.service.code)

    # --- The end -----------------------------------------------------------

    @cached_property
    def draft(self) -> Draft:
        """The draft that makes the ending happen once."""
        channel = (self.data or {}).get("channel", "")
        known = channel if channel in Channel.values and channel != Channel.WEB else Channel.PHONE
        return Drafter("", self.user).resume(self.token, known)

    def take_files(self, brought: Brought) -> None:
        """The files that came with the form now or before; whatever ends it, the good ones go on to the case."""
        self.brought = brought

    def _demand_files(self) -> None:
        for sentence in self.brought.sentences if self.brought else []:
            self.form.add_error("add_files", sentence)
        if self.ending in (ANSWERED, CALL_BACK, PARTNER) and self._files:
            self.form.add_error("add_files", _("Files belong to a case: raise one, add to one, or leave them out."))

    @property
    def _files(self) -> list[Attachment]:
        return self.brought.attachments if self.brought else []

    def is_good(self) -> bool:
        """Is there everything that this ending needs? Puts a sentence beside each thing that is missing."""
        self.form.is_valid()
        self._demand_files()
        demands = {
            ANSWERED: self._demand_answered, RAISE: self._demand_raise, ADD: self._demand_add,
            FOLLOW: self._demand_follow, **self.demands_of_endings,
        }  # fmt: skip
        demands[self.ending]()
        return not self.form.errors and (self.ending != RAISE or self._are_questions_good)

    @property
    def _are_questions_good(self) -> bool:
        return self.questions is None or (self.questions.is_valid() and self.questions.stop is None)

    def _demand_answered(self) -> None:
        if not self.service and not self.form.typed("summary"):
            self.form.add_error("words", _("Choose the service it was about, or enter what was said."))
        if self.form.typed("wrap_up") and not self.wrap_up:
            self.form.add_error("wrap_up", _("Enter the two keys of one of those that are shown."))

    def _demand_raise(self) -> None:
        service = self.service
        if service is None:
            self.form.add_error("words", _("Search for the service and choose it first."))
            return
        if not service.is_open:
            self.form.add_error("service", str(service.closed_reason) or _("This service cannot be asked for now."))
        if service.needs_place and not self.form.typed("place"):
            self.form.add_error("place", _("Enter where it is."))
        if self.people and not self.form.typed("customer"):
            self.form.add_error("customer", _("Choose who it is, or “Somebody new”."))
        self._demand_contact(service)

    def _demand_contact(self, service: Service) -> None:
        chosen = self.form.typed("customer") not in ("", SOMEBODY_NEW)
        if not chosen and service.anonymous == Service.Anonymous.REFUSE and not self.form.typed("name"):
            self.form.add_error("name", _("This service needs a name."))
        ways = any(self.form.typed(name) for name in ("phone", "email", "address"))
        if not chosen and service.contact == Service.Contact.REQUIRED and not ways:
            self.form.add_error("phone", _("Ask for a phone number, an e-mail address or a mailing address."))

    def _demand_add(self) -> None:
        if not self.form.typed("summary"):
            self.form.add_error("summary", _("Enter what was said."))
        if not self.form.typed("case") and not self.form.typed("reference"):
            self.form.add_error("reference", _("Enter the reference of the case, or choose one of theirs."))
        elif self.case is None:
            self.form.add_error("reference", _("There is no case with this reference that you can add to."))

    def _demand_follow(self) -> None:
        if not self.form.typed("near"):
            self.form.add_error("near", _("Choose the case that they follow."))
        if self.people and not self.form.typed("customer"):
            self.form.add_error("customer", _("Choose who it is, or “Somebody new”."))
        is_known = self.form.typed("customer") not in ("", SOMEBODY_NEW)
        if not is_known and not any(self.form.typed(name) for name in ("phone", "email", "address")):
            self.form.add_error("phone", _("Ask for a phone number, an e-mail address or a mailing address."))

    @cached_property
    def case(self) -> Case | None:
        """The case that the contact is to be added to."""
        prefix = Municipality.objects.values_list("prefix", flat=True).first()
        reference = read(self.form.typed("reference"), prefix) or plain(self.form.typed("case"))
        try:
            return fetch(self.user, Case, "contact", reference=reference)
        except (Http404, NotAllowed):
            return None

    def finish(self) -> Case | Interaction | Callback:
        """End the contact, its files with it; pressed again, it is the same end."""
        with transaction.atomic():
            result = self._finish()
            if isinstance(result, Case) and self._files:
                result.attach(by=self.user, attachments=self._files)
        return result

    def _finish(self) -> Case | Interaction | Callback:
        typed = self.form.cleaned_data
        if self.ending == RAISE:
            return self._raise(typed)
        if self.ending == FOLLOW:
            return self._follow(typed)
        heard = Heard(
            channel=typed["channel"],
            summary=typed["summary"],
            service=self.service,
            wrap_up=self.wrap_up,
            customer=self.customer,
            language=typed["language"],
            received_at=_moment_of(typed["received_on"]),
        )
        if self.ending == CALL_BACK:
            return self._call_back(heard, typed)
        if self.ending == PARTNER:
            return self._hand(heard, typed)
        if self.ending == ADD and self.case:
            add(self.draft, self.case, heard, by=self.user)
            return self.case
        return answer(self.draft, heard, by=self.user)

    def _raise(self, typed: dict[str, Any]) -> Case:
        assert self.service is not None
        matter = Matter(
            self.service,
            language=typed["language"],
            answers=self.questions.resolved.answers if self.questions else {},
            form_version=self.service.questions,
            place=Place(typed["place"]) if self.service.needs_place else Place(),
            summary=typed["summary"],
        )
        contact = self.form.contact()
        received_at = _moment_of(typed["received_on"])
        return submit(
            self.draft, matter, by=self.user, contact=contact, customer=self.customer, received_at=received_at
        )

    def _follow(self, typed: dict[str, Any]) -> Case:
        case = fetch(self.user, Case, "follow", reference=typed["near"])
        join_from(
            self.draft, case, by=self.user, contact=self.form.contact(), text=typed["summary"], customer=self.customer,
            language=typed["language"],
        )  # fmt: skip
        return case


def _as_near(case: Case) -> Choice:
    """A case nearby as a choice: which it is, and when it came in."""
    return Choice(str(case), f"{case.place_label} – {day(case.received_at)}")


def _moment_of(on: Any) -> datetime | None:
    """Noon of an earlier day; a contact of today is of now."""
    if on is None or on == timezone.localdate():
        return None
    return timezone.make_aware(datetime.combine(on, time(12)))
