"""Which personal information stands in this part: staff's own words about a hold or a list, asked to name nobody."""

from townline.records.models import Disposition, Hold

PERSONAL = {Hold: ["reason", "why_lifted"], Disposition: ["what_review_found"]}
