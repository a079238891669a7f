from partnership.partners.models.membership import Membership
from partnership.partners.models.partner import Partner

__all__ = ["Membership", "Partner"]
