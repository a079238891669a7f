from partnership.interests.models.interest import Interest
from partnership.interests.models.interests_return import InterestsReturn

__all__ = ["Interest", "InterestsReturn"]
