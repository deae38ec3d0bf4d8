"""Photos and documents that answer a question: they come with a page, and stay with the draft at once."""

from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from townline.accounts.models import User
from townline.cases.carrying import bring_into, take_out, texts
from townline.cases.files import Shown, about
from townline.documents.models import Attachment
from townline.documents.uploading import left_out
from townline.portal.asking import Asking
from townline.questions.clean import most_files_in_words
from townline.questions.definition import Kind, Page, Question
from townline.questions.forms import PREFIX
from townline.ui.labels import labelled


class Photos:
    """The files of one draft, and what a page that was sent does to them.

    Whatever else is wrong on the page, good files are kept; pressing *Add* or
    *Remove* shows the page again and judges nothing.
    """

    def __init__(self, asking: Asking, request: Any) -> None:
        self.asking = asking
        self.request = request
        self.errors: dict[str, list[str]] = {}
        self.is_paused = False

    @cached_property
    def kept(self) -> dict[str, Attachment]:
        """What lies with the draft, by key; asked only for a form with a question for files."""
        pages = self.asking.definition.pages if self.asking.definition else ()
        if not any(question.kind == Kind.FILE for page in pages for question in page.questions):
            return {}
        found = self.asking.draft.enclosures.select_related("attachment").order_by("id")
        return {one.attachment.key: one.attachment for one in found}

    def shown(self) -> dict[str, Any]:
        """What a page shows of each file, by its key."""
        token = self.asking.draft.token
        return {key: vars(_shown(token, one)) | {"description": one.description} for key, one in self.kept.items()}

    @classmethod
    def of(cls, asking: Asking) -> list[Shown]:
        """The files that count, for the page that checks everything."""
        keys = set(texts(asking.resolved.answers)) if asking.resolved else set()
        found = cls(asking, None).kept
        return [_shown(asking.draft.token, attachment) for key, attachment in found.items() if key in keys]

    def typed(self, page: Page) -> Any:
        """What was typed on this page, with the keys of its files in it; new files are kept with the draft."""
        if self.request.method != "POST":
            return None
        data: MultiValueDict[str, Any] = MultiValueDict(dict(self.request.POST.lists()))
        questions = [question for question in page.questions if question.kind == Kind.FILE]
        for name, question in self._asked(page, questions):
            data.setlist(name, self._files_of(name, question))
        if not page.repeat and questions:
            self._keep(data, questions)
        return data

    def add_errors(self, form: Any) -> None:
        """Each file that was refused, at its question."""
        for name, sentences in self.errors.items():
            for sentence in sentences:
                form.add_error(name if name in form.fields else None, sentence)

    def _asked(self, page: Page, questions: list[Question]) -> list[tuple[str, Question]]:
        if not page.repeat:
            return [(f"{PREFIX}-{question.id}", question) for question in questions]
        items = range(page.repeat.max)
        return [(f"{PREFIX}-{page.id}-{index}-{question.id}", question) for index in items for question in questions]

    def _files_of(self, name: str, question: Question) -> list[str]:
        post, files = self.request.POST, self.request.FILES
        keys = [key for key in dict.fromkeys(post.getlist(name)) if key in self.kept]
        if gone := post.get(f"{name}-remove"):
            self.is_paused = True
            keys = [key for key in keys if key != gone]
            take_out(self.asking.draft, gone)
        self.is_paused = self.is_paused or f"{name}-add" in post
        for key in keys:
            words = post.get(f"{name}-about-{key}", "")
            if words.strip() != self.kept[key].description:
                self.kept[key].describe(words)
        room = question.most_files - len(keys)
        sent = files.getlist(name)
        good, refused = bring_into(self.asking.draft, sent[:room], by=self._by, question=name)
        refused += [labelled(file, why) for field, file, why in left_out(self.request) if field == name]
        refused += [labelled(upload.name, most_files_in_words(question)) for upload in sent[room:]]
        if refused:
            self.errors[name.removeprefix(f"{PREFIX}-")] = refused
        self.kept.update({attachment.key: attachment for attachment in good})
        return keys + [attachment.key for attachment in good]

    def _keep(self, data: Any, questions: list[Question]) -> None:
        """At once, in case the rest of the page is never good."""
        draft, ids = self.asking.draft, {question.id for question in questions}
        answers = {one.id: keys for one in questions if (keys := data.getlist(f"{PREFIX}-{one.id}"))}
        draft.keep("answers", answers, "", among=ids)

    @property
    def _by(self) -> Any:
        user = self.request.user
        return user if user.is_authenticated else User.objects.system()


def _shown(token: str, attachment: Attachment) -> Shown:
    return Shown(
        name=attachment.description or attachment.original_name or _("File without a name"),
        alt=attachment.description or _("Photo without a description"),
        about=about(attachment.kind, attachment.size, attachment.width, attachment.height),
        small_url=reverse("portal:small_file", args=[token, attachment.key]) if attachment.is_picture else "",
        tone="draft",
    )
