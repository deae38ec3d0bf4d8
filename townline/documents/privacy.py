"""Which personal information stands in this part: a photo may show anybody, and its name may be one."""

from townline.documents.models import Attachment

PERSONAL = {Attachment: ["original_name", "description"]}
