"""An election that is voted on while the portal is upgraded keeps its votes, and gets a key of its own."""

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from partnership.elections import ballot_keys
from partnership.elections.actions import clock
from partnership.elections.models import BallotBox, Election
from tests.partnership.elections.election_world import election_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

BEFORE, AFTER = [("elections", "0002_page_stamp")], [("elections", "0004_voter_change")]


def migrate(to):
    executor = MigrationExecutor(connection)
    executor.migrate(to)
    return executor.loader.project_state(to).apps


@pytest.fixture
def upgraded(settings, tmp_path, monkeypatch):
    """Leads back to the layout before; afterwards the layout is the present one, whatever happened."""
    settings.BALLOT_KEYS_DIR = tmp_path / "keys"
    monkeypatch.setenv("BALLOT_KEY", "as it was")
    yield
    monkeypatch.setenv("BALLOT_KEY", "lost")
    migrate(AFTER)


def opens_with(box, setting: str) -> bytes:
    """The votes of a box as the layout before sealed them."""
    made = HKDF(algorithm=SHA256(), length=32, salt=bytes(box.salt), info=f"ballot box {box.pk}".encode())
    sealed = bytes(box.sealed)
    return AESGCM(made.derive(setting.encode())).decrypt(sealed[:12], sealed[12:], None)


def test_votes_cast_before_the_upgrade_are_counted_after_it(upgraded, settings):
    world = election_of(candidates=2, state="voting")
    receipts = {world.cast(0, 1, 2), world.cast(1, 2)}
    old = migrate(BEFORE)
    assert not list(settings.BALLOT_KEYS_DIR.iterdir())
    box = old.get_model("elections", "BallotBox").objects.get()
    assert all(receipt.encode() in opens_with(box, "as it was") for receipt in receipts)
    migrate(AFTER)
    assert ballot_keys.is_kept(BallotBox.objects.get().key_name)
    receipts.add(world.cast(2, 1))
    assert set(world.close_voting().ballots.values_list("receipt", flat=True)) == receipts


def test_upgrade_with_another_key_changes_nothing_and_says_why(upgraded, settings, monkeypatch):
    world = election_of(candidates=2, state="voting")
    world.cast(0, 1)
    migrate(BEFORE)
    monkeypatch.setenv("BALLOT_KEY", "another")
    with pytest.raises(
        ValueError, match=r"set BALLOT_KEY as it was when voting opened.* to the SECRET_KEY of that time"
    ):
        migrate(AFTER)
    monkeypatch.setenv("BALLOT_KEY", "as it was")
    migrate(AFTER)
    assert world.close_voting().ballots.count() == 1


def test_upgrade_without_the_key_leads_to_holding_it_again(upgraded, monkeypatch):
    election_of(candidates=2, state="voting")
    migrate(BEFORE)
    monkeypatch.setenv("BALLOT_KEY", "lost")
    migrate(AFTER)
    clock.tick()
    assert Election.objects.get().cannot_be_counted
