"""What follows in this part when something has happened elsewhere."""

from townline.conduct.models import Behaviour
from townline.timeline.models import Event
from townline.timeline.reactions import reacts_to


@reacts_to("case.sealed")
def forget_the_case(event: Event) -> None:
    """A record of behaviour stays with its customer, and does not say any more with which case it came."""
    Behaviour.objects.filter(interaction__cases=event.subject_id).update(interaction=None)
    Behaviour.objects.filter(case=event.subject_id).update(case=None)
