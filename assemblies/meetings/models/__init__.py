from assemblies.meetings.models.feed import PersonalFeed
from assemblies.meetings.models.follower import Follower
from assemblies.meetings.models.meeting import Meeting
from assemblies.meetings.models.meeting_move import MeetingMove
from assemblies.meetings.models.taking_part import MeetingBoard, MeetingPlace

__all__ = ["Follower", "Meeting", "MeetingBoard", "MeetingMove", "MeetingPlace", "PersonalFeed"]
