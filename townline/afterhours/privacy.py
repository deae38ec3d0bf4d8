"""Which personal information stands in this part: the numbers of staff on call. Callers stand in `customers`."""

from townline.afterhours.models import Page, Shift

PERSONAL = {
    Shift: ["phone"],
    Page: ["phone"],
}
