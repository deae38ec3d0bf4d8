"""The words of a case as they are searched: a copy that can be made again at any time."""

from typing import Any

from django.db import models


class CaseWords(models.Model):
    """Everything that was said on one case, as plain words; never that of a confidential case.

    The copy follows the events by about a minute. What a case says when it becomes
    confidential goes from here in the same transaction (`saying.forget`).
    """

    case: Any = models.OneToOneField(
        "cases.Case", primary_key=True, on_delete=models.CASCADE, related_name="said_words"
    )
    text = models.TextField()

    def __str__(self) -> str:
        return f"words of {self.case_id}"


class WordsGathered(models.Model):
    """Up to which event the words of the cases have been gathered: one row."""

    upto = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.upto)
