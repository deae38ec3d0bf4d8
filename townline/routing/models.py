"""Which department and which queue a case goes to: the queues, and the rule lists in their versions."""

from townline.routing.queues import Deal, Queue, Turn
from townline.routing.rule_sets import RuleSet
from townline.routing.rules import Step

__all__ = ["Deal", "Queue", "RuleSet", "Step", "Turn"]
