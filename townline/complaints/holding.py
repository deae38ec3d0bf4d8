"""Files that come with a form that may have to come back: sealed in a draft of their own until the form is filed."""

import secrets
from collections.abc import Iterator
from typing import Any

from townline.accounts.models import User
from townline.complaints.evidence import taken_in
from townline.complaints.filing import begin_draft, files_of, keep_files, opened_files, remove_file
from townline.complaints.models import ComplaintDraft, Given
from townline.complaints.models.attaching import MOST_FILES
from townline.vault import door

TOKEN, KEPT = "holding", "kept"


class Holding:
    """What one member of staff brings with a form, in this browser; whatever else is wrong, good files stay."""

    def __init__(self, request: Any) -> None:
        self.key: str = request.session.setdefault("drafter", secrets.token_urlsafe(24))
        held = ComplaintDraft.objects.select_related("safe").filter(complaint=None, session_key=self.key)
        self.draft = held.filter(token=request.POST.get(TOKEN, "")).first()
        self.refused: list[str] = []
        if request.method == "POST":
            self._leave_out(request)
            self._take_in(request)

    @property
    def files(self) -> list[dict[str, Any]]:
        """What is held: name, title, kind and size."""
        return files_of(self.draft) if self.draft else []

    def opened(self) -> Iterator[Given]:
        """The files, one after the other."""
        return opened_files(self.draft) if self.draft else iter(())

    def destroy(self) -> None:
        """They lie with the complaint now."""
        if self.draft:
            safe = self.draft.safe
            door.shred(safe, by=User.objects.system())
            self.draft.delete()

    def _leave_out(self, request: Any) -> None:
        kept = request.POST.getlist(KEPT)
        for one in self.files:
            if self.draft and one["name"] not in kept:
                remove_file(self.draft, one["name"])

    def _take_in(self, request: Any) -> None:
        good, self.refused = taken_in(request, MOST_FILES - len(self.files))
        if good:
            self.draft = self.draft or begin_draft(self.key, "en")
            keep_files(self.draft, good)
