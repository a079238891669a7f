"""Who is coming, counted: by place, by sector, by what they need. Counts carry no names."""

from collections import Counter
from dataclasses import dataclass, field

from django.db.models import Count

from assemblies.meetings.models import Meeting
from assemblies.registrations.models import Needs, Registration
from partnership.partners.models.partner import Partner, Sector

State = Registration.State
IN_ORDER = [State.REGISTERED, State.HELD, State.WAITING, State.OFFERED, State.CANCELLED, State.ATTENDED, State.ABSENT]


@dataclass
class Row:
    """A place or a sector, and how many people in each state."""

    label: str
    counts: Counter = field(default_factory=Counter)

    @property
    def words(self) -> str:
        """How many people are in each state that anybody is in, as "3 registered, 1 cancelled"."""
        return ", ".join(f"{self.counts[state]} {state.label}" for state in IN_ORDER if self.counts[state]) or "Nobody"


def by_place(meeting: Meeting) -> list[Row]:
    """People in each state for each place that takes part, and for those who named none, last."""
    rows = {part.place_id: Row(part.place.name) for part in meeting.meeting_places.select_related("place")}
    counted = meeting.registrations.order_by().values("place", "place__name", "state").annotate(people=Count("pk"))
    for line in counted:
        row = rows.setdefault(line["place"], Row(line["place__name"] or "No place given"))
        row.counts[line["state"]] += line["people"]
    return list(rows.values())


def by_sector(meeting: Meeting) -> list[Row]:
    """People in each state for each sector, worked out from the kind of their organisation."""
    rows: dict[Sector | None, Row] = {sector: Row(sector.label) for sector in Sector}
    rows[None] = Row("Not known")
    counted = meeting.registrations.order_by().values("kind", "state").annotate(people=Count("pk"))
    for line in counted:
        sector = Partner.SECTORS.get(line["kind"], Sector.OTHER) if line["kind"] else None
        rows[sector].counts[line["state"]] += line["people"]
    return [row for sector, row in rows.items() if sector or row.counts]


@dataclass(frozen=True)
class NeedsCount:
    """What people who hold a place need: counts for those who arrange it, and what they wrote in their own words."""

    access: list[tuple[str, int]]
    languages: list[tuple[str, int]]
    dietary: list[tuple[str, int]]
    expenses: list[tuple[str, int]]
    written: list[str]

    @property
    def nothing(self) -> bool:
        return not (self.access or self.languages or self.dietary or self.expenses or self.written)


def needs(meeting: Meeting) -> NeedsCount:
    """Counts what everybody with a place needs, without a name."""
    access: Counter[str] = Counter()
    languages: Counter[str] = Counter()
    dietary: Counter[str] = Counter()
    expenses: Counter[str] = Counter()
    written = []
    for need in Needs.objects.filter(registration__in=meeting.registrations.coming()).order_by("pk"):
        access.update(need.access)
        expenses.update(need.expenses)
        if need.language:
            languages[need.language.strip().capitalize()] += 1
        if need.dietary:
            dietary[need.dietary.strip().capitalize()] += 1
        if need.access_other:
            written.append(need.access_other)
    return NeedsCount(
        access=_named(access, Needs.Access),
        languages=languages.most_common(),
        dietary=dietary.most_common(),
        expenses=_named(expenses, Needs.Expense),
        written=sorted(written),
    )


def _named(counts: Counter, choices) -> list[tuple[str, int]]:
    return [(str(choice.label), counts[choice.value]) for choice in choices if counts[choice.value]]
