"""Which personal information stands in this part.

A mail points to its contact point; its text was written to the customer and is
removed with the case it belongs to.
"""

from townline.channels.models import Interaction, Mail

PERSONAL = {Interaction: ["summary"], Mail: ["subject", "body"]}
