"""The filters of a work list: what may be asked, and nothing else."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _l

from townline.cases.models import Status
from townline.cases.models.case import CaseQuerySet
from townline.catalogue.models import Kind, Service
from townline.channels.models import Channel
from townline.desk.lists import WorkList


class FilterForm(forms.Form):
    """Each can be left open; together they narrow the list. What is not a choice is not asked."""

    status = forms.ChoiceField(label=_l("Status"), required=False)
    service = forms.ChoiceField(label=_l("Service"), required=False)
    kind = forms.ChoiceField(label=_l("Kind"), required=False)
    channel = forms.ChoiceField(label=_l("Channel"), required=False)

    def __init__(self, data: Any, *, shown: WorkList) -> None:
        super().__init__(data)
        services = Service.objects.filter(is_active=True).only("code", "name", "sort_key", "department")
        if shown.department:
            services = services.filter(department=shown.department)
        self.services = {service.code: service for service in services}
        choices: dict[str, list[tuple[str, Any]]] = {
            "status": [one for one in Status.choices if one[0] != Status.CLOSED or shown.which == "newest"],
            "service": [(code, str(service.name)) for code, service in self.services.items()],
            "kind": list(Kind.choices),
            "channel": list(Channel.choices),
        }
        for name, offered in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", _l("Any")), *offered]
        if shown.which == "closed":
            del self.fields["status"]

    @property
    def chosen(self) -> dict[str, str]:
        """The filters that are on."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def narrow(self, rows: CaseQuerySet) -> CaseQuerySet:
        """The rows that fit every filter."""
        chosen = dict(self.chosen)
        if code := chosen.pop("service", ""):
            rows = rows.filter(service=self.services[code])
        return rows.filter(**chosen)
