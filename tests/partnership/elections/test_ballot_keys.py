"""Keys of ballot boxes: written whole and for the portal alone, destroyed at the count, and never half way between."""

import os
import signal
import stat
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.checks import run_checks
from django.db import connection, connections, transaction
from django.test import Client
from django.utils import timezone

from partnership.elections import ballot_keys, sealing
from partnership.elections.actions import again, ballot_box, clock
from partnership.elections.actions import election as elections
from partnership.elections.models import BallotBox, Election
from partnership.outbox.models import Message
from partnership.refusals import Refusal
from tests import factories as make
from tests.partnership.elections.election_world import election_of


@pytest.fixture
def folder(settings, tmp_path) -> Path:
    settings.BALLOT_KEYS_DIR = tmp_path / "keys"
    return settings.BALLOT_KEYS_DIR


# --- the files ------------------------------------------------------------------------------------------------------


def test_key_is_a_file_that_only_the_portal_reads(folder):
    name = ballot_keys.make()
    assert len(ballot_keys.read(name)) == 32
    assert stat.S_IMODE((folder / name).stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert ballot_keys.read(ballot_keys.make()) != ballot_keys.read(name)


def test_key_never_takes_the_place_of_another(folder, monkeypatch):
    name = ballot_keys.make()
    key = ballot_keys.read(name)
    monkeypatch.setattr(ballot_keys.secrets, "token_hex", lambda _: name)
    with pytest.raises(ballot_keys.CannotKeepKeysError, match="File exists"):
        ballot_keys.make()
    assert ballot_keys.read(name) == key


def test_key_that_is_cut_short_or_away_is_no_key(folder):
    name = ballot_keys.make()
    (folder / name).write_bytes(b"short")
    for each in (name, "0" * 32):
        with pytest.raises(ballot_keys.NoKeyError):
            ballot_keys.read(each)
        assert not ballot_keys.is_kept(each)


def test_destroyed_key_is_overwritten_and_gone(folder):
    name = ballot_keys.make()
    os.link(folder / name, folder / "copy")  # shows what is left in the place where it was written
    assert ballot_keys.destroy(name)
    assert not (folder / name).exists()
    assert (folder / "copy").read_bytes() == bytes(32)
    assert not ballot_keys.destroy(name)


@pytest.mark.parametrize(
    ("mode", "inside", "words"),
    [
        (0o755, "", "Others on this machine can read"),
        (0o700, "MEDIA_ROOT", "is inside"),
        (0o700, "STATIC_ROOT", "is inside"),
    ],
)
def test_check_and_making_refuse_a_folder_that_others_reach(settings, tmp_path, mode, inside, words):
    settings.BALLOT_KEYS_DIR = tmp_path / "keys"
    settings.BALLOT_KEYS_DIR.mkdir(mode=mode)
    if inside:
        setattr(settings, inside, tmp_path)
    assert words in ballot_keys.why_not()
    with pytest.raises(ballot_keys.CannotKeepKeysError, match=words):
        ballot_keys.make()
    assert [error.id for error in run_checks(tags=["elections"])] == ["elections.E001"]


def test_folder_that_is_a_file_keeps_no_key(settings, tmp_path):
    settings.BALLOT_KEYS_DIR = tmp_path / "keys"
    settings.BALLOT_KEYS_DIR.write_text("")
    assert "is no folder" in ballot_keys.why_not()
    with pytest.raises(ballot_keys.CannotKeepKeysError):
        ballot_keys.make()


def test_folder_that_is_still_to_be_made_is_no_fault(folder):
    assert ballot_keys.why_not() == ""
    assert run_checks(tags=["elections"]) == []
    assert not folder.exists()


# --- elections ------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_election_is_not_announced_where_keys_cannot_be_kept(folder):
    world = election_of(state="draft")
    folder.mkdir(mode=0o755)
    with pytest.raises(Refusal, match=r"keys of ballot boxes cannot be kept\. Others on this machine can read"):
        elections.announce(election=world.election, by=make.StaffFactory())


@pytest.mark.django_db
def test_voting_does_not_open_where_keys_cannot_be_kept(folder):
    world = election_of(candidates=2)
    staff = make.StaffFactory()
    now = timezone.now()
    Election.objects.update(
        roll_freezes_at=now - timedelta(days=9),
        nominations_open_at=now - timedelta(days=9),
        nominations_close_at=now - timedelta(days=3),
        voting_opens_at=now - timedelta(days=1),
    )
    folder.mkdir(mode=0o755)
    clock.tick()
    clock.tick()
    world.election.refresh_from_db()
    assert (world.election.state, world.election.seed) == ("nominations", "")
    told = Message.objects.get(subject__startswith="Voting cannot open")
    assert "Others on this machine can read" in told.text
    client = Client()
    client.force_login(staff)
    assert f"Find out why voting in {world.election} has not opened" in client.get("/home/").text
    folder.chmod(0o700)
    clock.tick()
    world.election.refresh_from_db()
    assert world.election.state == "voting"
    assert [key.name for key in folder.iterdir()] == [BallotBox.objects.get().key_name]


@pytest.mark.django_db
def test_opening_that_fails_leaves_no_key(folder, monkeypatch):
    def fail(*args):
        raise OSError("no room")

    monkeypatch.setattr(clock.voter_emails, "voting_open", fail)
    world = election_of(candidates=2)
    with pytest.raises(OSError, match="no room"), transaction.atomic():
        clock._open_voting(world.election)
    assert not list(folder.iterdir())


@pytest.mark.django_db
def test_votes_can_be_counted_again_after_the_key_is_gone(folder):
    world = election_of(organisations=4, candidates=3, seats=2, state="voting")
    for number, ranking in enumerate([(1, 2), (2, 1), (3,), (1, 3)]):
        world.cast(number, *ranking)
    election = world.close_voting()
    assert not list(folder.iterdir())
    result = election.result
    clock.count_votes(election, [tuple(each) for each in election.ballots.values_list("ranking", flat=True)])
    assert election.result == result


@pytest.mark.django_db
def test_election_without_its_key_leads_to_one_page_and_is_held_again(folder):
    world = election_of(candidates=2, state="voting")
    staff = make.StaffFactory()
    world.cast(0, 1)
    (folder / BallotBox.objects.get().key_name).unlink()
    client, page = Client(), f"{world.election.get_absolute_url()}cannot-be-counted/"
    assert client.get(page).status_code == 404
    clock.tick()
    assert "This election cannot be counted" in client.get(page).text
    assert page in client.get(world.election.get_absolute_url()).text
    client.force_login(world.people[1])
    paper = f"{world.election.get_absolute_url()}vote/{world.voters[1].partner.slug}/"
    assert "Voting has stopped" in client.get(paper).text
    client.force_login(staff)
    assert page in client.get("/home/").text
    assert page in Message.objects.get(to_email=staff.email, subject__startswith="The votes cannot be counted").text
    assert "Cancel it and hold it again" in client.get(page).text
    answer = client.post(f"{world.election.get_absolute_url()}manage/hold-again/", follow=True)
    draft = Election.objects.exclude(pk=world.election.pk).get()
    assert answer.redirect_chain[-1][0] == f"{draft.get_absolute_url()}manage/edit/"
    assert "check its timetable" in answer.text
    world.election.refresh_from_db()
    assert (world.election.state, draft.state) == ("cancelled", "draft")
    assert set(draft.seats.all()) == set(world.seats)
    assert set(draft.roll.values_list("partner", "person")) == {
        (each.partner_id, each.person_id) for each in world.voters
    }
    assert not draft.roll.filter(voted=True).exists()
    with pytest.raises(Refusal, match="can be counted"):
        again.hold(election=draft, by=staff)


@pytest.mark.django_db
def test_key_that_is_back_before_the_clock_looks_saves_the_votes(folder):
    world = election_of(candidates=2, state="voting")
    world.cast(0, 1)
    folder.rename(folder.with_name("away"))
    clock.tick()
    folder.with_name("away").rename(folder)
    with pytest.raises(Refusal, match="can be counted"):
        again.hold(election=world.election, by=make.StaffFactory())
    assert ballot_box.can_be_opened(world.election)


@pytest.mark.django_db
def test_key_away_when_votes_are_destroyed_goes_once_it_is_back(folder):
    world = election_of(candidates=2, state="voting")
    away = folder.rename(folder.with_name("away"))
    elections.cancel(election=world.election, by=make.StaffFactory(), because="Wrong seat.")
    clock.tick()
    assert BallotBox.objects.emptied().exists()
    away.rename(folder)
    clock.tick()
    assert not list(folder.iterdir())
    assert not BallotBox.objects.exists()


# --- the machine stops ----------------------------------------------------------------------------------------------

TRACED = (ballot_keys.__file__, ballot_box.__file__, clock.__file__, sealing.__file__)


def killed_at(step: int, do) -> bool:
    """Does it in a process of its own that is killed before its line of that number; returns whether it was."""
    connection.close()  # the two must not speak over one
    child = os.fork()
    if child == 0:  # pragma: no cover - it never comes back
        # Where a browser runs in this thread, the child would find the connection made before it came, and speak over that:
        # nor may it close it, which would end it for both.
        _kept = connections["default"]
        del connections["default"]
        left = step

        def lines(frame, event, argument):
            nonlocal left
            if event == "line":
                left -= 1
                if left == 0:
                    os.kill(os.getpid(), signal.SIGKILL)
            return lines

        sys.settrace(lambda frame, event, argument: lines if frame.f_code.co_filename in TRACED else None)
        try:
            do()
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    until = time.monotonic() + 5
    while others_connected() and time.monotonic() < until:  # what it sent last may still be carried out
        time.sleep(0.01)
    return os.WIFSIGNALED(status)


def others_connected() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity "
            "WHERE datname = current_database() AND backend_type = 'client backend' "
            "AND state <> 'idle' AND pid <> pg_backend_pid()"
        )
        return cursor.fetchone()[0] > 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_machine_stops_at_any_line_of_the_count(folder):
    """Each time the election can be counted, or is counted with every vote; never neither, and in the end no key is left."""
    world = election_of(candidates=2, state="voting")
    receipts = {world.cast(0, 1, 2), world.cast(1, 2), world.cast(2)}
    Election.objects.update(voting_closes_at=timezone.now() - timedelta(minutes=1))
    box, sealed = BallotBox.objects.get(), bytes(BallotBox.objects.get().sealed)
    key = ballot_keys.read(box.key_name)
    seen, step = set(), 1
    while killed_at(step, clock.tick):
        election = Election.objects.get()
        if election.state == "voting":
            assert ballot_box.can_be_opened(election), f"at line {step} the votes were lost"
            assert not election.ballots.exists()
        else:
            assert set(election.ballots.values_list("receipt", flat=True)) == receipts
            assert election.result["ballots"] == 3
        seen.add((election.state, (folder / box.key_name).exists(), BallotBox.objects.exists()))
        if election.state == "counted":  # the next line is tried from the same beginning
            clock.tick()
            assert not list(folder.iterdir())
            election.ballots.all().delete()
            BallotBox.objects.all().delete()
            BallotBox.objects.create(election=election, key_name=box.key_name, sealed=sealed)
            ballot_keys._write(folder / box.key_name, key)
            Election.objects.update(state="voting", result=None)
        step += 1
    assert Election.objects.get().state == "counted"
    assert not list(folder.iterdir())
    assert {("voting", True, True), ("counted", True, True), ("counted", False, True)} <= seen


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_machine_stops_at_any_line_of_the_opening(folder):
    """Each time voting is open with its key, or opens a minute later."""
    world = election_of(candidates=2)
    now = timezone.now()
    Election.objects.update(
        roll_freezes_at=now - timedelta(days=9),
        nominations_open_at=now - timedelta(days=9),
        nominations_close_at=now - timedelta(days=3),
        voting_opens_at=now - timedelta(days=1),
    )
    step = 1
    while killed_at(step, clock.tick):
        election = Election.objects.get()
        assert election.state == "nominations" or ballot_box.can_be_opened(election)
        if election.state == "voting":
            break
        step += 1
    clock.tick()
    world.election.refresh_from_db()
    assert world.election.state == "voting"
    assert step > 20
