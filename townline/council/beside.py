"""What stands beside a case of members of Council: who asked about it, and whether they have their reply."""

from typing import Any

from django.db.models import QuerySet

from townline.cases.beside import Inner, stands_beside
from townline.core.access import visible
from townline.council.models import Inquiry

MOST = 20


@stands_beside(
    "inquiries", pk="pk", member=Inner("member__name"), whose="whose", consent="consent", answered="answered_at"
)
def _inquiries(case: Any, user: Any) -> "QuerySet[Any]":
    return visible(user, Inquiry.objects.filter(pk__in=Inquiry.objects.filter(case=case).values("pk")[:MOST]))
