"""When the owner of an action is told: at once, or after the meeting, with all that they took on there."""

from datetime import datetime, timedelta

from assemblies.follow_up.models import FollowUp

RECORDING_TAKES = timedelta(hours=24)  # after the end of a meeting; whoever records it says earlier that it is over


def is_told_at_once(follow_up: FollowUp, now: datetime) -> bool:
    """Whether nobody will say that its meeting is over: it was agreed at none, or that meeting's owners were told."""
    meeting = follow_up.meeting
    if meeting is None or meeting.ends_at + RECORDING_TAKES < now:
        return True
    return FollowUp.objects.filter(meeting=meeting, told_at__isnull=False).exclude(pk=follow_up.pk).exists()
