"""A world of formal complaints, one at each of eight places of its life, and every word of it a string of its own.

`zz<state><field>zz` stands in the text of one field of one complaint, so that a
page, a file or a row that holds it says which cell of the matrix it comes from.
"""

from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from townline.accounts.models import ApiKey, User
from townline.complaints.filing import Filing, file
from townline.complaints.models import Complaint, EmergencyAccess
from townline.complaints.models.attaching import Given
from townline.complaints.testing import a_line, a_procedure, person
from townline.conftest import StaffClient

STATES = ("intake", "investigated", "heard", "decided", "second", "seconddecided", "outside", "closed")
FILED = ("what", "when", "who", "outcome", "tried", "name", "email", "phone", "address", "evidence")
SAID = ("message", "reply", "disclosure", "note")
HEARD = ("substance", "answer")
JUDGED = ("reasons", "letter")
FIELDS = (*FILED, *SAID, *HEARD, *JUDGED, "content")
OWN = {"message", "reply", "letter", "evidence"}
"""What complainants are shown of their own: what was said to them and by them, the letter, and what they gave."""
HOLDER = {
    "intake": "intake", "investigated": "supervisor", "heard": "supervisor", "decided": "supervisor",
    "second": "manager", "seconddecided": "manager", "outside": "", "closed": "",
}  # fmt: skip
"""Who has it there: they and nobody else open it for the work on it."""
STAFF = ("intake", "supervisor", "manager", "cao", "officer", "overseer", "emergency", "foi", "asked", "rita", "dana",
         "ines")  # fmt: skip
ROLES = ("complainant", "stranger", *STAFF)


def canary(state: str, name: str) -> str:
    """The string that stands in one field of the complaint at one place of its life."""
    number = STATES.index(state)
    return f"905-555-01{number}7" if name == "phone" else f"zz{state}{name}zz"


def filing(state: str) -> Filing:
    """What its complainant wrote."""
    said = {name: canary(state, name) for name in FILED if name != "evidence"}
    said["email"] += "@example.org"
    said["address"] = f"7 {said['address']} Lane, Bowmanville L1C 9Z{STATES.index(state)}"
    return Filing(about="staff", manner=("rude",), **said)


@dataclass
class World:
    """The complaints by state, and everybody who might look."""

    town: Any
    people: dict[str, User] = field(default_factory=dict)
    complaints: dict[str, Complaint] = field(default_factory=dict)

    @classmethod
    def built(cls, town: Any) -> "World":
        """Eight complaints about Ada, each led as far as its state says."""
        world = cls(town, a_line(town))
        procedure = a_procedure(town)
        everybody = {name: getattr(town, name) for name in ("ben", "lea", "otto", "rita", "dana", "ines")}
        emergency = person("emergency", "Emil Emergency", None, [town.front], ["complaint.oversee"])
        asked = person("asked", "Asta Asked", procedure.intake, [town.front], ["complaint.foi"])
        world.people |= {**everybody, "emergency": emergency, "asked": asked}
        asked.position = None
        asked.save()
        for state in STATES:
            world.complaints[state] = world._led(state)
        return world

    def _led(self, state: str) -> Complaint:
        given = Given(canary(state, "evidence"), "pdf", canary(state, "content").encode())
        complaint = file(filing(state), by=self.town.system, channel="web", evidence=[given])
        EmergencyAccess.objects.create(
            complaint=complaint, user=self.people["emergency"], reason="safety", words="Now."
        )
        complaint.requests.create(user=self.people["asked"], number="1", until_on=timezone.localdate())
        for step in STEPS[: DEPTH[state]]:
            step(self, state, complaint)
        if state in ENDS:
            ENDS[state](self, state, complaint)
        return Complaint.objects.select_related("case", "safe").get(pk=complaint.pk)

    def fields_of(self, state: str) -> set[str]:
        """Which fields hold something there."""
        more = [(), SAID, HEARD, JUDGED]
        return {*FILED, "content", *(name for some in more[: DEPTH[state] + 1] for name in some)}

    def allowed(self, role: str, state: str) -> set[str]:
        """Which fields this role may read there; the whole policy in four lines."""
        there = self.fields_of(state)
        if role in (HOLDER[state], "emergency", "asked"):
            return there
        return there & OWN if role == "complainant" else set()

    def browser_of(self, role: str) -> StaffClient:
        """Their browser: signed in, or with what a complainant has proved."""
        browser = StaffClient()
        if role in self.people:
            browser.force_login(self.people[role])
        if role == "complainant":
            session = browser.session
            session["complaints"] = [one.pk for one in self.complaints.values()]
            session.save()
        return browser

    def key_of(self, role: str) -> dict[str, str]:
        """The header by which they ask the API."""
        return {"Authorization": f"Bearer {ApiKey.issue(self.people[role], 'a test')}"} if role in self.people else {}


def _investigate(world: World, state: str, complaint: Complaint) -> None:
    sue = world.people["supervisor"]
    complaint.send_on(by=world.people["intake"], subjects=[world.town.ada])
    complaint.ask(by=sue, words=canary(state, "message"))
    complaint.reply(by=world.town.system, words=canary(state, "reply"))
    complaint.disclose(by=sue, ground="consent", what="identity", to_whom=canary(state, "disclosure"))
    complaint.note(by=sue, words=canary(state, "note"))


def _hear(world: World, state: str, complaint: Complaint) -> None:
    sue, subject = world.people["supervisor"], complaint.subjects.get()
    complaint.hear(by=sue, subject=subject, words=canary(state, "substance"))
    complaint.record_answer(by=sue, subject=subject, words=canary(state, "answer"))


def _decide(world: World, state: str, complaint: Complaint) -> None:
    complaint.find(by=complaint.active.user, finding="partly", reasons=canary(state, "reasons"))
    complaint.decide(by=complaint.active.user, letter=canary(state, "letter"))


def _go_up(world: World, state: str, complaint: Complaint) -> None:
    complaint.escalate(by=world.town.system, why="complainant")


def _decide_again(world: World, state: str, complaint: Complaint) -> None:
    _go_up(world, state, complaint)
    complaint.find(by=complaint.active.user, finding="not", reasons=canary(state, "reasons"))
    complaint.decide(by=complaint.active.user, letter=canary(state, "letter"))


def _leave(world: World, state: str, complaint: Complaint) -> None:
    for who in ("manager", "director", "deputy", "cao"):
        complaint.name_witness(by=world.people["overseer"], user=world.people[who])
    _go_up(world, state, complaint)


STEPS = (_investigate, _hear, _decide)
DEPTH = {
    "intake": 0, "investigated": 1, "heard": 2, "decided": 3, "second": 3, "seconddecided": 3, "outside": 3, "closed": 3
}  # fmt: skip
ENDS = {
    "second": _go_up, "seconddecided": _decide_again, "outside": _leave,
    "closed": lambda world, state, complaint: complaint.accept(by=world.town.system),
}  # fmt: skip
