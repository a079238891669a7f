"""Who took part in meetings, by sector: shown beside the seats a sector has."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count

from assemblies.registrations.models import Registration
from partnership.partners.models import Partner
from partnership.partners.models.partner import Sector

YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Attendance:
    """How many times people of a sector attended, and its part of all attendances whose sector is known."""

    sector: str
    people: int
    percent: int


def attendance(day: date) -> list[Attendance]:
    """Attendances at meetings in the year up to the day, by the kind of organisation people came from."""
    counted = (
        Registration.objects.filter(
            state=Registration.State.ATTENDED,
            meeting__starts_at__date__gt=day - YEAR,
            meeting__starts_at__date__lte=day,
        )
        .exclude(kind="")
        .order_by()
        .values_list("kind")
        .annotate(people=Count("pk"))
    )
    people: Counter = Counter()
    for kind, number in counted:
        people[Partner.SECTORS.get(kind, Sector.OTHER)] += number
    total = people.total()
    return [Attendance(s.label, people[s], round(100 * people[s] / total)) for s in Sector] if total else []
