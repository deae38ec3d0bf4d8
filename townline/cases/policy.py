"""Who sees which cases, and who may do what with one of them."""

from django.db.models import Q
from django.utils import timezone

from townline.cases.drafting import Drafter
from townline.cases.models import Case, CaseAccess, Draft, Enclosure, Follower, Notification, Unsent, Weather
from townline.cases.own import theirs
from townline.cases.tracking import Passerby, Tracker
from townline.catalogue.models import Kind, Service
from townline.channels.models import Channel
from townline.core.access import Policy, policy, seen_by


@policy(Case)
class CasePolicy(Policy):
    """Staff see the cases of their departments and their own; the front desk sees all.

    A customer sees what they asked for; a tracker (who proved to know a
    reference, or holds the link from our mail) sees that case. A confidential
    case is seen only with a live access row, whoever asks.
    """

    def scope(self) -> Q:
        """What they may know of."""
        if isinstance(self.user, Tracker):
            return Q(self._tracked(self.user), is_confidential=False)
        if isinstance(self.user, Passerby):
            return Q(is_public=True, is_confidential=False) & ~Q(service__shares=Service.Shares.NOTHING)
        if self.user.is_anonymous or not self.user.is_active:
            return self.NOTHING
        granted = Q(pk__in=CaseAccess.objects.filter(user=self.user).live(timezone.now()).values("case_id"))
        return Q(self._ordinary(), is_confidential=False) | Q(granted, is_confidential=True)

    def _ordinary(self) -> Q:
        if self.user.is_customer:
            return self._asked_for()
        if self.user.holds("case.read_all"):
            return self.EVERYTHING
        if not self.user.holds("case.read"):
            return self.NOTHING
        mine = Q(department__in=self.user.department_ids) | Q(assignee=self.user)
        return mine | Q(assignee__in=self.user.covered_ids) if self.user.covered_ids else mine

    def _asked_for(self) -> Q:
        """By the few keys themselves: an OR over two joined tables could use no index of the cases."""
        points, family = theirs(self.user)
        return Q(customer__in=family) | Q(contact_point__in=points)

    @staticmethod
    def _tracked(tracker: Tracker) -> Q:
        """Proved to be known, or sent from the same browser: its drafts say which those are."""
        known = Q(pk__in=tracker.case_ids)
        sent = Draft.objects.filter(session_key=tracker.drafter, case__isnull=False)
        return known | Q(pk__in=sent.values("case_id")) if tracker.drafter else known

    def read(self, case: Case) -> bool:
        """Open it at the desk."""
        return self._is_employee()

    def track(self, case: Case) -> bool:
        """Open it on the portal, in words for the customer."""
        return not self._is_employee()

    def join(self, case: Case) -> bool:
        """Follow it from the portal, having heard of it there."""
        return isinstance(self.user, Passerby)

    def take(self, case: Case) -> bool:
        """Whoever works in its department."""
        return self._works_on(case)

    def assign(self, case: Case) -> bool:
        """Whoever supervises its department."""
        return self._supervises(case)

    def note(self, case: Case) -> bool:
        """Whoever works on cases and sees this one."""
        return self._is_employee() and self.user.holds("case.work") and self._is_plain(case)

    def resend(self, case: Case) -> bool:
        """Whoever works in its department, or has it."""
        return self._works_on(case) or self._has(case)

    def tell(self, case: Case) -> bool:
        """Whoever works in its department, or has it."""
        return self._works_on(case) or self._has(case)

    def contact(self, case: Case) -> bool:
        """Whoever takes contacts in, or works on cases, and sees this one."""
        takes = self.user.holds("intake.take") or self.user.holds("case.work") if self._is_employee() else False
        return takes and self._is_plain(case)

    def attach(self, case: Case) -> bool:
        """Staff who take contacts in or work on cases; and the customer whose case it is."""
        return not self._is_employee() or self.contact(case)

    def add(self, case: Case) -> bool:
        """The customer, on the page where they track it."""
        return not self._is_employee()

    def dispute(self, case: Case) -> bool:
        """The customer, on the page where they track it."""
        return not self._is_employee()

    def follow(self, case: Case) -> bool:
        """Whoever takes contacts in, or works on cases, lets somebody follow a case they see."""
        return self.contact(case)

    def unfollow(self, case: Case) -> bool:
        """Whoever may let somebody follow; followers themselves by `FollowerPolicy`."""
        return self.contact(case)

    def link(self, case: Case) -> bool:
        """Whoever works on cases and sees this one."""
        return self.note(case)

    def unlink(self, case: Case) -> bool:
        """Whoever works on cases and sees this one."""
        return self.note(case)

    def hide(self, case: Case) -> bool:
        """Whoever works in its department, or has it: what could hurt somebody should not wait."""
        return self._works_on(case) or self._has(case)

    def show_again(self, case: Case) -> bool:
        """Whoever supervises its department."""
        return self._supervises(case)

    def split(self, case: Case) -> bool:
        """The assignee, and whoever supervises."""
        return self._has(case) or self._supervises(case)

    def merge_into(self, case: Case) -> bool:
        """Whoever works in its department, and whoever takes contacts in for all of them."""
        return self._works_on(case) or (self.note(case) and self.user.holds("intake.take"))

    def unmerge(self, case: Case) -> bool:
        """Whoever may merge."""
        return self.merge_into(case)

    def message(self, case: Case) -> bool:
        """The assignee, and whoever supervises."""
        return self._has(case) or self._supervises(case)

    def step(self, case: Case) -> bool:
        """Whoever works in its department: a colleague may have done the visit."""
        return self._works_on(case) or self._has(case)

    def refile(self, case: Case) -> bool:
        """Whoever works in its department, and whoever takes contacts in and sees it."""
        return self._works_on(case) or (self._is_employee() and self.user.holds("intake.take"))

    def redirect(self, case: Case) -> bool:
        """The assignee, and whoever supervises."""
        return self._has(case) or self._supervises(case)

    def bring_to_supervisor(self, case: Case) -> bool:
        """Townline itself does this, never a person."""
        return False

    def make_formal(self, case: Case) -> bool:
        """Whoever heard it from the customer: those who take contacts in, and those who have the complaint."""
        return self._has(case) or self._supervises(case) or (self._is_employee() and self.user.holds("intake.take"))

    def seal(self, case: Case) -> bool:
        """Whoever may note that the customer wants it formal, and so writes the formal complaint down."""
        return self.make_formal(case)

    def pass_on(self, case: Case) -> bool:
        """The assignee, and whoever supervises."""
        return self._has(case) or self._supervises(case)

    def read_feedback(self, case: Case) -> bool:
        """The assignee, and whoever supervises."""
        return self._has(case) or self._supervises(case)

    def know_customer(self, case: Case) -> bool:
        """Who a customer is, is for those who look customers up; who complained of a neighbour, for fewer of them.

        Those who handle the complaint, and those who take contacts in.
        """
        if not self._is_employee() or not self.user.holds("customer.read"):
            return False
        if case.kind != Kind.BYLAW_COMPLAINT:
            return True
        return self._works_on(case) or self._has(case) or self.user.holds("intake.take")

    def wait(self, case: Case) -> bool:
        """The assignee, and whoever supervises."""
        return self._has(case) or self._supervises(case)

    def resume(self, case: Case) -> bool:
        """The assignee, and whoever supervises."""
        return self._has(case) or self._supervises(case)

    def classify(self, case: Case) -> bool:
        """Whoever works in its department."""
        return self._works_on(case)

    def prioritise(self, case: Case) -> bool:
        """Whoever works in its department."""
        return self._works_on(case)

    def begin(self, case: Case) -> bool:
        """Nobody: it follows from a weather event being over."""
        return False

    def reckon_anew(self, case: Case) -> bool:
        """Nobody: the command does it."""
        return False

    def close(self, case: Case) -> bool:
        """The assignee decides on their own; whoever supervises may too."""
        return self._has(case) or self._supervises(case)

    def hand_over(self, case: Case) -> bool:
        """Whoever works in its department, and whoever has it."""
        return self._works_on(case) or self._has(case)

    def give_back(self, case: Case) -> bool:
        """The assignee, and whoever supervises."""
        return self._has(case) or self._supervises(case)

    def send_on(self, case: Case) -> bool:
        """The assignee, and whoever supervises."""
        return self._has(case) or self._supervises(case)

    def deal(self, case: Case) -> bool:
        """Townline itself does this, by the queue; never a person."""
        return False

    def reopen(self, case: Case) -> bool:
        """Whoever works in its department."""
        return self._works_on(case)

    def acknowledge(self, case: Case) -> bool:
        """Whoever works in its department (by letter, where there is no e-mail)."""
        return self._works_on(case)

    def entrust(self, case: Case) -> bool:
        """Nobody by itself: a verb of the part that keeps the confidential matter does it."""
        return False

    def promise(self, case: Case) -> bool:
        """As `entrust`."""
        return False

    settle = fulfil = lengthen = revive = dispose = promise
    promise_reply = keep_reply = promise

    def _is_employee(self) -> bool:
        return bool(getattr(self.user, "is_employee", False))

    def _works_on(self, case: Case) -> bool:
        return self._is_theirs("case.work", case) and case.department_id in self.user.department_ids

    def _supervises(self, case: Case) -> bool:
        return self._is_theirs("case.supervise", case) and case.department_id in self.user.department_ids

    def _has(self, case: Case) -> bool:
        """It is theirs, or that of somebody who is away and whom they cover for."""
        if not self._is_theirs("case.work", case):
            return False
        return case.assignee_id == self.user.pk or case.assignee_id in self.user.covered_ids

    def _is_theirs(self, grant: str, case: Case) -> bool:
        return self._is_employee() and self.user.holds(grant) and self._is_plain(case)

    @staticmethod
    def _is_plain(case: Case) -> bool:
        """The verbs that keep plain words are not for a formal complaint, nor for what is disposed of."""
        return case.kind != Kind.FORMAL_COMPLAINT and case.disposed_at is None


@policy(Enclosure)
class EnclosurePolicy(Policy):
    """A file is known to whoever sees its case; to the customer, when it is shared with them.

    On its way, it is known to whoever types the draft.
    """

    def scope(self) -> Q:
        """What lies with a case or a draft that they may know of."""
        if isinstance(self.user, Drafter):
            return seen_by(self.user, Draft, "draft")
        seen = seen_by(self.user, Case, "case")
        return seen if getattr(self.user, "is_employee", False) else seen & Q(is_shared=True)

    def download(self, enclosure: Enclosure) -> bool:
        """Save the file itself; the small picture can be seen by whoever knows of it."""
        return not isinstance(self.user, Drafter)


@policy(Follower)
class FollowerPolicy(Policy):
    """A follower is known to themselves, and to the staff who see the case; of a confidential case there are none."""

    def scope(self) -> Q:
        """Whoever still follows."""
        return Q(self._known(), unfollowed_at=None, case__is_confidential=False)

    def _known(self) -> Q:
        if isinstance(self.user, Tracker):
            sent = Draft.objects.filter(session_key=self.user.drafter, interaction__isnull=False)
            mine = Q(interaction__in=sent.values("interaction_id")) if self.user.drafter else self.NOTHING
            return Q(pk__in=self.user.follower_ids) | mine
        if self.user.is_anonymous or not self.user.is_active:
            return self.NOTHING
        if self.user.is_customer:
            points, family = theirs(self.user)
            return Q(customer__in=family) | Q(contact_point__in=points)
        return seen_by(self.user, Case, "case")

    def track(self, follower: Follower) -> bool:
        """Open it on the portal."""
        return not bool(getattr(self.user, "is_employee", False))

    def unfollow(self, follower: Follower) -> bool:
        """They themselves, and staff who may do it on the case."""
        return self.track(follower) or CasePolicy(self.user).unfollow(follower.case)


@policy(Draft)
class DraftPolicy(Policy):
    """A draft is known to the browser that began it, and to the account it was begun with.

    One that a representative began is gone on with at the desk only.
    """

    def scope(self) -> Q:
        """Their own."""
        if not isinstance(self.user, Drafter):
            return self.NOTHING
        mine = Q(session_key=self.user.session_key) if self.user.session_key else self.NOTHING
        return mine | Q(user=self.user.user) if self.user.user else mine

    def ask(self, draft: Draft) -> bool:
        """Go on with it on the portal, submit it, or see what became of it."""
        return draft.channel == Channel.WEB

    def take(self, draft: Draft) -> bool:
        """Go on with it at the desk."""
        return draft.channel != Channel.WEB


@policy(Notification)
class NotificationPolicy(Policy):
    """Each their own, about cases that they may (still) know of."""

    def scope(self) -> Q:
        """What they were told."""
        if not getattr(self.user, "is_employee", False):
            return self.NOTHING
        return Q(user=self.user) & seen_by(self.user, Case, "case")

    def see(self, notification: Notification) -> bool:
        """The one who was told."""
        return bool(notification.user_id == self.user.pk)


@policy(Weather)
class WeatherPolicy(Policy):
    """Staff know of declared weather events; whoever holds the grant declares them, and declares them over."""

    def scope(self) -> Q:
        """All of them, for staff."""
        return self.EVERYTHING if getattr(self.user, "is_employee", False) else self.NOTHING

    def declare(self, weather: Weather) -> bool:
        """Whoever holds the grant."""
        return bool(self.user.holds("weather.declare"))

    def reword(self, weather: Weather) -> bool:
        """Whoever may declare."""
        return self.declare(weather)

    def end(self, weather: Weather) -> bool:
        """Whoever may declare."""
        return self.declare(weather)


@policy(Unsent)
class UnsentPolicy(Policy):
    """Whoever writes on a case can read what was begun there; only its author throws it away.

    It is asked for among the drafts of one case, which its reader sees.
    """

    def scope(self) -> Q:
        """Staff; the case was asked for before."""
        return self.EVERYTHING if getattr(self.user, "is_employee", False) else self.NOTHING

    def read(self, draft: Unsent) -> bool:
        """Whoever works on cases."""
        return bool(self.user.holds("case.work"))

    def discard(self, draft: Unsent) -> bool:
        """Its author."""
        return bool(draft.by_id == self.user.pk)
