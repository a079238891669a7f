"""When owners are asked how their pledge goes: some days after the meeting, and on the day they said they look back at it."""

from datetime import date, timedelta

from django.conf import settings
from django.utils import timezone

from assemblies.pledges.models import Pledge
from partnership.dates import days_later

CAUGHT_UP_FOR = timedelta(days=21)  # who was not asked by then is asked at the next occasion
NOT_YET = ""


def review_day(meeting) -> date:
    """The day on which the owner of a pledge made at the meeting looks back at it, unless they choose another."""
    return timezone.localdate(days_later(meeting.ends_at, settings.PLEDGES_REVIEWED_AFTER_DAYS))


def occasion_of(pledge: Pledge, today: date) -> str:
    """The occasion that the day asks for, as words that are another for each; "" where there is none.

    Each run looks at how things are: one that is missed is caught up for three weeks.
    """
    met = timezone.localdate(pledge.meeting.ends_at)
    days = [(met + timedelta(days=after), f"{after}-days") for after in settings.PLEDGES_ASKED_AFTER_DAYS]
    days += [(pledge.review_on, f"review-{pledge.review_on.isoformat()}")]
    past = [each for each in days if each[0] <= today < each[0] + CAUGHT_UP_FOR]
    return max(past)[1] if past else NOT_YET
