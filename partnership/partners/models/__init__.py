from partnership.partners.models.group import PeopleGroup
from partnership.partners.models.membership import Membership
from partnership.partners.models.partner import Partner

__all__ = ["Membership", "Partner", "PeopleGroup"]
