from assemblies.organising.models.reminder import ReminderRule, ReminderRun
from assemblies.organising.models.series import MeetingSeries, SeriesMeeting

__all__ = ["MeetingSeries", "ReminderRule", "ReminderRun", "SeriesMeeting"]
