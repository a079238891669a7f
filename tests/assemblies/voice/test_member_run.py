"""Writing to the members of many organisations: at once for who asks, in pieces for the worker, each person once."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assemblies.voice.actions import call as calls
from assemblies.voice.actions import call_reminder, member_run
from assemblies.voice.models import MemberRun
from assemblies.voice.tasks import tell_members
from partnership.accounts.models import User
from partnership.outbox.models import Message
from partnership.partners.models import Membership, Partner
from tests import factories as make
from tests.assemblies.voice.voice import over, sector
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db

NAMES = ["Aid", "Bees", "Cats", "Dogs", "Eels"]
LATER = timedelta(seconds=61)


def many(count: int) -> None:
    """So many organisations of the sector, each with a member, besides those there are."""
    User.objects.bulk_create(User(email=f"many.{number}@example.org", name=f"P {number}") for number in range(count))
    Partner.objects.bulk_create(
        Partner(name=f"Group {number}", slug=f"group-{number}", kind="vcfse", state="listed") for number in range(count)
    )
    people, partners = User.objects.filter(email__startswith="many."), Partner.objects.filter(slug__startswith="group-")
    rows = zip(people.order_by("pk"), partners.order_by("pk"), strict=True)
    Membership.objects.bulk_create(
        Membership(user=user, partner=partner, state="accepted", decided_at=timezone.now()) for user, partner in rows
    )


def told(kind: str = "call:") -> list[str]:
    return sorted(Message.objects.filter(key__startswith=kind).values_list("to_email", flat=True))


def test_opening_a_call_queues_no_mail_and_the_worker_does():
    here = sector(*NAMES)
    call = here.ask(emailed=False)
    assert not Message.objects.exists()
    assert (call.run.total, call.run.queued, call.run.finished_at) == (5, 0, None)
    tell_members()
    assert told() == [member.email for member in here.members]
    run = MemberRun.objects.get()
    assert (run.queued, run.finished_at is not None, run.lease_until) == (5, True, None)


def test_opening_a_call_query_count_is_constant():
    counts = []
    for size in (1, 300):
        with transaction.atomic():
            here = sector("Aid")
            many(size - 1)
            with CaptureQueriesContext(connection) as queries:
                call = here.ask(emailed=False)
            assert call.asked.count() == size
            counts.append(len(queries))
            transaction.set_rollback(True)
    assert counts[0] == counts[1]


@pytest.mark.parametrize("pieces", [1, 2, 3])
def test_another_worker_continues_and_everyone_is_asked_once(settings, pieces):
    settings.INVITATIONS_AT_ONCE = 2
    here = sector(*NAMES)
    call = here.ask(emailed=False)
    taken = member_run.leasing.take(MemberRun.objects, timezone.now())
    for _ in range(pieces):
        member_run._queue_some(taken)  # and after these it was killed
    assert member_run.resume() == 0
    assert member_run.resume(timezone.now() + LATER) == max(0, 5 - 2 * pieces)
    assert told() == [member.email for member in here.members]
    call.run.refresh_from_db()
    assert (call.run.queued, call.run.lease_until) == (5, None)


def test_piece_that_fails_half_way_leaves_nothing_behind():
    call = sector(*NAMES).ask(emailed=False)
    with pytest.raises(ZeroDivisionError), transaction.atomic():  # noqa: PT012 - what is undone is the point
        member_run._queue_some(call.run.pk)
        raise ZeroDivisionError
    assert not Message.objects.exists()
    assert member_run.resume() == 5


def test_person_of_two_organisations_gets_one_mail_that_names_both(settings):
    settings.INVITATIONS_AT_ONCE = 1
    here = sector("Aid", "Bees")
    make.MembershipFactory(user=here.members[0], partner=here.partners[1])
    here.ask()
    assert told() == ["aid@example.org", "bees@example.org"]
    assert "Aid and Bees" in Message.objects.get(to_email="aid@example.org").text


def test_who_stopped_calls_by_one_click_is_written_to_no_more(client):
    here = sector("Aid", "Bees")
    here.ask()
    mail = Message.objects.get(to_email="aid@example.org")
    assert mail.unsubscribe in mail.text
    client.post("/" + mail.unsubscribe.split("/", 3)[3], {"List-Unsubscribe": "One-Click"})
    here.ask(question="What of buses?")
    assert list(Message.objects.order_by("pk").values_list("to_email", flat=True)[2:]) == ["bees@example.org"]


def test_who_asks_and_who_left_are_not_written_to():
    here = sector("Aid", "Bees")
    make.MembershipFactory(user=here.holder, partner=here.partners[0])
    User.objects.filter(pk=here.members[1].pk).update(is_active=False)
    call = here.ask()
    assert told() == ["aid@example.org"]
    assert call.run.total == 1


@pytest.mark.parametrize("facts", [{"state": "cancelled"}, {"starts_at": timezone.now() - timedelta(minutes=1)}])
def test_call_that_is_over_before_everyone_is_asked_asks_nobody_else(settings, facts):
    settings.INVITATIONS_AT_ONCE = 2
    here = sector(*NAMES)
    call = here.ask(emailed=False)
    member_run._queue_some(call.run.pk)
    type(here.meeting).objects.update(**facts)
    assert member_run.resume(timezone.now() + LATER) == 0
    assert len(told()) == 2
    call.run.refresh_from_db()
    assert (call.run.standing, call.run.finished_at is not None) == ("2 of 5 people were emailed.", True)


def test_newcomers_are_asked_in_the_next_round_and_nobody_twice(settings):
    settings.INVITATIONS_AT_ONCE = 2
    here = sector(*NAMES)
    call = here.ask(emailed=False)
    member_run._queue_some(call.run.pk)
    here.join("Foxes")
    assert call_reminder.ask_newcomers() == 0
    member_run.resume(timezone.now() + LATER)
    assert len(told()) == 5
    assert calls.ask_newcomers(call=call) == 1
    assert told() == [member.email for member in here.members]


def test_report_back_is_sent_by_the_worker_in_pieces(settings):
    settings.INVITATIONS_AT_ONCE = 2
    here = sector(*NAMES)
    over(here.meeting)
    report = here.report(emailed=False)
    assert not Message.objects.exists()
    member_run._queue_some(report.run.pk)
    assert len(told("report-back:")) == 2
    assert member_run.resume(timezone.now() + LATER) == 3
    assert told("report-back:") == [member.email for member in here.members]


def test_only_the_asker_and_staff_see_the_progress_of_a_call(client, settings):
    settings.INVITATIONS_AT_ONCE = 2
    here = sector(*NAMES)
    call = here.ask(emailed=False)
    member_run._queue_some(call.run.pk)
    address = f"/calls/{call.pk}/"
    for person in (here.holder, make.StaffFactory()):
        page = sign_in(client, person).get(address).text
        assert "2 of 5 people have been emailed so far. You can leave this page" in page
        assert 'http-equiv="refresh"' in page
        part = client.get(f"{address}?part=progress").text
        assert part.startswith('<p class="govuk-body">2 of 5 people have been emailed so far.')
    member = sign_in(client, here.members[0])
    for page in (member.get(address), member.get(f"{address}?part=progress")):
        assert "people have been emailed" not in page.text
        assert "What do you think?" in page.text
    member_run.resume(timezone.now() + LATER)
    page = sign_in(client, here.holder).get(address).text
    assert "5 people were emailed." in page
    assert 'http-equiv="refresh"' not in page


def test_page_of_a_report_shows_how_far_it_has_come(client, settings):
    settings.INVITATIONS_AT_ONCE = 2
    here = sector(*NAMES)
    over(here.meeting)
    report = here.report(emailed=False)
    member_run._queue_some(report.run.pk)
    address = f"/reports-back/{report.pk}/"
    assert "2 of 5 people have been emailed so far." in sign_in(client, here.holder).get(address).text
    assert "2 of 5 people" in client.get(f"{address}?part=progress").text
    assert "people have been emailed" not in sign_in(client, here.members[0]).get(address).text


def test_call_to_organisations_without_accounts_says_so(client):
    here = sector()
    make.PartnerFactory(name="Nobody there")
    call = here.ask()
    page = sign_in(client, here.holder).get(f"/calls/{call.pk}/").text
    assert "Nobody was emailed: nobody in these organisations has an account here." in page
