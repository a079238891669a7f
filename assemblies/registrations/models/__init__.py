from assemblies.registrations.models.calendar_reply import CalendarReply
from assemblies.registrations.models.exit_question import ExitAnswer, ExitQuestion
from assemblies.registrations.models.registration import Needs, Registration
from assemblies.registrations.models.unproved_answers import UnprovedAnswers

__all__ = ["CalendarReply", "ExitAnswer", "ExitQuestion", "Needs", "Registration", "UnprovedAnswers"]
