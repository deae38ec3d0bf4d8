"""The package: a complaint's whole file, for the complainant and, on consent or request, for the Ombudsman."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from townline.complaints.models.leading import Leading
from townline.complaints.models.people import Disclosure
from townline.complaints.models.procedure import LadderLevel, Procedure
from townline.complaints.models.states import Stage
from townline.core.refusals import NotPossible
from townline.core.verbs import verb
from townline.vault import door

HANDED_OVER = timedelta(days=7)
"""So long whoever released a package can open it, to hand it over."""


class Package(models.Model):
    """A file of files, made by the worker and sealed: the complaint as PDF and as data, letters, evidence, hashes."""

    class Variant(models.TextChoices):
        OWN = "own", _l("The complainant’s own copy")
        OMBUDSMAN = "ombudsman", _l("The Ombudsman’s copy")

    complaint = models.ForeignKey("complaints.Complaint", on_delete=models.PROTECT, related_name="packages")
    variant = models.CharField(max_length=10, choices=Variant)
    disclosure = models.ForeignKey(
        Disclosure, null=True, blank=True, on_delete=models.PROTECT, related_name="packages"
    )  # fmt: skip
    name = models.CharField(max_length=32, blank=True, db_index=True)
    size = models.PositiveBigIntegerField(default=0)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    sealed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.complaint_id} {self.variant}"

    @property
    def can_be_handed_over(self) -> bool:
        """Is it still on its way to the office that it was released to?"""
        held = self.disclosure is not None and self.disclosure.withdrawn_at is None
        return held and self.sealed_at is not None and timezone.now() < self.at + HANDED_OVER


class Packaging(Leading):
    """Asking for a package, releasing one, and keeping what was made."""

    class Meta:
        abstract = True

    @property
    def is_final_inside(self) -> bool:
        """Has the last level inside the municipality decided, or is the complaint with the office outside?"""
        if self.stage == Stage.OUTSIDE:
            return True
        above = LadderLevel.objects.filter(number__gt=self.level).exclude(held_by="")
        has_more = Procedure.objects.filter(is_ladder_adopted=True).exists() and above.exists()
        return self.stage in (Stage.DECIDED, Stage.CLOSED) and not has_more

    @verb
    def ask_for_package(self, *, by: Any) -> Package:
        """The complainant asks for their own copy of everything that is theirs; third parties are masked in it."""
        if not self.is_final_inside:
            raise NotPossible(_("The package is made when the last level within the municipality has decided."))
        if self.packages.filter(variant=Package.Variant.OWN, sealed_at=None).exists():
            raise NotPossible(_("It is being made already. Come back in a few minutes."))
        made: Package = self.packages.create(variant=Package.Variant.OWN, by=by)
        self.record("package_asked", by=by, package=made.pk)
        return made

    @verb
    def release(self, *, by: Any, disclosure: Disclosure) -> Package:
        """Give the whole file to the office outside, on a recorded consent or request."""
        self._must_still_be_for(by, "release")
        if not disclosure.holds_for(Disclosure.What.FILE):
            raise NotPossible(_("Record the complainant’s consent, or the Ombudsman’s request for the file, first."))
        disclosure.released_at = timezone.now()
        disclosure.save(update_fields=["released_at"])
        made: Package = self.packages.create(variant=Package.Variant.OMBUDSMAN, disclosure=disclosure, by=by)
        self.record("released", by=by, disclosure=disclosure.pk, ground=disclosure.ground, package=made.pk)
        return made

    @verb
    def seal_package(self, *, by: Any, package: Package, content: bytes) -> None:
        """Keep the package that was made; once."""
        held = self.packages.select_for_update(no_key=True).get(pk=package.pk)
        if held.sealed_at:
            raise NotPossible(_("This package was made already."))
        held.name = door.put_file(self.safe, "package", f"{self.case.reference}.zip", content, by=by)
        held.size, held.sealed_at = len(content), timezone.now()
        held.save()
        self.record("package_sealed", by=by, package=held.pk, variant=held.variant)
