from assemblies.meetings.models.feed import PersonalFeed
from assemblies.meetings.models.meeting import Follower, Meeting, MeetingBoard, MeetingMove, MeetingPlace

__all__ = ["Follower", "Meeting", "MeetingBoard", "MeetingMove", "MeetingPlace", "PersonalFeed"]
