"""Of what owners are reminded, and when: some days before it is due, on the day, then each week while it is late."""

from datetime import date

from django.conf import settings

from assemblies.follow_up.models import FollowUp

NOT_YET, SOON = "", "soon"


def stage_of(follow_up: FollowUp, today: date) -> str:
    """The reminder that the day asks for, as words that are another for each: "" while there is plenty of time.

    With the day it is due, so that after it was put off the reminders begin again.
    """
    days = (today - follow_up.due_on).days
    if days < -settings.REMIND_OF_ACTIONS_DAYS:
        return NOT_YET
    stage = SOON if days < 0 else f"late {days // settings.REMIND_LATE_ACTIONS_EVERY_DAYS}"
    return f"{follow_up.due_on.isoformat()} {stage}"
