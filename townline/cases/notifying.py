"""Telling staff something at their desk, once."""

from collections.abc import Iterable
from typing import Any

from townline.accounts.models import User
from townline.cases.models import Case, Notification


def notify(users: Iterable[User], case: Case, kind: str, *, key: str, by: Any = None) -> None:
    """Tell each of these people about this case; who was told the same thing before is not told again.

    `key` names the thing itself, such as `note:17` or `event:42`; `by` is the
    colleague it comes from, and nobody is told what they did themselves. What
    somebody may not see (any more) does not appear on their page.
    """
    told = [
        Notification(user=user, case=case, kind=kind, key=key, by=by)
        for user in users
        if user.is_employee and user.is_active and user != by
    ]
    Notification.objects.bulk_create(told, ignore_conflicts=True)
