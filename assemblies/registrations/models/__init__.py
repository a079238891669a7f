from assemblies.registrations.models.exit_question import ExitAnswer, ExitQuestion
from assemblies.registrations.models.registration import Needs, Registration

__all__ = ["ExitAnswer", "ExitQuestion", "Needs", "Registration"]
