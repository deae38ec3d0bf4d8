"""Endpoints of customers: `POST /api/v1/customers/<id>/<verb>`, and of how they are reached."""

from ninja import Field, Router, Schema

from townline.accounts.keys import KeyedRequest
from townline.core.access import fetch, visible
from townline.customers.models import Accommodation, ContactPoint, Customer

router = Router(tags=["Customers"])
NO_NUL = r"^[^\x00]*$"


class CustomerOut(Schema):
    """A customer as another system with the right to know sees them."""

    id: int
    name: str
    kind: Customer.Kind
    language: str
    way: str
    text_format: str
    merged_into: int | None = Field(alias="merged_into_id")


class PointOut(Schema):
    """A way to reach a customer."""

    id: int
    kind: ContactPoint.Kind
    value: str
    key: str
    status: ContactPoint.Status
    is_preferred: bool
    verified_how: str
    replaced_by: int | None = Field(alias="replaced_by_id")


class AccommodationOut(Schema):
    """What a customer needs to be served."""

    id: int
    kind: Accommodation.Kind
    what_helps: str


class RenameIn(Schema):
    """How they are called."""

    name: str = Field(min_length=1, max_length=120, pattern=NO_NUL)


class PreferIn(Schema):
    """How they like to be answered; what is left out is no preference."""

    language: str = Field(pattern="^(en|fr)$")
    way: Customer.Way | None = None
    text_format: Customer.Format | None = None


class AccommodateIn(Schema):
    """What they need; never why."""

    kind: Accommodation.Kind
    what_helps: str = Field(default="", max_length=200, pattern=NO_NUL)


class PointIn(Schema):
    """Another way to reach them."""

    kind: ContactPoint.Kind
    value: str = Field(min_length=1, max_length=320, pattern=NO_NUL)


class CorrectIn(Schema):
    """What it should have been."""

    value: str = Field(min_length=1, max_length=320, pattern=NO_NUL)


class VerifyIn(Schema):
    """How it is known to be theirs."""

    how: ContactPoint.Proof


@router.post("/{pk}/open", response=CustomerOut)
def open_customer(request: KeyedRequest, pk: int) -> Customer:
    """Look at a customer; it leaves who did, and when."""
    customer = fetch(request.auth, Customer, "open", pk=pk)
    customer.open(by=request.auth)
    return customer


@router.post("/{pk}/rename", response=CustomerOut)
def rename(request: KeyedRequest, pk: int, naming: RenameIn) -> Customer:
    """Correct how the customer is called."""
    customer = fetch(request.auth, Customer, "rename", pk=pk)
    customer.rename(by=request.auth, name=naming.name)
    return customer


@router.post("/{pk}/prefer", response=CustomerOut)
def prefer(request: KeyedRequest, pk: int, wish: PreferIn) -> Customer:
    """Say how the customer likes to be answered."""
    customer = fetch(request.auth, Customer, "prefer", pk=pk)
    customer.prefer(
        by=request.auth, language=wish.language, way=wish.way or "", text_format=wish.text_format or ""
    )  # fmt: skip
    return customer


@router.get("/{pk}/accommodations", response=list[AccommodationOut])
def accommodations(request: KeyedRequest, pk: int) -> list[Accommodation]:
    """What the customer needs now."""
    customer = fetch(request.auth, Customer, "read", pk=pk)
    rows = Accommodation.objects.filter(customer__in=customer.family_ids, ended_at=None)
    return list(visible(request.auth, rows))


@router.post("/{pk}/accommodate", response=AccommodationOut)
def accommodate(request: KeyedRequest, pk: int, need: AccommodateIn) -> Accommodation:
    """Note what the customer needs to be served."""
    customer = fetch(request.auth, Customer, "accommodate", pk=pk)
    return customer.accommodate(by=request.auth, **need.model_dump())


@router.post("/accommodations/{pk}/end", response=AccommodationOut)
def end(request: KeyedRequest, pk: int) -> Accommodation:
    """It is needed no more."""
    accommodation = fetch(request.auth, Accommodation.objects.select_related("customer"), "end", pk=pk)
    accommodation.end(by=request.auth)
    return accommodation


@router.get("/{pk}/contact-points", response=list[PointOut])
def contact_points(request: KeyedRequest, pk: int) -> list[ContactPoint]:
    """Every way to reach the customer, those no longer used too."""
    customer = fetch(request.auth, Customer, "read", pk=pk)
    rows = ContactPoint.objects.filter(customer__in=customer.family_ids).order_by("id")
    return list(visible(request.auth, rows))


@router.post("/{pk}/add_point", response=PointOut)
def add_point(request: KeyedRequest, pk: int, point: PointIn) -> ContactPoint:
    """Note another way to reach the customer."""
    customer = fetch(request.auth, Customer, "add_point", pk=pk)
    return customer.add_point(by=request.auth, **point.model_dump())


@router.post("/contact-points/{pk}/correct", response=PointOut)
def correct(request: KeyedRequest, pk: int, right: CorrectIn) -> ContactPoint:
    """Replace it by the right one; answers the new one."""
    point = fetch(request.auth, ContactPoint, "correct", pk=pk)
    return point.correct(by=request.auth, value=right.value)


@router.post("/contact-points/{pk}/verify", response=PointOut)
def verify(request: KeyedRequest, pk: int, proof: VerifyIn) -> ContactPoint:
    """Note that it was shown to be theirs."""
    point = fetch(request.auth, ContactPoint, "verify", pk=pk)
    point.verify(by=request.auth, how=proof.how)
    return point


@router.post("/contact-points/{pk}/choose", response=PointOut)
def choose(request: KeyedRequest, pk: int) -> ContactPoint:
    """Use it first."""
    point = fetch(request.auth, ContactPoint, "choose", pk=pk)
    point.choose(by=request.auth)
    return point


@router.post("/contact-points/{pk}/retire", response=PointOut)
def retire(request: KeyedRequest, pk: int) -> ContactPoint:
    """Use it no more."""
    point = fetch(request.auth, ContactPoint, "retire", pk=pk)
    point.retire(by=request.auth)
    return point


@router.post("/contact-points/{pk}/restore", response=PointOut)
def restore(request: KeyedRequest, pk: int) -> ContactPoint:
    """Use it again."""
    point = fetch(request.auth, ContactPoint, "restore", pk=pk)
    point.restore(by=request.auth)
    return point
