"""Who writes the questions of services."""

from typing import Any

from townline.accounts.policy import SetUpPolicy
from townline.core.access import policy
from townline.setup.models import FormDraft, Sample


@policy(FormDraft)
class FormDraftPolicy(SetUpPolicy):
    """Whoever edits the catalogue writes them; a draft is seen by whoever sees the set-up."""

    def begin(self, draft: Any) -> bool:
        """Whoever edits the catalogue."""
        return self._edits()

    def retitle(self, draft: FormDraft) -> bool:
        """Whoever edits the catalogue."""
        return self._edits()

    def add_page(self, draft: FormDraft) -> bool:
        """Whoever edits the catalogue."""
        return self._edits()

    def change_page(self, draft: FormDraft) -> bool:
        """Whoever edits the catalogue."""
        return self._edits()

    def move_page(self, draft: FormDraft) -> bool:
        """Whoever edits the catalogue."""
        return self._edits()

    def remove_page(self, draft: FormDraft) -> bool:
        """Whoever edits the catalogue."""
        return self._edits()

    def move(self, draft: FormDraft) -> bool:
        """Whoever edits the catalogue."""
        return self._edits()

    def remove(self, draft: FormDraft) -> bool:
        """Whoever edits the catalogue."""
        return self._edits()

    def publish(self, draft: FormDraft) -> bool:
        """Whoever edits the catalogue."""
        return self._edits()

    def discard(self, draft: FormDraft) -> bool:
        """Whoever edits the catalogue."""
        return self._edits()


@policy(Sample)
class SamplePolicy(SetUpPolicy):
    """Samples are kept by whoever writes the questions."""

    def accept(self, sample: Sample) -> bool:
        """Whoever edits the catalogue."""
        return self._edits()

    def drop(self, sample: Sample) -> bool:
        """Whoever edits the catalogue."""
        return self._edits()
