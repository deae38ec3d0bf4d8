"""A constituent who did not agree is not named on the case either, where the member of Council reads it."""

from typing import Any

from townline.cases.minding import minds_words
from townline.council.models import Inquiry


@minds_words
def _on_the_case(case: Any, text: str, for_followers: bool) -> None:
    """The member reads what is written to the customer when they are that, and to followers when they follow."""
    asked = Inquiry.objects.filter(case=case.pk, whose=Inquiry.Whose.CONSTITUENT).exclude(consent="given")
    for inquiry in asked.select_related("constituent"):
        if for_followers or not inquiry.was_known:
            inquiry.must_not_name(text)
