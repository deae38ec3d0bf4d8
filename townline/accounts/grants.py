"""Everything a role can grant: the one list of what staff may be allowed to do.

A municipality composes its own roles from these, in its pack or in the desk. A
grant says what kind of work somebody may do; a policy adds whose work it is
(their department, their own case) and how things stand.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _l

GRANTS: dict[str, str | Promise] = {
    "intake.take": _l("Take in what a customer says, in any channel"),
    "case.read": _l("Read the cases of their departments"),
    "case.read_all": _l("Read the cases of every department"),
    "case.work": _l("Take, answer and close cases of their departments"),
    "case.supervise": _l("Assign, reopen and close anybody’s case in their departments"),
    "weather.declare": _l("Declare a significant weather event, and declare it over"),
    "customer.read": _l("Open a customer’s page"),
    "customer.edit": _l("Correct and merge what we know of a customer"),
    "complaint.oversee": _l("See where every formal complaint stands, without names, and open one in an emergency"),
    "complaint.foi": _l("Open a formal complaint to answer a recorded access request"),
    "afterhours.log": _l("Write down calls after hours; whoever holds this alone sees nothing else"),
    "records.dispose": _l("Place holds on records, and propose and approve what is disposed of"),
    "records.access": _l("Answer access requests, and keep the registers of breaches, disclosures and assessments"),
    "conduct.record": _l("Record what a customer said or did, and plan safety interventions"),
    "conduct.read": _l("Read records of behaviour, and why a restriction is needed"),
    "conduct.restrict": _l("Ask for restrictions, and look after them"),
    "mail.supervise": _l("See messages that could not be delivered, and send them again"),
    "jobs.supervise": _l("See background work that failed, and run it again"),
    "catalogue.edit": _l("Change services, standards, definitions and closures"),
    "routing.edit": _l("Change the rules that send cases to departments, and how queues are given out"),
    "setup.read": _l("See how this installation is set up"),
    "accounts.invite": _l("Invite staff and give them their roles"),
}


def is_grant(name: str) -> bool:
    """Is this something a role can grant?"""
    return name in GRANTS
