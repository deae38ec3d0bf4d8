"""A whole municipality out of a pack, with its cast at the desk."""

from townline.accounts.models import Department, Role, User
from townline.packs.apply import apply
from townline.packs.reading import find, read
from townline.site.town import CAST, ROLES, hire


class PackTown:
    """A municipality out of a pack, with the members of the cast who set it up."""

    def __init__(self) -> None:
        self.system = User.objects.system()
        apply(read(find("amherstburg")), by=self.system)
        front = Department.objects.get(is_front=True)
        for person in CAST:
            grants = ROLES[person.role]
            role, _made = Role.objects.get_or_create(
                code=f"test-{person.role}".replace("_", "-"),
                defaults={"name": {"en": person.role}, "grants": grants, "provenance": {"mark": "C"}},
            )
            setattr(self, person.key, hire(person, role, front))
