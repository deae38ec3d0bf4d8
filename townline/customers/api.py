"""Endpoints of customers: `POST /api/v1/customers/<id>/<verb>`."""

from ninja import Field, Router, Schema

from townline.accounts.keys import KeyedRequest
from townline.core.access import fetch
from townline.customers.models import Customer

router = Router(tags=["Customers"])


class CustomerOut(Schema):
    """A customer as another system with the right to know sees them."""

    id: int
    name: str
    kind: Customer.Kind
    language: str


class RenameIn(Schema):
    """How they are called."""

    name: str = Field(min_length=1, max_length=120, pattern=r"^[^\x00]*$")


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
