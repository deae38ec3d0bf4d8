"""The package itself: a ZIP of the complaint as PDF and as data, its letters and evidence, and their SHA-256 hashes."""

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from townline.accounts.models import User
from townline.complaints.dossier import FORMAT, VERSION, Dossier
from townline.complaints.models import Package
from townline.complaints.reading_copy import reading_copy
from townline.documents.passing import virus_in
from townline.documents.serving import ENDINGS
from townline.letters.printing import printed
from townline.vault import door

MOST_BYTES = 200_000_000
"""Evidence beyond that is listed and not enclosed."""


def packed(package: Package) -> bytes:
    """The whole package. Every file in it but the list of hashes itself stands in `manifest.json` and `SHA256SUMS`.

    Evidence is scanned on its way into it; while the scanner does not answer the job fails, and the queue asks again.
    """
    dossier = Dossier(package)
    with override(package.complaint.case.language):
        enclosed = list(_enclosed(dossier))
        listed = [told for told, _content in enclosed]
        data = dossier.as_data(listed)
        files = {told["file"]: content for told, content in enclosed if content is not None}
        files["complaint.json"] = _json(data)
        files["complaint.pdf"] = printed(reading_copy(data))
    sums = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    files["manifest.json"] = _json(_manifest(package, files, sums))
    files["SHA256SUMS"] = "".join(f"{sums[name]}  {name}\n" for name in sorted(sums)).encode()
    return _zipped(package, files)


def _enclosed(dossier: Dossier) -> Iterator[tuple[dict[str, Any], bytes | None]]:
    """Letters, then evidence: what is told of each, and its bytes where it lies in the package."""
    complaint, room = dossier.complaint, MOST_BYTES
    for number, letter in enumerate(complaint.letters.exclude(name=""), 1):
        content = _opened(dossier, letter.name)
        file = f"letters/{number:02}-{letter.what}-level-{letter.level}.pdf"
        yield _told(file, content, what=str(letter.get_what_display()), at=letter.at), content
    for number, piece in enumerate(complaint.evidence.all(), 1):
        if not dossier.may_hold(piece):
            dossier.withhold(_("Evidence that staff collected"), _("It may hold what concerns other people."))
            continue
        if piece.size > room:
            dossier.withhold(dossier.titles.get(piece.name, ""), _("It is too large for the package. Ask us for it."))
            continue
        room -= piece.size
        content = _opened(dossier, piece.name)
        if virus_in(content):
            dossier.withhold(dossier.titles.get(piece.name, ""), _("A virus was found in it. Nobody can open it."))
            continue
        file = f"evidence/{number:02}.{ENDINGS.get(piece.kind, piece.kind)}"
        yield _told(file, content, what=dossier.titles.get(piece.name, ""), at=piece.at), content


def _opened(dossier: Dossier, name: str) -> bytes:
    by = User.objects.system()
    return door.reveal_files(dossier.complaint.safe, by=by, purpose=dossier.purpose, names=[name])[0].content


def _told(file: str, content: bytes, *, what: str, at: Any) -> dict[str, Any]:
    moment = timezone.localtime(at).isoformat(timespec="seconds")
    return {
        "file": file, "what": what, "at": moment, "size": len(content), "sha256": hashlib.sha256(content).hexdigest(),
    }  # fmt: skip


def _manifest(package: Package, files: dict[str, bytes], sums: dict[str, str]) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "version": VERSION,
        "reference": package.complaint.case.reference,
        "variant": package.variant,
        "made_at": timezone.localtime(package.at).isoformat(timespec="seconds"),
        "files": [{"file": name, "size": len(files[name]), "sha256": sums[name]} for name in sorted(sums)],
    }


def _json(data: Any) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()


def _zipped(package: Package, files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    moment = timezone.localtime(package.at).timetuple()[:6]
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as whole:
        for name in sorted(files):
            whole.writestr(zipfile.ZipInfo(name, moment), files[name], zipfile.ZIP_DEFLATED)
    return made.getvalue()
