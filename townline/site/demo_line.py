"""The reporting line of the demonstration, with invented people in every supervising chair, and formal complaints.

Dana opens the sealed intake, Lea supervises Ada; those above cannot be signed in as, but are there for the ladder.
"""

import io
from datetime import timedelta

from django.utils import timezone
from PIL import Image

from townline.accounts.models import Position, Role, User
from townline.channels.models import Channel
from townline.complaints.filing import Filing, file, is_offered
from townline.complaints.models import Complaint, Given, Procedure
from townline.site.town import address_of

SUPERVISING = [level for level in Position.Level.values if level != Position.Level.STAFF]


def the_line_is_seated(people: dict[str, User]) -> None:
    """Give the cast their chairs, and everybody else's to invented people; once."""
    if not is_offered() or User.objects.filter(position__isnull=False).exists():
        return
    procedure = Procedure.objects.select_related("intake").get()
    _sit(people["dana"], procedure.intake)
    works = Position.objects.filter(department__in=people["ada"].departments.all(), is_active=True)
    _sit(people["lea"], works.filter(level=Position.Level.SUPERVISOR).order_by("pk").first())
    _sit(people["ada"], works.filter(level=Position.Level.STAFF).order_by("pk").first())
    for position in Position.objects.filter(level__in=SUPERVISING, is_active=True, holders=None).order_by("pk"):
        _invented(position)


def complaints_are_filed(people: dict[str, User]) -> None:
    """One about a service, with its supervisor; one about a person, at the sealed intake; one that went all the way."""
    if not is_offered() or Complaint.objects.exists():
        return
    service = next((one.code for one in people["ada"].departments.get().services.order_by("pk")), "")
    townline = User.objects.system()
    first = file(_filing("service", service), by=townline, channel=Channel.WEB, evidence=[_photo()])
    if active := first.active:
        words = "My name is Lea, and I look into it. You have my answer within ten business days."
        first.acknowledge(by=active.user, words=words)
    file(_filing("staff", ""), by=townline, channel=Channel.WEB)
    _goes_all_the_way(file(_filing("service", service), by=townline, channel=Channel.WEB, evidence=[_photo()]))
    _enough_to_be_counted(service, people["dana"])


def _enough_to_be_counted(service: str, dana: User) -> None:
    """So many that the figures of the oversight are not all too small to be shown; one was opened in an emergency."""
    townline = User.objects.system()
    made = [file(_filing("service", service), by=townline, channel=Channel.WEB) for _ in range(12)]
    for number, complaint in enumerate(made[:9]):
        if active := complaint.active:
            finding = "not" if number < 5 else "no_finding"
            complaint.find(by=active.user, finding=finding, reasons="Invented: the times of the calls were looked at.")
            complaint.decide(by=active.user, letter="We looked at the times of your calls.", remedies=["explanation"])
    if active := made[0].active:
        due = timezone.localdate() + timedelta(days=30)
        made[0].follow_up(by=active.user, kind="process", words="Promised calls are written down.", due_on=due)
    if dana.holds("complaint.oversee"):
        made[1].open_in_emergency(by=dana, reason="court", words="A tribunal asked for the dates, invented.")


def _goes_all_the_way(complaint: Complaint) -> None:
    """Each level decides, and the complainant is never content; then the package can be made and released."""
    has_ladder = Procedure.objects.filter(is_ladder_adopted=True).exists()
    while has_ladder and (active := complaint.active):
        complaint.find(by=active.user, finding="not", reasons="Invented: the calls were returned within the time.")
        letter = "We looked at the times of your calls. Each was returned within the time that we promise."
        complaint.decide(by=active.user, letter=letter, remedies=["explanation"])
        complaint.escalate(by=User.objects.system(), why="complainant", reason="I still think it took too long.")
        complaint.refresh_from_db()


def _photo() -> Given:
    picture = io.BytesIO()
    Image.linear_gradient("L").resize((320, 240)).convert("RGB").save(picture, "JPEG")
    return Given("invented photo.jpg", "jpeg", picture.getvalue())


def _filing(about: str, service: str) -> Filing:
    return Filing(
        about=about,
        about_service=service,
        manner=("unhelpful",) if about == "staff" else (),
        what="Invented complaint for the demonstration: nobody called back, although it was promised twice.",
        when="In the invented week before, in the morning",
        who="An invented member of staff at the counter",
        outcome="An explanation, and a call back",
        tried="Two calls, both invented",
        name="Nadia Invented",
        email="nadia.invented@townline.example",
        phone="905-555-0123",
        address="12 Invented Street, Sampleton L1C 9Z9",
    )


def _sit(person: User, position: Position | None) -> None:
    person.position = position
    person.save(update_fields=["position"])


def _invented(position: Position) -> None:
    """Somebody plainly invented in this chair."""
    user, is_new = User.objects.get_or_create(
        email=address_of(f"sample-{position.code}"),
        defaults={"kind": User.Kind.STAFF, "name": f"Sample {position.title}"[:120], "password": "!"},
    )
    if is_new:
        user.departments.set([position.department])
        role = Role.objects.filter(code__in=["manager", "supervisor"]).order_by("code").first()
        user.roles.set([role] if role else [])
    _sit(user, position)
