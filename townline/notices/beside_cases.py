"""What is going on, beside the case that belongs to it and along with the confirmation that we have it."""

from typing import Any

from django.db.models import QuerySet

from townline.cases.along import goes_along
from townline.cases.beside import Inner, stands_beside
from townline.cases.models import Case
from townline.notices.fitting import notices_of
from townline.notices.models import Gathered, Notice
from townline.notices.wording import in_lines


@stands_beside("notices", code="notice__code", name=Inner("notice__name"), status="notice__status")
def _notices(case: Any, user: Any) -> "QuerySet[Any]":
    """The notices that this case belongs to."""
    return Gathered.objects.filter(case=case, is_out=False).exclude(notice__status=Notice.Status.DRAFT)


@goes_along
def _say_what_is_going_on(case: Case) -> list[str]:
    """Each notice as a paragraph of the letter."""
    return ["\n".join(in_lines(notice)) for notice in notices_of(case)]
