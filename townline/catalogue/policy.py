"""Who sees how the catalogue is set up, and who may change it."""

from townline.accounts.policy import SetUpPolicy
from townline.catalogue.models import Body, CollectionNotice, Definition, RoadStandard, Service, Standard, Step, WrapUp
from townline.core.access import policy

for _model in (Service, Standard, CollectionNotice, Definition, RoadStandard, Step, WrapUp, Body):
    policy(_model)(SetUpPolicy)
