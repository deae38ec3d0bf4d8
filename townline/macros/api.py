"""The endpoint of macros: `POST /api/v1/cases/<reference>/macro`."""

from ninja import Field, Router, Schema

from townline.accounts.keys import KeyedRequest
from townline.cases.api import NO_NUL, CaseOut
from townline.cases.models import Case
from townline.core.access import fetch
from townline.macros.models import Macro

router = Router(tags=["Cases"])


class MacroIn(Schema):
    """Which macro, by its code."""

    macro: str = Field(max_length=60, pattern=NO_NUL)


@router.post("/{reference}/macro", response=CaseOut)
def macro(request: KeyedRequest, reference: str, running: MacroIn) -> Case:
    """Do everything that a macro names to this case, or nothing."""
    case = fetch(request.auth, Case.objects.for_page(), "note", reference=reference)
    found = fetch(request.auth, Macro.objects.offered(case), "run", code=running.macro)
    found.run(by=request.auth, case=case)
    return case
