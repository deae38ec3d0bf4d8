"""A service as the portal would show it if it said what is typed."""

from typing import Any

from django.conf import settings

from townline.catalogue.models import Service, Standard
from townline.channels.models import Channel
from townline.setup.row_forms import RowForm


def preview(form: RowForm) -> dict[str, Any]:
    """The service of the form, kept nowhere, with the standards that hold for it."""
    written = form.written
    names = [name for name in form.table.fields if name != "questions"]
    service = Service(**{name: form.table.value(name, written) for name in names})
    known = Service.objects.filter(code=written["code"]).first()
    standards = Standard.objects.promised_for(known, channel=Channel.WEB) if known else []
    order = list(Standard.Promise.values)
    shown = sorted(standards, key=lambda one: order.index(one.promise))
    return {"service": service, "standards": shown, "languages": settings.LANGUAGES}
