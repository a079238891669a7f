"""What the law of meetings lets change from time to time."""

from datetime import date

from django.core.exceptions import ImproperlyConfigured

from partnership.settings.base import env


def _period(said: str) -> tuple[date, date | None]:
    first, _, last = said.partition("/")
    try:
        return date.fromisoformat(first), date.fromisoformat(last) if last else None
    except ValueError as wrong:
        raise ImproperlyConfigured(
            "ONLINE_COUNTS_FOR_COUNCILS is a list of periods like 2020-04-04/2021-05-06, the last day left out while one runs."
        ) from wrong


# From which day to which a council body's members online count for its quorum: Coronavirus Act 2020, section 78 and the
# regulations under it. A change is announced; add its period when it is law.
ONLINE_COUNTS_FOR_COUNCILS = [
    _period(each) for each in env.list("ONLINE_COUNTS_FOR_COUNCILS", default=["2020-04-04/2021-05-06"])
]
