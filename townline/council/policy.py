"""Who takes in what members of Council ask, who answers it, and who says who they are."""

from django.db.models import Q

from townline.cases.models import Case
from townline.cases.policy import CasePolicy
from townline.core.access import Policy, policy, seen_by
from townline.council.models import Inquiry, Member


@policy(Member)
class MemberPolicy(Policy):
    """Known to whoever takes contacts in, works on cases, or looks after the setup."""

    def scope(self) -> Q:
        """All of them."""
        if not getattr(self.user, "is_employee", False):
            return self.NOTHING
        looks = ("intake.take", "case.work", "case.read_all", "catalogue.edit", "setup.read")
        return self.EVERYTHING if any(self.user.holds(grant) for grant in looks) else self.NOTHING

    def receive(self, member: Member) -> bool:
        """Whoever takes contacts in."""
        return bool(self.user.holds("intake.take")) and member.is_active

    def change(self, member: Member) -> bool:
        """Whoever edits the catalogue."""
        return bool(self.user.holds("catalogue.edit"))

    def seat(self, member: Member) -> bool:
        """Nobody by itself: it follows from the first inquiry."""
        return False


@policy(Inquiry)
class InquiryPolicy(Policy):
    """Known with its case; of a confidential case nobody knows any."""

    def scope(self) -> Q:
        """Those whose case they may know of."""
        if not getattr(self.user, "is_employee", False):
            return self.NOTHING
        return seen_by(self.user, Case, "case") & Q(case__is_confidential=False)

    def answer(self, inquiry: Inquiry) -> bool:
        """Whoever works on the case, and whoever takes such inquiries in."""
        return CasePolicy(self.user).tell(inquiry.case) or bool(self.user.holds("intake.take"))

    def note_consent(self, inquiry: Inquiry) -> bool:
        """Whoever may answer."""
        return self.answer(inquiry)

    def know_constituent(self, inquiry: Inquiry) -> bool:
        """Whoever may know customers."""
        return bool(self.user.holds("customer.read"))

    def hear(self, inquiry: Inquiry) -> bool:
        """Nobody by itself: it follows from a message on the case."""
        return False

    def seal(self, inquiry: Inquiry) -> bool:
        """Nobody by itself: it follows when the case becomes a formal complaint."""
        return False
