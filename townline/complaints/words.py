"""The events of a confidential case and its complaint, as its timeline at the desk tells them."""

from django.utils.translation import gettext_lazy as _l

from townline.cases.timeline import WORDS

WORDS.update(
    {
        "case.entrusted": _l("Given to one person"),
        "case.promised": _l("A time was promised"),
        "case.fulfilled": _l("A promise was kept"),
        "case.lengthened": _l("The time was made longer"),
        "case.settled": _l("Ended"),
        "case.revived": _l("Opened again"),
        "case.sealed": _l("Became a formal complaint: everything on it was sealed"),
        "inquiry.sealed": _l("An inquiry of a member of Council was sealed"),
        "mail.sealed": _l("An e-mail was sealed"),
        "safe.revealed": _l("The file was opened"),
        "safe.refused": _l("Opening the file was refused"),
        "complaint.filed": _l("A formal complaint was filed"),
        "complaint.attached": _l("Photos or documents were added"),
        "complaint.opened_intake": _l("Put before the sealed intake"),
        "complaint.sent_on": _l("Sent on to who investigates"),
        "complaint.acknowledged": _l("The complainant was told that we have it"),
        "complaint.asked": _l("We wrote to the complainant"),
        "complaint.replied": _l("The complainant wrote"),
        "complaint.noted": _l("A note was sealed"),
        "complaint.heard": _l("The substance was put to the person complained about"),
        "complaint.answer_recorded": _l("Their answer was recorded"),
        "complaint.found": _l("A finding was recorded"),
        "complaint.decided": _l("Decided, with a letter"),
        "complaint.letter_sealed": _l("A letter was printed and sealed"),
        "complaint.extended": _l("The time was made longer, with reasons"),
        "complaint.escalated": _l("Taken to the next level"),
        "complaint.offered": _l("Offered to the next level: the promise ran out"),
        "complaint.taken_over": _l("Taken over by the next level"),
        "complaint.closed": _l("The complaint was closed"),
        "complaint.follow_up_set": _l("A remedy or lesson was set"),
        "complaint.follow_up_done": _l("A remedy or lesson was carried out"),
        "complaint.opened_in_emergency": _l("Emergency access"),
        "complaint.emergency_reviewed": _l("An emergency access was reviewed"),
        "complaint.request_recorded": _l("An access request was recorded"),
        "complaint.disclosed": _l("A consent or disclosure was recorded"),
        "complaint.consent_withdrawn": _l("A consent was withdrawn"),
        "complaint.released": _l("The file was released to the Ombudsman"),
        "complaint.package_asked": _l("The complainant asked for their package"),
        "complaint.package_sealed": _l("A package was made and sealed"),
        "complaint.witness_named": _l("A member of staff was named as a witness"),
        "complaint.relieved": _l("Given to the next, because whoever had it may not have it any more"),
        "complaint.told": _l("The complainant was told by e-mail that there is news"),
    }
)
