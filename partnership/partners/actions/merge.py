"""Two rows turn out to be one organisation: one absorbs the other, and nothing is lost. It can be undone."""

from dataclasses import dataclass

from django.conf import settings
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from partnership import audit, states
from partnership.partners.actions.partner import MANY
from partnership.partners.models import Membership, Merge, NotAlike, Partner
from partnership.partners.pointing import Pointer, pointer_of, pointers
from partnership.partners.rules import refuse_interested
from partnership.refusals import Refusal

FACTS = (
    "name", "kind", "summary", "neighbourhoods", "website", "email", "email_is_public", "phone", "phone_is_public",
    "address", "address_is_public", "ods_code", "gss_code", "charity_number", "company_number", "income_band",
)  # fmt: skip
UNIQUE = ("name", "ods_code", "charity_number", "company_number")
ENDED_BECAUSE = "They belonged to both organisations when these were made one."
AT_ONCE = 5000


@dataclass(frozen=True)
class Moving:
    """How many rows of one kind a merge moves."""

    words: str
    count: int


def objections(kept: Partner, absorbed: Partner) -> list[str]:
    """Returns why these two must not be made one, as the parts of the portal above this one say."""
    said = [import_string(path)(kept, absorbed) for path in settings.PARTNER_MERGE_OBJECTIONS]
    return [each for each in said if each]


def undo_objections(merge: Merge) -> list[str]:
    """Returns why these two must not become two again, as the parts of the portal above this one say."""
    said = [import_string(path)(merge) for path in settings.PARTNER_MERGE_UNDO_OBJECTIONS]
    return [each for each in said if each]


def what_moves(absorbed: Partner) -> list[Moving]:
    """Returns how many rows of each kind point at the one that is absorbed; kinds without any are left out."""
    counts: dict[str, int] = {}
    for pointer in pointers():
        counts[pointer.words] = counts.get(pointer.words, 0) + pointer.rows(absorbed).count()
    return [Moving(words, count) for words, count in sorted(counts.items()) if count]


@transaction.atomic
def merge(*, kept: Partner, absorbed: Partner, by, take: set[str] | frozenset[str] = frozenset()) -> Merge:
    """Makes `kept` and `absorbed` one. Every row that points at `absorbed` points at `kept` from now on.

    `take`: the facts that `kept` takes over; `absorbed`, which stays as a row without a page, keeps `kept`'s old ones.
    A row that cannot move, because `kept` has its like or its table refuses changes, stays where it is and is written
    down. Raises Refusal where they are the same, one is absorbed already, something objects, or staff have an interest.
    """
    kept, absorbed = _locked(kept, absorbed)
    if kept.pk == absorbed.pk:
        raise Refusal("These are the same organisation: choose two.")
    for each in (kept, absorbed):
        if each.state == Partner.State.MERGED:
            raise Refusal(f"{each} has already been merged into another organisation.")
    refuse_interested(by, kept, absorbed)
    if said := objections(kept, absorbed):
        raise Refusal(" ".join(said))
    row = Merge(kept=kept, absorbed=absorbed, by=by, was=absorbed.state)
    row.ended = _end_second_memberships(kept, absorbed)
    for pointer in pointers():
        _move(pointer, row)
    row.swapped = [[name, getattr(kept, name), getattr(absorbed, name)] for name in FACTS if name in take]
    _swap(kept, absorbed, row.swapped)
    states.move(absorbed, Partner.State.MERGED, merged_into=kept)
    row.save()
    audit.record(
        by=by, verb="partner.merged", subject=kept, absorbed=str(absorbed), rows=row.rows_moved, stayed=row.rows_stayed,
        revision=_next_revision(kept), fields=[*(name for name, *_ in row.swapped), *MANY],
    )  # fmt: skip
    return row


@transaction.atomic
def undo(*, merge: Merge, by) -> Merge:
    """Puts everything back: the facts, the rows that moved, the memberships that ended. Doing it twice changes nothing.

    What somebody changed or deleted since stays as they left it. Raises Refusal where a later merge of the same
    organisation must be undone first, something objects, or a row can no longer go back.
    """
    row = Merge.objects.select_for_update().get(pk=merge.pk)
    if row.undone_at:
        return row
    kept, absorbed = _locked(row.kept, row.absorbed)
    refuse_interested(by, kept, absorbed)
    later = Merge.objects.standing().filter(absorbed=kept).first()
    later = later or Merge.objects.standing().filter(kept=kept, pk__gt=row.pk).first()
    if later:
        raise Refusal(f"Undo the merge of {later} first: it came after this one.")
    if said := undo_objections(row):
        raise Refusal(" ".join(said))
    try:
        with transaction.atomic():
            _put_back(row, kept, absorbed)
    except IntegrityError as error:
        raise Refusal(
            "Something has been added since that prevents this, such as an organisation with the same name or number."
        ) from error
    row.undone_at, row.undone_by = timezone.now(), by
    row.save(update_fields=["undone_at", "undone_by"])
    audit.record(
        by=by, verb="partner.merge_undone", subject=kept, absorbed=str(absorbed), rows=row.rows_moved,
        revision=_next_revision(kept), fields=[*(name for name, *_ in row.swapped), *MANY],
    )  # fmt: skip
    return row


@transaction.atomic
def keep_apart(*, one: Partner, other: Partner, by) -> None:
    """Notes that these two, which seemed one, are two, so that nobody suggests them again. Doing it twice changes
    nothing. Raises Refusal where they are the same."""
    if one.pk == other.pk:
        raise Refusal("These are the same organisation: choose two.")
    lower, higher = sorted((one, other), key=lambda each: each.pk)
    _, is_new = NotAlike.objects.get_or_create(one=lower, other=higher, defaults={"by": by})
    if is_new:
        audit.record(by=by, verb="partner.kept_apart", subject=lower, other=str(higher))


def _next_revision(kept: Partner) -> int:
    """Whoever has its page open is told that it changed; the caller holds its lock."""
    Partner.objects.filter(pk=kept.pk).update(revision=kept.revision + 1)
    return kept.revision + 1


def _locked(kept: Partner, absorbed: Partner) -> tuple[Partner, Partner]:
    rows = Partner.objects.select_for_update(of=("self",)).filter(pk__in=[kept.pk, absorbed.pk]).order_by("pk")
    found = {row.pk: row for row in rows}
    return found[kept.pk], found[absorbed.pk]


def _end_second_memberships(kept: Partner, absorbed: Partner) -> list:
    """Somebody who belongs to both keeps the stronger membership; the other ends, and moves as history."""
    here = {row.user_id: row for row in kept.memberships.live()}
    ended = []
    for there in absorbed.memberships.live().filter(user__in=here):
        weaker = min((there, here[there.user_id]), key=_strength)
        ended.append([weaker.pk, weaker.state, weaker.reason])
        states.move(weaker, Membership.State.ENDED, reason=ENDED_BECAUSE)
    return ended


def _strength(membership: Membership) -> tuple[bool, bool]:
    return membership.state == Membership.State.ACCEPTED, membership.part == Membership.Part.OFFICER


def _move(pointer: Pointer, row: Merge) -> None:
    rows = pointer.rows(row.absorbed)
    if pointer.model is Partner:
        rows = rows.exclude(pk=row.kept_id)  # an organisation cannot be its own successor
    pks = list(rows.order_by("pk").values_list("pk", flat=True))
    moved, stayed = _moved(pointer, pks, row.kept)
    for found, kept_in in ((moved, row.moved), (stayed, row.stayed)):
        if found:
            kept_in.append({"model": pointer.label, "field": pointer.field, "rows": found})


def _moved(pointer: Pointer, pks: list, to: Partner) -> tuple[list, list]:
    """Moves many at once; where that fails it tries each half, until only the rows that cannot move are left."""
    if not pks:
        return [], []
    try:
        with transaction.atomic():
            _rows(pointer, pks).update(**{pointer.field: to})
    except DatabaseError:
        if len(pks) == 1:
            return [], pks
    else:
        return pks, []
    middle = len(pks) // 2
    halves = [_moved(pointer, half, to) for half in (pks[:middle], pks[middle:])]
    return halves[0][0] + halves[1][0], halves[0][1] + halves[1][1]


def _rows(pointer: Pointer, pks: list):
    return pointer.model._base_manager.filter(pk__in=pks)  # noqa: SLF001 - the manager that hides no row


def _swap(kept: Partner, absorbed: Partner, swapped: list) -> None:
    """Swaps the facts of the two; a unique one is cleared on one before the other takes it."""
    names = [name for name, *_ in swapped]
    let_go = {
        name: f"{absorbed.name[:150]} ({absorbed.pk})" if name == "name" else "" for name in names if name in UNIQUE
    }
    if let_go:
        Partner.objects.filter(pk=absorbed.pk).update(**let_go)
    Partner.objects.filter(pk=kept.pk).update(**{name: theirs for name, _, theirs in swapped})
    Partner.objects.filter(pk=absorbed.pk).update(**{name: ours for name, ours, _ in swapped})


def _put_back(row: Merge, kept: Partner, absorbed: Partner) -> None:
    states.move(absorbed, row.was, merged_into=None)
    still_here = dict(kept.memberships.live().values_list("user_id", "state"))
    as_merged = [each for each in row.swapped if getattr(kept, each[0]) == each[2]]
    _swap(absorbed, kept, as_merged)
    for each in row.moved:
        pointer = pointer_of(each["model"], each["field"])
        for start in range(0, len(each["rows"]), AT_ONCE):
            rows = _rows(pointer, each["rows"][start : start + AT_ONCE]).filter(**{pointer.field: kept})
            rows.update(**{pointer.field: absorbed})
    for pk, state, reason in row.ended:  # who has left since, left both
        users = [user for user, at in still_here.items() if at in (state, Membership.State.ACCEPTED)]
        ended = Membership.objects.filter(pk=pk, reason=ENDED_BECAUSE, user__in=users)
        states.move_all(ended, state, reason=reason)
