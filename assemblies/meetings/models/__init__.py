from assemblies.meetings.models.feed import PersonalFeed
from assemblies.meetings.models.meeting import Follower, Meeting, MeetingMove, MeetingPlace

__all__ = ["Follower", "Meeting", "MeetingMove", "MeetingPlace", "PersonalFeed"]
