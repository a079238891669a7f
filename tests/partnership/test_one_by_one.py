"""Work on many things, each by itself."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from assemblies.invitations.actions import invitation_run
from assemblies.organising.actions import reminders
from partnership.boards import emails as board_emails
from partnership.boards.actions import notices
from partnership.one_by_one import one_by_one
from partnership.outbox.models import Message
from partnership.partners.actions import yearly_check
from partnership.posts.actions import application
from partnership.posts.models import Application, Post
from tests import factories as make
from tests.assemblies.invitations.inviting import listed


def test_what_fails_is_logged_and_the_rest_goes_on(caplog):
    assert one_by_one([4, 0, 2], lambda number: 8 // number, "the share of") == 6
    assert "the share of 0 could not be updated; the next run will try again" in caplog.text


def failing_at_first(act):
    """`act`, but the first call fails."""
    calls = []

    def fail(*args, **more):
        calls.append(args)
        if len(calls) == 1:
            raise ZeroDivisionError
        return act(*args, **more)

    return fail


@pytest.mark.django_db
def test_reminder_rule_that_fails_does_not_stop_the_next(monkeypatch):
    for _ in range(2):
        meeting = make.MeetingFactory(published_at=timezone.now() - timedelta(days=60), starts_at=make.in_days(5))
        make.ReminderRuleFactory(meeting=meeting, minutes=7 * 24 * 60)
        make.RegistrationFactory(meeting=meeting)
    monkeypatch.setattr(reminders, "_queue", failing_at_first(reminders._queue))
    assert [reminders.run_due(), reminders.run_due(), reminders.run_due()] == [1, 1, 0]


@pytest.mark.django_db
def test_organisation_that_fails_does_not_stop_the_yearly_check(monkeypatch):
    for _ in range(2):
        make.MembershipFactory(part="officer", partner__checked_on=timezone.localdate() - timedelta(days=500))
    monkeypatch.setattr(yearly_check, "recipients", failing_at_first(yearly_check.recipients))
    assert [yearly_check.ask_due(), yearly_check.ask_due()] == [1, 1]


@pytest.mark.django_db
def test_post_that_fails_does_not_keep_the_applications_of_others(monkeypatch):
    for _ in range(2):
        make.ApplicationFactory(post__decided_at=timezone.now() - timedelta(days=400), post__state="ended")
    monkeypatch.setattr(application, "_delete", failing_at_first(application._delete))
    assert Post.objects.count() == 2
    application.delete_due()
    assert Application.objects.count() == 1


@pytest.mark.django_db
def test_seat_that_fails_does_not_stop_the_other_notices(monkeypatch):
    for _ in range(2):
        officer = make.MembershipFactory(part="officer")
        make.SeatFactory(nominating_partner=officer.partner)
    monkeypatch.setattr(board_emails, "seat_notice", failing_at_first(board_emails.seat_notice))
    assert [notices.run(), notices.run(), notices.run()] == [1, 1, 0]
    assert Message.objects.count() == 2


@pytest.mark.django_db
def test_invitations_of_one_run_that_fails_do_not_stop_the_next(monkeypatch):
    for _ in range(2):
        meeting = make.MeetingFactory()
        listed(meeting, "Ann")
        invitation_run.invite(meeting=meeting, by=make.StaffFactory(), key=uuid4())
    monkeypatch.setattr(invitation_run, "_queue_some", failing_at_first(invitation_run._queue_some))
    later = timezone.now() + timedelta(hours=1)
    assert [invitation_run.resume(), invitation_run.resume(), invitation_run.resume(later)] == [1, 0, 1]
