"""Writing imported cases in batches: dates kept, clocks computed, nobody written to.

An import is no intake: its events carry the other system's dates, and no
reaction runs, so that a customer of years ago gets no mail today. A batch is
one transaction; a number that is known is left alone, so an import that was
broken off is simply run again.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

from django.db import transaction
from django.utils.translation import override

from townline.accounts.models import Department, Municipality, User
from townline.cases.importing.mapping import Mapping
from townline.cases.importing.rows import Incoming
from townline.cases.models import AFTER_ALL, NEVER, Case, Clock, Status, Weather
from townline.cases.models.promises import versions
from townline.cases.models.weather import covering
from townline.catalogue.models import Door, Service, Standard
from townline.core.localized import folded
from townline.core.references import make
from townline.routing.models import Queue
from townline.timeline.models import Event
from townline.ui.labels import labelled

BATCH = 500
PROMISES = ("answer", "outcome")
"""An extract says when a case was closed: that answers it and ends it. Of a confirmation it knows nothing."""

T = TypeVar("T")


def batches(items: Iterable[T], size: int = BATCH) -> Iterator[list[T]]:
    """Lists of at most `size`."""
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch


class Importer:
    """Writes one import; made once, with the services and standards it needs."""

    def __init__(self, mapping: Mapping) -> None:
        self.mapping = mapping
        self.by = User.objects.system()
        self.prefix = Municipality.objects.values_list("prefix", flat=True).first() or "TL"
        self.services = dict(self._services())
        self.version_of = versions()
        self.weathers = list(Weather.objects.order_by("id"))
        self.queues = {
            service.department_id: Queue.objects.default_of(service.department) for service in self.services.values()
        }
        self.standards = {
            service.pk: [s for s in Standard.objects.promised_for(service) if s.promise in PROMISES]
            for service in self.services.values()
        }

    def _services(self) -> Iterator[tuple[str, Service]]:
        known = Service.objects.select_related("department__calendar").in_bulk(
            [target.service for target in self.mapping.types.values()], field_name="code"
        )
        for target in self.mapping.types.values():
            if target.service not in known and target.new:
                known[target.service] = self._new_service(target.service, target.new)
            yield target.service, known[target.service]

    def _new_service(self, code: str, new: Any) -> Service:
        department = Department.objects.select_related("calendar").get(code=new.department)
        return Service.objects.create(
            code=code,
            kind=new.kind,
            door=Door.REPORT,
            name=new.name,
            sort_key=folded(new.name.get("en", code))[:120],
            department=department,
            is_public=False,
            is_active=False,
            provenance={"mark": "S", "source": f"import of {self.mapping.source}"},
        )

    @transaction.atomic
    def write(self, batch: Sequence[Incoming]) -> int:
        """Make cases of those whose number is not known yet; returns how many."""
        numbers = [incoming.number for incoming in batch]
        held = Case.objects.filter(source=self.mapping.source, source_number__in=numbers)
        known = set(held.values_list("source_number", flat=True))
        fresh = [incoming for incoming in batch if incoming.number not in known]
        pairs = list(zip(fresh, self._references(len(fresh)), strict=True))
        cases = [self._case(incoming, reference) for incoming, reference in pairs]
        clocks = [clock for case in cases for clock in self._clocks(case)]
        for case in cases:
            case.locate()
        Case.objects.bulk_create(cases)
        for clock in clocks:
            clock.case_id = clock.case.pk
        Clock.objects.bulk_create(clocks)
        Event.objects.bulk_create([event for case in cases for event in self._events(case)])
        return len(cases)

    def _references(self, count: int) -> list[str]:
        made: dict[str, None] = {}
        while len(made) < count:
            wanted = [make(self.prefix) for _ in range(count - len(made))]
            taken = set(Case.objects.filter(reference__in=wanted).values_list("reference", flat=True))
            made |= dict.fromkeys(reference for reference in wanted if reference not in taken)
        return list(made)

    def _case(self, incoming: Incoming, reference: str) -> Case:
        service = self.services[incoming.service]
        is_closed = incoming.closed_at is not None
        return Case(
            reference=reference,
            kind=service.kind,
            service=service,
            subject=self._subject(service, incoming.place)[:200],
            department=service.department,
            queue=self.queues[service.department_id],
            status=Status.CLOSED if is_closed else Status.NEW,
            outcome=incoming.outcome,
            language=self.mapping.language,
            channel=incoming.channel,
            place_label=incoming.place,
            latitude=incoming.latitude,
            longitude=incoming.longitude,
            source=self.mapping.source,
            source_number=incoming.number,
            received_at=incoming.received_at,
            changed_at=incoming.changed_at,
            closed_at=incoming.closed_at,
            due_at=AFTER_ALL if is_closed else NEVER,
        )

    def _subject(self, service: Service, place: str) -> str:
        with override(self.mapping.language):
            return labelled(service.name, place) if place else str(service.name)

    def _clocks(self, case: Case) -> list[Clock]:
        """The promises this case would have had; the nearest running one also stands on the case."""
        clocks = [
            Clock(
                case=case,
                promise=standard.promise,
                standard=standard,
                amount=standard.amount,
                unit=standard.unit,
                calendar_version=self.version_of(standard.calendar or case.department.calendar),
                is_legal=standard.is_legal,
                pauses_for=standard.paused_by,
                started_at=case.received_at,
                weather=covering(self.weathers, case.received_at) if standard.is_winter else None,
                ended_at=case.closed_at,
                ending=Clock.Ending.KEPT if case.closed_at else "",
            )
            for standard in self.standards[case.service_id]
        ]
        for clock in clocks:
            clock.reckon([])
        dues = sorted((clock.due_at, clock.promise) for clock in clocks if clock.is_running and clock.due_at)
        if dues:
            case.due_at, case.due_kind = dues[0]
        return clocks

    def _events(self, case: Case) -> Iterator[Event]:
        def event(name: str, happened_at: Any, **details: Any) -> Event:
            return Event(
                name=name, by=self.by, subject_kind="case", subject_id=case.pk, case_id=case.pk,
                happened_at=happened_at, details=details,
            )  # fmt: skip

        yield event("case.imported", case.received_at, source=self.mapping.source, channel=case.channel)
        if case.closed_at:
            yield event("case.closed", case.closed_at, outcome=case.outcome)
