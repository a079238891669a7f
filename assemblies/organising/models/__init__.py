from assemblies.organising.models.reminder import ReminderRule, ReminderRun

__all__ = ["ReminderRule", "ReminderRun"]
