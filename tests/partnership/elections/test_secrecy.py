"""Whoever reads the whole database, as it lies on the disk, cannot tell who voted what.

Votes are cast in an order we know. Then everything is dumped: each table in the order of its rows on the disk, with
the transaction that wrote each row and where it lies. Four attacks try to give each organisation its vote: by an
identifier or text both rows share, by time, by order, by transaction. The same attacks succeed where a vote is a row
written when it is cast, as `naive` does: a test that could not fail would prove nothing.
"""

import json
from dataclasses import dataclass
from itertools import pairwise

import pytest
from django.db import connection, transaction
from django.urls import reverse

from partnership import audit
from partnership.elections.actions import candidate, election
from partnership.elections.models import Ballot, BallotBox, Voter
from partnership.elections.sealing import new_receipt
from tests import factories as make
from tests.partnership.elections.election_world import election_of

pytestmark = pytest.mark.django_db(transaction=True)

ORDER = [4, 1, 6, 0, 7, 3, 5, 2]  # of casting: neither the roll's order nor the alphabet's


@dataclass(frozen=True)
class Row:
    table: str
    at: tuple[int, int]  # block and place on the disk
    transaction: int
    columns: dict[str, str]

    @property
    def texts(self) -> list[str]:
        return list(self.columns.values())


def dump() -> list[Row]:
    """Every row of every table, in the order in which it lies on the disk."""
    rows = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            if not table.startswith(("django_migrations", "django_content_type", "auth_permission")):
                cursor.execute(f'SELECT ctid::text, xmin::text, to_json(t)::text FROM "{table}" AS t')
                for place, wrote, values in cursor.fetchall():
                    at = tuple(int(part) for part in place.strip("()").split(","))
                    columns = {name: str(value) for name, value in json.loads(values).items()}
                    rows.append(Row(table, at, int(wrote), columns))
    return rows


@pytest.fixture
def world():
    return election_of(organisations=8, candidates=3, state="voting")


def rankings(number: int) -> tuple[int, ...]:
    """What the organisation of that place on the roll votes: each something else."""
    return [(), (1,), (2,), (3,), (1, 2), (2, 1), (3, 1), (3, 2, 1)][number]


def cast_all(world) -> dict[int, str]:
    return {number: world.cast(number, *rankings(number)) for number in ORDER}


def naive(world) -> dict[int, str]:
    """The naive way: a row for each vote, written when it is cast."""
    receipts = {}
    for number in ORDER:
        voter = world.voters[number]
        with transaction.atomic():
            receipts[number] = new_receipt()
            Ballot.objects.create(election=world.election, receipt=receipts[number], ranking=list(rankings(number)))
            Voter.objects.filter(pk=voter.pk).update(voted=True)
            name = str(voter.partner)
            audit.record(by=voter.person, verb="election.voted", subject=world.election, organisation=name)
    BallotBox.objects.all().delete()
    return receipts


# --- the attacks: each returns the pairs (organisation's row, ballot's row) it believes to belong together -----------


def of(rows: list[Row], table: str) -> list[Row]:
    return [row for row in rows if row.table == table]


def by_transaction(rows):
    """A vote and a mark that one transaction wrote; or the only two that lie close together in time."""
    voters, ballots = of(rows, "elections_voter"), of(rows, "elections_ballot")
    found = []
    for voter in voters:
        together = [each for each in ballots if each.transaction == voter.transaction]
        near = together or [each for each in ballots if abs(each.transaction - voter.transaction) <= 1]
        if len(near) == 1:
            found.append((voter, near[0]))
    return found


def in_order_of_voting(rows):
    """Organisations in the order in which the audit log says that they voted; where it does not, in the order in which
    their marks were written, by transaction and place on the disk."""
    entries = [row for row in of(rows, "audit_entry") if row.columns["verb"] == "election.voted"]
    if not entries:
        marked = [row for row in of(rows, "elections_voter") if row.columns["voted"] == "True"]
        return sorted(marked, key=lambda row: (row.transaction, row.at))
    named = [row.columns["details"] for row in sorted(entries, key=lambda row: int(row.columns["id"]))]
    partners = {row.columns["id"]: row.columns["name"] for row in of(rows, "partners_partner")}
    voters = of(rows, "elections_voter")
    return [voter for name in named for voter in voters if f"'{partners[voter.columns['partner_id']]}'" in name]


def by_order(rows):
    """The first that voted has the vote that lies first on the disk, and so on."""
    return list(
        zip(in_order_of_voting(rows), sorted(of(rows, "elections_ballot"), key=lambda row: row.at), strict=False)
    )


def by_number(rows):
    """The first that voted has the vote with the lowest number, and so on."""
    ballots = sorted(of(rows, "elections_ballot"), key=lambda row: int(row.columns["id"]))
    return list(zip(in_order_of_voting(rows), ballots, strict=False))


def by_shared_text(rows):
    """A receipt that stands in one other row of the database: of a voter, an email, a session, the audit log."""
    others = [row for row in rows if row.table != "elections_ballot"]
    found = []
    for ballot in of(rows, "elections_ballot"):
        receipt = ballot.columns["receipt"]
        found += [(row, ballot) for row in others if any(receipt in text for text in row.texts)]
    return found


def by_who_was_on_the_paper(rows, gone: int):
    """A vote that names somebody taken out was cast before that: by the one organisation that had voted by then."""
    went = {row.columns["verb"]: row.transaction for row in of(rows, "audit_entry")}["candidate.taken_out"]
    early = [row for row in in_order_of_voting(rows) if row.transaction < went]
    naming = [row for row in of(rows, "elections_ballot") if gone in json.loads(row.columns["ranking"])]
    return list(zip(early, naming, strict=True)) if len(early) == len(naming) == 1 else []


def right(world, receipts, pairs) -> int:
    """How many organisations the attack has matched with the vote they really cast."""
    numbers = {str(voter.pk): number for number, voter in enumerate(world.voters)}
    return sum(
        voter.table == "elections_voter" and receipts[numbers[voter.columns["id"]]] == ballot.columns["receipt"]
        for voter, ballot in pairs
    )


# --- what they find ---------------------------------------------------------------------------------------------------


def test_attacks_find_every_vote_that_is_cast_naively(world):
    receipts = naive(world)
    rows = dump()
    assert right(world, receipts, by_transaction(rows)) == len(ORDER)
    assert right(world, receipts, by_order(rows)) == len(ORDER)
    assert right(world, receipts, by_number(rows)) == len(ORDER)


def test_attack_by_shared_text_finds_a_receipt_kept_with_the_voter(world):
    receipts = naive(world)
    audit.record(by=None, verb="election.voted", subject=world.election, receipt=receipts[0])
    assert [row.table for row, _ in by_shared_text(dump())] == ["audit_entry"]


def test_while_people_vote_the_database_holds_no_vote_at_all(world):
    receipts = cast_all(world)
    rows = dump()
    assert not of(rows, "elections_ballot")
    assert len(of(rows, "elections_ballotbox")) == 1
    text = "\n".join(text for row in rows for text in row.texts)
    assert not [receipt for receipt in receipts.values() if receipt in text or receipt.replace("-", "") in text]
    raw = bytes(BallotBox.objects.get().sealed)
    assert not [receipt for receipt in receipts.values() if receipt.encode() in raw]


def test_two_copies_of_the_database_do_not_say_what_came_between_them(world):
    """Somebody copies the box before and after one vote: nothing is where it was, and only the number has changed."""
    cast_all_but_last = ORDER[:-1]
    for number in cast_all_but_last:
        world.cast(number, *rankings(number))
    before = bytes(BallotBox.objects.get().sealed)
    world.cast(ORDER[-1], *rankings(ORDER[-1]))
    after = bytes(BallotBox.objects.get().sealed)
    same = sum(a == b for a, b in zip(before, after, strict=False))
    assert same < len(before) / 10  # one byte in 256 is alike by chance
    assert len(after) - len(before) == (len(before) - 28) // len(cast_all_but_last)


@pytest.mark.parametrize("attack", [by_transaction, by_order, by_number, by_shared_text])
def test_after_publication_no_attack_does_better_than_chance(world, attack):
    """Guessing gives one right in eight on average. Over five elections of eight, twenty right of forty is a leak."""
    found = 0
    for _ in range(5):
        each = election_of(organisations=8, candidates=3, state="voting")
        receipts = cast_all(each)
        each.close_voting()
        pairs = attack(only_of(each, dump()))
        if attack is by_shared_text:
            assert not pairs
        found += right(each, receipts, pairs)
    assert found < 20


def test_name_that_was_taken_out_tells_nobody_who_had_voted_by_then(world):
    receipts = {4: world.cast(4, 3, 1)}
    candidate.take_out(nomination=world.candidates[2], by=make.StaffFactory(), because="Has left.")
    receipts |= {number: world.cast(number, 1, 2) for number in ORDER[1:]}
    as_marked = dump()  # who had voted by then: to be known while people vote
    assert len(in_order_of_voting(as_marked)) == len(ORDER)
    world.close_voting()
    assert by_who_was_on_the_paper(dump(), 3) == []
    Ballot.objects.filter(receipt=receipts[4]).update(ranking=[3, 1])  # as it would lie there with the name left on
    votes = of(dump(), "elections_ballot")
    assert right(world, receipts, by_who_was_on_the_paper(as_marked + votes, 3)) == 1


def only_of(world, rows: list[Row]) -> list[Row]:
    """Without the votes and marks of other elections, so that an attack has less to sift."""
    own = str(world.election.pk)
    return [row for row in rows if row.columns.get("election_id", own) == own]


def test_ballots_are_written_at_once_in_the_order_of_chance(world):
    receipts = cast_all(world)
    world.close_voting()
    ballots = of(dump(), "elections_ballot")
    assert len({row.transaction for row in ballots}) == 1
    on_disk = [row.columns["receipt"] for row in sorted(ballots, key=lambda row: row.at)]
    assert on_disk == sorted(receipts.values())


def test_count_leaves_no_order_in_which_organisations_voted(world):
    """While people vote the marks have one, on the disk and by transaction, with nothing in the box to join it to."""
    order = [str(world.voters[number].pk) for number in ORDER]
    cast_all(world)
    assert [row.columns["id"] for row in in_order_of_voting(dump())] == order
    world.close_voting()
    marks = of(dump(), "elections_voter")
    assert len({row.transaction for row in marks}) == 1
    on_disk = [int(row.columns["id"]) for row in sorted(marks, key=lambda row: row.at)]
    # the order of the roll, which begins again where an earlier page had room left
    assert sum(before > after for before, after in pairwise(on_disk)) <= 1
    assert not [row for row in of(dump(), "audit_entry") if row.columns["verb"] == "election.voted"]


@pytest.mark.parametrize("ends", ["counted", "cancelled"])
def test_withdrawn_reminders_keep_no_order_of_voting(world, ends):
    """A vote withdraws the voter's emails that have not left: while people vote, the rows say in which order."""
    cast_all(world)
    theirs = {number: f"election:{world.election.pk}:open:{world.voters[number].pk}" for number in ORDER}
    order = [theirs[number] for number in ORDER]
    assert in_order_of_withdrawing(dump()) == order
    if ends == "counted":
        world.close_voting()
    else:
        election.cancel(election=world.election, by=make.StaffFactory(), because="Held again in spring.")
    rows = dump()
    assert len({row.transaction for row in withdrawn(rows)}) == 1
    found = in_order_of_withdrawing(rows)
    assert set(found) >= set(order)
    assert [key for key in found if key in order] != order


def withdrawn(rows: list[Row]) -> list[Row]:
    return [row for row in of(rows, "outbox_message") if row.columns["state"] == "withdrawn"]


def in_order_of_withdrawing(rows: list[Row]) -> list[str]:
    return [row.columns["key"] for row in sorted(withdrawn(rows), key=lambda row: (row.transaction, row.at))]


def test_cast_vote_writes_box_mark_and_withdrawals_alone(world, client):
    """Through the pages, by somebody who is signed in: no session, time, draft, limit or entry of the audit log."""
    voter = world.voters[0]
    client.force_login(voter.person)
    address = reverse("election_vote_for", args=[world.election.slug, voter.partner.slug])
    checked = client.post(address, {"place_1": "1"})
    fields = {"place_1": "1", "receipt": checked.context["carried"], "cast": "yes"}
    before = dump()
    assert client.post(address, fields).context["receipt"]
    after = dump()
    written = {row.transaction for row in before}
    new = [row for row in after if row.transaction not in written]
    assert {row.table for row in new} == {"elections_ballotbox", "elections_voter", "outbox_message"}
    assert len(after) == len(before)  # and deletes nothing


def test_neither_table_has_a_time():
    for model in (Ballot, BallotBox, Voter):
        kinds = {field.get_internal_type() for field in model._meta.get_fields() if hasattr(field, "get_internal_type")}
        assert not kinds & {"DateTimeField", "DateField", "TimeField", "UUIDField"}


def test_box_is_gone_once_it_is_opened(world):
    cast_all(world)
    world.close_voting()
    assert not of(dump(), "elections_ballotbox")
