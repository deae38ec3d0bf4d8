"""Endpoints that bring cases together: `POST /api/v1/cases/<reference>/<verb>`."""

from typing import Literal

from ninja import Field, Router, Schema

from townline.accounts.keys import KeyedRequest
from townline.accounts.models import Department
from townline.cases.api import NO_NUL, CaseOut, Text, case_for
from townline.cases.forms import LONGEST
from townline.cases.intake import Contact
from townline.cases.joining import join
from townline.cases.models import Case, Follower
from townline.channels.models import Channel
from townline.core.access import fetch

router = Router(tags=["Cases"])


class OtherIn(Schema):
    """The other case, by its reference."""

    other: str = Field(max_length=40, pattern=NO_NUL)


class FollowIn(Schema):
    """Who else told us of it: how to reach them, in which language, and what they said."""

    channel: Channel
    name: str = Field(min_length=1, max_length=120, pattern=NO_NUL)
    email: str = Field(default="", max_length=254, pattern=NO_NUL)
    phone: str = Field(default="", max_length=40, pattern=NO_NUL)
    language: Literal["en", "fr"] = "en"
    text: str = Field(default="", max_length=LONGEST, pattern=NO_NUL)


class FollowerOut(Schema):
    """A follower: who they are is not part of it."""

    follower: int


class SplitIn(Schema):
    """Which departments have a part in it, by their codes, and what they are asked to do."""

    departments: list[str] = Field(min_length=1, max_length=20)
    text: str = Text


class SaidIn(Schema):
    """What the customer says."""

    text: str = Text


@router.post("/{reference}/follow", response=FollowerOut)
def follow(request: KeyedRequest, reference: str, following: FollowIn) -> FollowerOut:
    """Somebody else tells us of the same matter: they hear of it too."""
    case = case_for(request, "follow", reference)
    contact = Contact(name=following.name, email=following.email, phone=following.phone)
    follower = join(
        case, by=request.auth, contact=contact, channel=following.channel, text=following.text,
        language=following.language,
    )  # fmt: skip
    return FollowerOut(follower=follower.pk)


@router.post("/{reference}/unfollow", response=CaseOut)
def unfollow(request: KeyedRequest, reference: str, unfollowing: FollowerOut) -> Case:
    """They hear of it no more."""
    case = case_for(request, "unfollow", reference)
    follower = fetch(request.auth, Follower, "unfollow", pk=unfollowing.follower, case=case)
    case.unfollow(by=request.auth, follower=follower)
    return case


@router.post("/{reference}/link", response=CaseOut)
def link(request: KeyedRequest, reference: str, linking: OtherIn) -> Case:
    """This case and another have to do with each other."""
    case = case_for(request, "link", reference)
    case.link(by=request.auth, other=case_for(request, "read", linking.other))
    return case


@router.post("/{reference}/unlink", response=CaseOut)
def unlink(request: KeyedRequest, reference: str, unlinking: OtherIn) -> Case:
    """They have nothing to do with each other after all."""
    case = case_for(request, "unlink", reference)
    case.unlink(by=request.auth, other=case_for(request, "read", unlinking.other))
    return case


@router.post("/{reference}/split", response=list[CaseOut])
def split(request: KeyedRequest, reference: str, splitting: SplitIn) -> list[Case]:
    """Ask other departments for their part, each in a case of its own."""
    case = case_for(request, "split", reference)
    departments = [fetch(request.auth, Department, "read", code=code) for code in splitting.departments]
    parts: list[Case] = case.split(by=request.auth, departments=departments, text=splitting.text)
    return parts


@router.post("/{reference}/merge_into", response=CaseOut)
def merge_into(request: KeyedRequest, reference: str, merging: OtherIn) -> Case:
    """Go on in another open case of the same customer, which is answered."""
    case = case_for(request, "merge_into", reference)
    other = case_for(request, "merge_into", merging.other)
    case.merge_into(by=request.auth, other=other)
    return case_for(request, "read", merging.other)


@router.post("/{reference}/unmerge", response=CaseOut)
def unmerge(request: KeyedRequest, reference: str) -> Case:
    """Come out of the case it was merged into."""
    case = case_for(request, "unmerge", reference, is_led_on=False)
    case.unmerge(by=request.auth)
    return case
