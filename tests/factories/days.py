from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

LONDON = ZoneInfo("Europe/London")


def in_days(days: int, hour: int = 9, minute: int = 30) -> datetime:
    """Returns a time of day so many days from today, in London."""
    return datetime.combine(timezone.localdate() + timedelta(days=days), datetime.min.time(), LONDON).replace(
        hour=hour, minute=minute
    )
