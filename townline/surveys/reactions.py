"""What follows an end: a question some weeks later."""

from datetime import timedelta

from townline.accounts.models import Municipality
from townline.surveys.sending import ask_about
from townline.timeline.models import Event
from townline.timeline.reactions import reacts_to


@reacts_to("case.closed")
def ask_later(event: Event) -> None:
    """Ask in some weeks; whether there is still a reason to is judged then."""
    weeks = Municipality.objects.values_list("survey_weeks", flat=True).first()
    if weeks:
        ask_about.using(run_after=event.at + timedelta(weeks=weeks)).enqueue(case_id=event.subject_id)
