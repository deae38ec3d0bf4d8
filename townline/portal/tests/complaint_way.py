"""A formal complaint from the portal to the Ombudsman in Chromium, a step at a time, with a picture of each."""

import re
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from townline.complaints.models import Complaint, LadderLevel, OutsideOffice
from townline.complaints.testing import a_line, a_procedure
from townline.documents.tests.samples import with_gps
from townline.portal.tests.browsing import press

PICTURES = Path("/tmp/complaint-way")
BEGIN = datetime(2026, 11, 3, 10, 15, tzinfo=ZoneInfo("America/Toronto"))
EMAIL = "elodie@example.org"
TITLES = ["Supervisor", "Manager", "Director", "Deputy Chief Administrative Officer", "Chief Administrative Officer",
          "Municipal Ombudsman"]  # fmt: skip
CHAIRS = ["supervisor", "manager", "director", "deputy", "cao"]
SEND = "main form .govuk-button"


class Way:
    """The town, its browsers and its stopped clock."""

    def __init__(self, town, look, work, clock, findings):
        self.town, self.look, self.work, self.clock, self.findings = town, look, work, clock, findings
        self.line = a_line(town)
        a_procedure(town)
        for level, title in zip(LadderLevel.objects.all(), TITLES, strict=True):
            LadderLevel.objects.filter(pk=level.pk).update(title={"en": title, "fr": title})
        OutsideOffice.objects.create(
            code="ombudsman", name={"en": "Ombudsman (sample)", "fr": "Ombudsman (exemple)"}, phone="1-800-555-0199",
            from_on="2020-01-01",
        )  # fmt: skip
        self.number, self.faults, self.page = 0, [], None
        PICTURES.mkdir(exist_ok=True)

    @property
    def complaint(self):
        return Complaint.objects.get()

    def later(self, **more):
        """So much time goes by, and the worker does what is due."""
        self.clock.shift(timedelta(**more))
        self.work()

    def seen(self, page, name):
        """A picture, and what axe finds there."""
        self.number += 1
        page.screenshot(path=PICTURES / f"{self.number:02}-{name}.png", full_page=True)
        self.faults += [(name, one) for one in self.findings(page)]

    def files(self, prefix=""):
        """The complainant writes it down, page by page, with a photo."""
        page = self.look(f"{prefix}/complaint/", bypass_csp=True)
        self.seen(page, "about")
        press(page, SEND)
        page.check("[name=about][value=staff]")
        page.check("[name=manner][value=rude]")
        self._on(page, "about-what")
        page.fill("[name=what]", "The call was cut off twice.\n\nNobody called back.")
        for part, value in (("day", "2"), ("month", "11"), ("year", "2026")):
            page.fill(f"[name=when_on_{part}]", value)
        page.fill("[name=when_time]", "2:30 p.m.")
        page.fill("[name=who]", "A clerk at the roads counter.")
        self._on(page, "what-happened")
        page.fill("[name=outcome]", "An apology, and an answer about the ditch.")
        self._on(page, "what-you-want")
        photo = {"name": "ditch.jpg", "mimeType": "image/jpeg", "buffer": with_gps()}
        page.set_input_files("[name=add_files]", photo)
        press(page, "main form [name=add]")
        self._on(page, "evidence", "main form .govuk-button-group button:not([name])")
        page.fill("[name=name]", "Élodie Œuvrard")
        page.fill("[name=email]", EMAIL)
        page.fill("[name=address]", "77, rue des Érables\nBowmanville (Ontario)  L1C 9Z9")
        page.check("[name=both_languages]")
        self._on(page, "about-you")
        self._on(page, "check")
        self.seen(page, "filed")
        assert self.complaint.case.reference in page.content()

    def _on(self, page, name, button=SEND):
        self.seen(page, name)
        press(page, button)

    def is_sent_on(self):
        """The sealed intake names whom it is about."""
        page = self.at_desk("intake", "send_on")
        page.check(f"[name=subjects][value='{self.town.ada.pk}']")
        self._on(page, "sent-on")

    def at_desk(self, who, verb=""):
        """A page of the complaint, as this member of staff has it."""
        path = f"/desk/complaints/{self.complaint.case.reference}/"
        return self.look(f"{path}{verb}/" if verb else path, who=self.line[who], bypass_csp=True)

    def is_decided_by(self, who):
        """Opened, acknowledged, heard on the first level, found and decided, with letters in both languages."""
        self.is_opened_by(who)
        self._fills(
            who, "acknowledge", words="Nous examinons votre plainte.", other_words="We look into your complaint."
        )
        self.later(days=2)
        if who == "supervisor":
            self._fills(who, "hear", words="What happened on the phone that day?")
            self._fills(who, "record_answer", words="The line was cut.")
        self._fills(who, "find", reasons="The recording shows it.", finding="partly")
        self.later(days=1)
        words = {
            "letter": "Nous regrettons que l’appel ait été coupé.",
            "other_letter": "We regret that the call was cut.",
        }
        self._fills(who, "decide", **words, remedies="apology")
        self.later(minutes=5)

    def is_opened_by(self, who):
        """The file, for its purpose."""
        page = self.at_desk(who)
        self.seen(page, f"{who}-closed")
        press(page, "form[action$='/reveal/'] .govuk-button")
        assert "Élodie Œuvrard" in page.content()
        self.seen(page, f"{who}-open")

    def _fills(self, who, verb, **typed):
        page = self.at_desk(who, verb)
        for name, value in typed.items():
            if name in ("finding", "remedies"):
                page.check(f"[name={name}][value={value}]")
            else:
                page.fill(f"[name={name}]", value)
        self._on(page, f"{who}-{verb}")
        assert "govuk-error-summary" not in page.content()

    def comes_back(self, width=1280):
        """The complainant finds their page again, by reference and e-mail address."""
        page = self.look("/fr/track/", width=width, bypass_csp=True)
        page.fill("[name=reference]", self.complaint.case.reference)
        page.fill("[name=proof]", EMAIL)
        press(page, SEND)
        assert "/complaint/mine/" in page.url
        return page

    def asks_for_more(self, level):
        """Not satisfied: the next level."""
        page = self.comes_back()
        self.seen(page, f"decided-{level}")
        page.fill("[name=reason]", "On ne m’a pas répondu au sujet du fossé.")
        press(page, "form[action$='/next-level/'] .govuk-button")
        self.later(minutes=1)

    def saves(self, page, selector):
        """What a link or button gives, as bytes."""
        with page.expect_download() as found:
            page.click(selector)
        return Path(found.value.path()).read_bytes()

    def takes_the_package(self):
        """The complainant's own copy; and they agree that the Ombudsman gets the whole file."""
        page = self.comes_back()
        self.seen(page, "outside")
        press(page, "form[action$='/package/'] .govuk-button")
        press(page, "form[action$='/consent/'] .govuk-button")
        self.later(minutes=2)
        page.reload()
        self.seen(page, "package-ready")
        return self.saves(page, "a[href*='/package/']")

    def is_released(self):
        """The FOI coordinator gives the file to the Ombudsman, on that consent."""
        page = self.at_desk("foi", "release")
        page.check("[name=disclosure]")
        self._on(page, "release")
        self.later(minutes=2)
        page.reload()
        self.seen(page, "released")
        return self.saves(page, "form:has([value=ombudsman]) .govuk-button")


def without_space(text):
    """Text as it can be compared."""
    return re.sub(r"\s+", " ", text)
