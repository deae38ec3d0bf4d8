"""Which cases those who keep the records may know of: all, but no complaint about them or that they saw.

A confidential case is shown to them by its pseudonym, its kind and its days, and by nothing else.
"""

from typing import Any

from django.db.models import Q

from townline.accounts.models import Municipality
from townline.cases.models import Case
from townline.complaints.ladder import chairs_of, line_above
from townline.complaints.models import Complaint
from townline.complaints.models.leading import chairs_now
from townline.core.references import read

NOT_THEIRS = "confidential"


def hidden_complaints(user: Any) -> Any:
    """Complaints about this person or anybody they report to, or that they saw: as good as not there."""
    chairs = chairs_now()
    above = [one for chair in chairs_of(chairs, [user.pk]) for one in line_above(chairs, chair.pk)]
    line = {user.pk, *(holder for chair in above for holder in chair.holders)}
    kept_out = Q(subjects__user__in=line) | Q(witnesses__user=user)
    return Complaint.objects.filter(kept_out).values("case_id")


def without_hidden(user: Any, cases: Any) -> Any:
    """Of these cases, the ones that may stand on a list of this reader."""
    return cases.exclude(pk__in=hidden_complaints(user))


def names_of(cases: Any) -> dict[int, str]:
    """How each case is called on the records pages: by its reference, a complaint by its pseudonym."""
    rows = list(cases)
    secret = [case.pk for case in rows if case.is_confidential]
    pseudonyms = dict(Complaint.objects.filter(case__in=secret).values_list("case_id", "pseudonym")) if secret else {}
    return {case.pk: (pseudonyms.get(case.pk, NOT_THEIRS) if case.is_confidential else case.reference) for case in rows}


def case_named(name: str, user: Any) -> Case | None:
    """The case meant by a reference, or by the pseudonym of a complaint; None for one this reader may not know of."""
    typed = name.strip()
    known = without_hidden(user, Case.objects.select_related("customer__merged_into"))
    complaint = Complaint.objects.filter(pseudonym__iexact=typed).first()
    if complaint:
        found: Case | None = known.filter(pk=complaint.case_id).first()
        return found
    reference = read(typed, Municipality.objects.values_list("prefix", flat=True).first())
    return known.filter(reference=reference, is_confidential=False).first() if reference else None
