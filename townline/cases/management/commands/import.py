"""`townline import cases FILE --mapping FILE`: take over an extract of another system."""

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from tqdm import tqdm

from townline.accounts.models import Department
from townline.cases.importing.mapping import Mapping, MappingRefused, read_mapping
from townline.cases.importing.rows import Incoming, Reader, Reject, missing_columns, rows_of
from townline.cases.importing.writing import Importer, batches
from townline.cases.models import Case
from townline.catalogue.models import Service

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


class Command(BaseCommand):
    """Reads and checks everything, writes the rejects, and only then makes cases."""

    help = "Take cases over from another system's CSV extract. Each row becomes a case or a named reject."

    def add_arguments(self, parser: CommandParser) -> None:
        """What, from where, and by which mapping."""
        parser.add_argument("what", choices=["cases"], help="What the extract holds.")
        parser.add_argument("file", type=Path, metavar="FILE", help="The extract, as CSV with a heading.")
        parser.add_argument("--mapping", type=Path, required=True, help="The YAML file that says what becomes what.")
        parser.add_argument("--rejects", type=Path, help="Where rejects are written (default: FILE.rejects.csv).")
        parser.add_argument("--dry-run", action="store_true", help="Check everything and change nothing.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check, report, import."""
        file: Path = options["file"]
        mapping = self._mapping(options["mapping"], file)
        rejects_file = options["rejects"] or file.with_name(f"{file.name}.rejects.csv")
        checked = self._check(file, mapping, rejects_file)
        self.stdout.write(
            f"{checked['rows']} rows: {checked['good']} can be cases, {checked['known']} are known already, "
            f"{checked['rejected']} are rejected."
        )
        if checked["rejected"]:
            self.stdout.write(f"The rejects, with row, column and reason: {rejects_file}")
        if options["dry_run"]:
            self.stdout.write("This was a dry run. Nothing was changed.")
            return
        self.stdout.write(f"{self._write(file, mapping, checked['rows'])} cases were made.")

    def _mapping(self, path: Path, file: Path) -> Mapping:
        if not file.is_file():
            raise CommandError(f"There is no file {file}.")
        try:
            mapping = read_mapping(path)
        except MappingRefused as refused:
            raise CommandError(str(refused)) from None
        missing = missing_columns(file, mapping)
        if missing:
            raise CommandError(f"{file.name} has no column {', '.join(missing)}. Correct “columns” in {path.name}.")
        wanted = {target.service: target.new for target in mapping.types.values()}
        known = set(Service.objects.filter(code__in=wanted).values_list("code", flat=True))
        departments = set(Department.objects.values_list("code", flat=True))
        for code, new in wanted.items():
            if code not in known and new is None:
                raise CommandError(f"{path.name}: there is no service “{code}”. Name one, or say “new:” what it is.")
            if code not in known and new and new.department not in departments:
                raise CommandError(
                    f"{path.name}: there is no department “{new.department}” for the new service “{code}”. "
                    f"There are: {', '.join(sorted(departments))}."
                )
        return mapping

    def _check(self, file: Path, mapping: Mapping, rejects_file: Path) -> Counter[str]:
        """The first pass: count, and write every reject."""
        found: Counter[str] = Counter()
        known = Case.objects.filter(source=mapping.source)
        with rejects_file.open("w", encoding="utf-8", newline="") as out:
            rejects = csv.writer(out)
            rejects.writerow(["row", "number", "column", "value", "reason"])
            for batch in batches(self._read(file, mapping, "Checking")):
                found["rows"] += len(batch)
                for reject in (one for one in batch if isinstance(one, Reject)):
                    rejects.writerow([reject.row, *map(harmless, (reject.number, reject.column, reject.value)),
                                      reject.reason])  # fmt: skip
                    found["rejected"] += 1
                numbers = [one.number for one in batch if isinstance(one, Incoming)]
                found["known"] += known.filter(source_number__in=numbers).count()
        found["good"] = found["rows"] - found["rejected"] - found["known"]
        if not found["rejected"]:
            rejects_file.unlink()
        return found

    def _write(self, file: Path, mapping: Mapping, rows: int) -> int:
        """The second pass: one transaction a batch."""
        importer = Importer(mapping)
        made = 0
        for batch in batches(self._read(file, mapping, "Importing", rows)):
            made += importer.write([one for one in batch if isinstance(one, Incoming)])
        return made

    def _read(self, file: Path, mapping: Mapping, doing: str, total: int | None = None) -> Iterator[Incoming | Reject]:
        reader = Reader(mapping, timezone.now())
        bar = tqdm(rows_of(file, mapping), desc=doing, total=total, unit=" rows", mininterval=0.5)
        for row, fields in bar:
            yield reader.read(row, fields)


def harmless(text: str) -> str:
    """A text that a spreadsheet will not take for a formula."""
    return f"'{text}" if text.startswith(DANGEROUS) else text
