"""townline clocks: work every running promise out again."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from tqdm import tqdm

from townline.cases.models import NEVER, Case
from townline.cases.proving import differing, mend, open_cases


class Command(BaseCommand):
    """Works the promises of all open cases out again from their history, and says which differ from what is stored."""

    help = "Work the promises of all open cases out again from their history, and say which differ from what is stored."

    def add_arguments(self, parser: CommandParser) -> None:
        """Only to look, or to mend as well."""
        parser.add_argument("--mend", action="store_true", help="store what follows from the history")

    def handle(self, *args: Any, mend: bool, **options: Any) -> None:
        """Batch by batch, with a bar; ends with a line that says what was found."""
        found = list(self._found(mend))
        for reference in found[:20]:
            self.stdout.write(reference)
        said = "mended" if mend else "left as they are; --mend stores what follows"
        self.stdout.write(f"{len(found)} cases differ{f', {said}' if found else ''}.")

    def _found(self, is_to_mend: bool) -> Any:
        total = Case.objects.filter(due_at__lte=NEVER).count()
        with tqdm(total=total, unit=" cases", disable=None) as bar:
            for cases in open_cases():
                wrong = differing(cases)
                if is_to_mend:
                    mend(wrong)
                yield from Case.objects.filter(pk__in=wrong).order_by("pk").values_list("reference", flat=True)
                bar.update(len(cases))
