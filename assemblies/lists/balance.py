"""Who is on a list by sector and kind of organisation, beside the mix that was aimed at."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count

from assemblies.lists.models import InvitationList, ListEntry, ListTarget
from partnership.partners.models import Partner
from partnership.partners.models.partner import Sector

NEAR = 5  # percentage points: nearer than this is near enough


@dataclass(frozen=True)
class Share:
    """The people of one sector: how many, which part of those whose sector is known, and the part aimed at."""

    sector: Sector
    people: int
    percent: int
    target: int | None
    short_by: int

    @property
    def label(self) -> str:
        return self.sector.label

    @property
    def target_at(self) -> int:
        """Where the mark of the target begins on a bar of 100, so that the whole mark shows."""
        return min(self.target or 0, 98)

    @property
    def words(self) -> str:
        """What the figures mean."""
        if self.target is None:
            return "No target"
        if self.short_by:
            return f"{self.short_by:,} more to reach it"
        return "Above the target" if self.percent > self.target + NEAR else "About right"


@dataclass(frozen=True)
class Balance:
    """The balance of one list."""

    total: int
    unknown: int
    shares: list[Share]
    kinds: list[tuple[str, int]]

    @property
    def has_target(self) -> bool:
        return any(share.target is not None for share in self.shares)

    @property
    def words(self) -> str:
        """The balance in one sentence."""
        if not self.total:
            return "Nobody is on the list yet."
        if self.total == self.unknown:
            return "We do not yet know what kind of organisation anyone comes from."
        if not self.has_target:
            return "No target mix is set for this list."
        lacking = [f"{share.label} ({share.percent}% of {share.target}%)" for share in self.shares if share.short_by]
        return f"Too few people yet from: {'; '.join(lacking)}." if lacking else "Close to the target mix."


def for_lists(lists: Iterable[InvitationList]) -> dict[int, Balance]:
    """Returns the balance of each list by its id. Two queries, however many lists."""
    ids = [each.pk for each in lists]
    kinds: dict[int, Counter] = defaultdict(Counter)
    rows = ListEntry.objects.filter(list__in=ids).order_by().values_list("list", "kind").annotate(people=Count("pk"))
    for list_id, kind, people in rows:
        kinds[list_id][kind] += people
    targets: dict[int, dict[str, int]] = defaultdict(dict)
    for list_id, sector, percent in ListTarget.objects.filter(list__in=ids).values_list("list", "sector", "percent"):
        targets[list_id][sector] = percent
    return {list_id: balance_of(kinds[list_id], targets[list_id]) for list_id in ids}


def balance_of(kinds: Counter, targets: dict[str, int]) -> Balance:
    """Returns the balance of people counted by kind ("" for not known) against percentages by sector."""
    total, unknown = sum(kinds.values()), kinds.get("", 0)
    known = total - unknown
    sectors: Counter[Sector] = Counter()
    for kind, people in kinds.items():
        if kind:
            sectors[Partner.SECTORS.get(Partner.Kind(kind), Sector.OTHER)] += people
    shares = [_share(sector, sectors[sector], known, targets.get(sector)) for sector in Sector]
    named = [(Partner.Kind(kind).label, people) for kind, people in kinds.most_common() if kind]
    return Balance(total, unknown, shares, named)


def _share(sector: Sector, people: int, known: int, target: int | None) -> Share:
    percent = round(people * 100 / known) if known else 0
    return Share(sector, people, percent, target, _short_by(people, known, percent, target))


def _short_by(people: int, known: int, percent: int, target: int | None) -> int:
    """How many more of the sector would bring the list to its target, if nobody else joined; 0 when near enough."""
    if not target or not known or percent > target - NEAR:
        return 0
    if target == 100:
        return known - people
    return -(-(target * known - 100 * people) // (100 - target))
