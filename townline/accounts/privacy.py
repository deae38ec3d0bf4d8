"""Which personal information stands in this part: what an account needs, and what an invitation says."""

from townline.accounts.models import Invitation, User

PERSONAL = {User: ["email", "phone", "name"], Invitation: ["address", "name"]}
