"""Five hundred people, and the proof that each was reached."""

from assemblies.invitations.models import InvitationRun
from partnership.outbox.models import Message
from tests.faults.pace import AT_ONCE

PEOPLE = 500


def check_everybody_has_exactly_one(run: InvitationRun, mail, kills=()) -> None:
    """One row, one email, one Message-ID each, accepted once: and once more for each kill it was in flight at."""
    copies = mail.copies()
    assert Message.objects.count() == PEOPLE
    assert set(copies) == set(Message.objects.values_list("to_email", "message_id"))
    assert len({recipient for recipient, _ in copies}) == PEOPLE
    accepted: dict[str, list[float]] = {}
    for _, recipient, at in mail.entries():
        accepted.setdefault(recipient, []).append(at)
    repeated = [at for times in accepted.values() for at in times[:-1]]
    assert all(any(0 <= kill - at < 0.5 for kill in kills) for at in repeated), "a repeat without a kill"
    assert len(repeated) <= len(kills) * AT_ONCE, "a kill repeats at most the one message each process holds"
    run.refresh_from_db()
    assert (run.queued, run.lease_until) == (PEOPLE, None)
