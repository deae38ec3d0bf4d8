"""Which personal information stands here outside the vault: staff's own words, asked to name nobody."""

from townline.complaints.models import EmergencyAccess, FollowUp, RecordedRequest

PERSONAL = {EmergencyAccess: ["words"], FollowUp: ["words"], RecordedRequest: ["number"]}
