"""The two ways of saying no.

A refusal is an answer, not a fault: one middleware turns it into its page (or
its problem document), and the view that met it knows nothing of that.
"""


class Refusal(Exception):
    """A clear no, with a sentence for whoever asked."""

    status_code = 400


class NotAllowed(Refusal):
    """They may see the record, but this is not theirs to do: 403."""

    status_code = 403


class NotPossible(Refusal):
    """It cannot be done now, because of how things stand: 409."""

    status_code = 409
