"""The public page of a meeting, lists of meetings, and calendars to subscribe to."""
