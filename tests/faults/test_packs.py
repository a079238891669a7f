"""A pack is made once, whatever dies while it is made."""

import pytest

from assemblies.papers.models import MeetingPack, PackFile
from tests import factories
from tests.assemblies.papers.packed import a_document, add_item, numbers, publish
from tests.faults.harness import portal, sink, valkey, wait_until
from tests.faults.pace import AT_ONCE, CAUGHT_UP, PATIENCE, SCALED

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, PATIENCE]
PAGES = [f"Page {number}" for number in range(1, 200)]


def test_worker_killed_in_the_middle_leaves_its_pack_to_another(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "media"
    meeting = factories.MeetingFactory()
    chair = factories.ChairFactory(seat__board=meeting.board).holder
    for title in ("Figures", "Letters"):
        add_item(meeting, title, a_document(meeting, f"Paper of {title}", *PAGES))
    with valkey() as broker, sink(tmp_path) as mail, portal(broker, mail, tmp_path, VAR_DIR=tmp_path, **SCALED) as them:
        publish(meeting, chair)
        them.beat()
        workers = [them.worker(AT_ONCE), them.worker(AT_ONCE)]
        wait_until(lambda: MeetingPack.objects.get().attempts > 0, seconds=CAUGHT_UP, what="a worker's start")
        for worker in workers:
            worker.kill()
        assert MeetingPack.objects.get().state == "waiting", "the kill has to hurt"
        for worker in workers:
            worker.start()
        wait_until(lambda: MeetingPack.objects.get().state == "ready", seconds=CAUGHT_UP + 60, what="the pack")
    pack, file = MeetingPack.objects.get(), PackFile.objects.get()
    assert pack.attempts == 2
    assert numbers(file) == [str(number) for number in range(1, pack.last_page + 1)]
