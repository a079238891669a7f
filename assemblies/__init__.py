"""Meetings: invitation lists, invitations, registrations, programme, papers, agenda, reminders."""
