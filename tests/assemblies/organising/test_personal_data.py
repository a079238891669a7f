"""What is deleted when: DOMAIN §3."""

from datetime import timedelta

import pytest
from django.utils import timezone

from assemblies.invitations.models import Invitation
from assemblies.organising.actions import personal_data
from assemblies.organising.tasks import delete_personal_data
from assemblies.registrations.models import ExitAnswer, Needs, Registration
from partnership import audit, retention
from partnership.audit.models import Entry
from tests.factories import ExitQuestionFactory, InvitationFactory, MeetingFactory, RegistrationFactory

pytestmark = pytest.mark.django_db


def person_of_meeting_ended(days: int) -> Registration:
    ended = timezone.now() - timedelta(days=days)
    meeting = MeetingFactory(starts_at=ended - timedelta(hours=3), ends_at=ended, state="held")
    person = RegistrationFactory(meeting=meeting)
    Needs.objects.create(registration=person, access=["bsl"], dietary="Halal")
    return person


def test_needs_are_deleted_after_30_days_and_not_before():
    person_of_meeting_ended(29)
    gone = person_of_meeting_ended(31)
    assert personal_data.delete_due()["needs"] == 1
    assert Needs.objects.count() == 1
    gone.meeting.refresh_from_db()
    assert gone.meeting.needs_deleted_at is not None
    assert Entry.objects.get(verb="meeting.needs_deleted").details == {"deleted": 1}


def test_attendees_are_deleted_after_a_year_and_answers_stay_nameless():
    kept, gone = person_of_meeting_ended(364), person_of_meeting_ended(366)
    InvitationFactory(meeting=gone.meeting)
    ExitAnswer.objects.create(
        question=ExitQuestionFactory(meeting=gone.meeting), registration=gone, text="Open our hall"
    )
    personal_data.delete_due()
    assert list(Registration.objects.all()) == [kept]
    assert not Invitation.objects.exists()
    assert ExitAnswer.objects.get().registration is None
    assert Entry.objects.get(verb="meeting.attendees_deleted").details["registrations"] == 1


def test_audit_of_a_deletion_holds_no_name():
    gone = person_of_meeting_ended(400)
    audit.record(by=None, verb="registration.confirmed", subject=gone)
    personal_data.delete_due()
    said = " ".join(str(entry.details) + entry.subject_label for entry in Entry.objects.all())
    assert gone.name not in said
    assert gone.email not in said


def test_days_are_settings_of_the_portal(settings):
    settings.NEEDS_KEPT_DAYS = 5
    person_of_meeting_ended(6)
    assert personal_data.delete_due()["needs"] == 1


def test_clock_runs_it_and_a_second_run_finds_nothing():
    person_of_meeting_ended(400)
    delete_personal_data()
    assert not Registration.objects.exists()
    assert set(personal_data.delete_due().values()) == {0}


@pytest.mark.parametrize("occasion", [retention.NEEDS, retention.ATTENDEES])
def test_meeting_that_fails_does_not_keep_the_data_of_later_ones(monkeypatch, caplog, occasion):
    bad, good = person_of_meeting_ended(400), person_of_meeting_ended(390)

    def fail(meeting):
        if meeting.pk == bad.meeting_id:
            raise ZeroDivisionError
        return {}

    monkeypatch.setitem(retention.DELETIONS, occasion, [*retention.DELETIONS[occasion], fail])
    personal_data.delete_due()
    rows = Needs.objects.values_list("registration", flat=True)
    left = rows if occasion == retention.NEEDS else Registration.objects.values_list("pk", flat=True)
    if occasion == retention.ATTENDEES:
        assert list(left) == [bad.pk]
    assert good.pk not in left
    assert f"meeting {bad.meeting_id} could not be updated" in caplog.text
    monkeypatch.undo()
    personal_data.delete_due()
    assert not Registration.objects.exists()
