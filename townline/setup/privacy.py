"""Personal information in this part: none is asked for, but a clerk could type some into a sample."""

from townline.setup.models import Sample

PERSONAL = {Sample: ["answers"]}
