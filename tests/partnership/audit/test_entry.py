"""The audit log is only ever added to: the database refuses anything else, whoever asks."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, IntegrityError, connection, transaction

from partnership import audit
from partnership.audit.models import Entry
from tests.factories import PartnerFactory, StaffFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry():
    audit.record(by=UserFactory(name="Ada"), verb="partner.listed", subject=PartnerFactory(name="Age UK"), seats=3)
    return Entry.objects.get()


def test_record_says_who_did_what_to_what(entry):
    entry.refresh_from_db()
    assert (entry.actor.name, entry.actor_label) == ("Ada", "Ada")
    assert (entry.verb, entry.act) == ("partner.listed", "Partner listed")
    assert (entry.subject_type, entry.subject_label) == ("partners.partner", "Age UK")
    assert entry.details == {"seats": 3}
    assert entry.at
    assert str(entry) == "partner.listed: Age UK"


def test_attendance_is_called_so_whatever_the_verb_was():
    assert Entry(verb="meeting.register_closed").act == "Meeting attendance closed"


@pytest.mark.parametrize("nobody", [None, AnonymousUser()])
def test_record_of_the_clock_or_a_personal_link_names_nobody(nobody):
    audit.record(by=nobody, verb="partner.listed", subject=PartnerFactory())
    entry = Entry.objects.get()
    assert (entry.actor, entry.actor_label) == (None, "")


def test_record_is_found_by_its_subject(entry):
    other = PartnerFactory()
    audit.record(by=None, verb="partner.listed", subject=other)
    assert [found.subject_id for found in Entry.objects.about(other)] == [str(other.pk)]


def test_record_goes_when_its_transaction_does():
    partner = PartnerFactory()

    def fails_after_recording():
        audit.record(by=None, verb="partner.listed", subject=partner)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        fails_after_recording()
    assert not Entry.objects.exists()


@pytest.mark.parametrize("verb", ["listed", "Partner.listed", "partner listed", ""])
def test_record_refuses_a_verb_of_another_shape(verb):
    with pytest.raises(IntegrityError), transaction.atomic():
        audit.record(by=None, verb=verb, subject=PartnerFactory())


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET verb = 'partner.closed'",
        "UPDATE audit_entry SET actor_label = 'Someone else'",
        "UPDATE audit_entry SET actor_id = NULL, details = '{}'",
        "UPDATE audit_entry SET at = now() - interval '1 day'",
        "DELETE FROM audit_entry",
    ],
)
@pytest.mark.usefixtures("entry")
def test_record_cannot_be_changed(statement):
    with pytest.raises(DatabaseError, match="only ever added to"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Entry.objects.get().actor_label == "Ada"


@pytest.mark.usefixtures("entry")
def test_record_cannot_be_emptied():
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        no_truncate = next(trigger for trigger in Entry._meta.triggers if trigger.name == "no_truncate")
        cursor.execute(f"ALTER TABLE audit_entry ENABLE TRIGGER {no_truncate.get_pgid(Entry)}")  # tests need it off
        with pytest.raises(DatabaseError, match="only ever added to"), transaction.atomic():
            cursor.execute("TRUNCATE audit_entry")
    assert Entry.objects.exists()


def test_record_keeps_the_name_when_the_account_is_deleted(entry):
    entry.actor.delete()
    entry.refresh_from_db()
    assert (entry.actor, entry.actor_label) == (None, "Ada")


def test_record_is_read_by_staff_only(entry):
    assert list(Entry.objects.visible_to(StaffFactory())) == [entry]
    for user in (UserFactory(), AnonymousUser(), StaffFactory(is_active=False)):
        assert not Entry.objects.visible_to(user).exists()
