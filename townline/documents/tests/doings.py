"""The verbs of photos and documents, done once."""

from typing import Any

from townline.documents import reading
from townline.documents.models import Attachment
from townline.documents.tests import samples


def a_photo(town: Any) -> Attachment:
    return Attachment.bring(samples.upload(samples.picture()), by=town.ada)


def a_large_photo(town: Any) -> Attachment:
    return Attachment.bring(samples.upload(samples.picture(size=(3000, 2000))), by=town.ada)


DOINGS: dict[str, Any] = {
    "Case.attach": (
        lambda town: town.case("Lamp", assignee=town.ada),
        "ada",
        lambda case, town: case.attach(by=town.ada, attachments=[a_photo(town)]),
    ),
    "Attachment.prepare": (
        a_large_photo,
        "system",
        lambda photo, town: photo.prepare(by=town.system, found=reading.write_anew(photo.file)),
    ),
    "Attachment.judge": (a_photo, "system", lambda photo, town: photo.judge(by=town.system, found="")),
}
