"""Registrations: places at a meeting and the waiting list, answers to invitations, access needs, the day itself."""
