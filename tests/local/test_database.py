"""The kept connection finds out that it was closed, and our own statements read and write what Django's would."""

import pytest
from django.db import IntegrityError, connection, transaction

from assemblies.models import Needs, Registration
from partnership.audit.models import Entry
from partnership.database.statements import Insert, Statement, together
from tests import factories as make


@pytest.mark.django_db(transaction=True)
def test_closed_connection_is_not_usable_and_checking_costs_no_query(django_assert_num_queries):
    connection.ensure_connection()
    assert connection.is_usable()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        number = cursor.fetchone()[0]
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [number])
    finally:
        other.close()
    assert not connection.is_usable()
    connection.close()


PERSON = Statement(
    "test_person",
    """
    SELECT {person}, {meeting}, 'more' FROM assemblies_registration person
    JOIN assemblies_meeting meeting ON meeting.id = meeting_id WHERE person.id = $1
    """,
    person="assemblies.Registration",
    meeting="assemblies.Meeting",
)
ADD_NEEDS = Insert("test_add_needs", "assemblies.Needs")
ADD_LINE = Statement(
    "test_add_line",
    """
    INSERT INTO audit_entry (verb, actor_label, subject_type, subject_id, subject_label, details)
    VALUES ($1, '', '', '', '', '{}')
    """,
)


@pytest.mark.django_db
def test_a_row_becomes_the_objects_django_would_have_made():
    person = make.RegistrationFactory()
    found, meeting, more = PERSON.one([person.pk])
    expected = Registration.objects.select_related("meeting").get()
    for ours, djangos in ((found, expected), (meeting, expected.meeting)):
        fields = [field.attname for field in djangos._meta.concrete_fields]
        assert [getattr(ours, name) for name in fields] == [getattr(djangos, name) for name in fields]
        assert not ours._state.adding
    assert more == "more"
    assert PERSON.one([0]) is None


@pytest.mark.django_db
def test_a_row_that_django_would_have_to_read_first_is_refused():
    needs = Statement("test_needs", "SELECT {line} FROM audit_entry line WHERE line.id = $1", line="audit.Entry")
    with pytest.raises(TypeError):
        needs.one([1])


@pytest.mark.django_db
def test_a_new_row_is_as_django_would_have_written_it():
    person = make.RegistrationFactory()
    ADD_NEEDS.add(Needs(registration=person, access=["loop", "captions"], language="", dietary="no nuts"))
    found = Needs.objects.get()
    assert (found.registration, found.access, found.expenses) == (person, ["loop", "captions"], [])
    assert found.dietary == "no nuts"


@pytest.mark.django_db
def test_writes_made_together_are_one_message(django_assert_num_queries):
    with django_assert_num_queries(1), together():
        ADD_LINE.write(["partner.listed"])
        with together():
            ADD_LINE.write(["partner.closed"])
    assert list(Entry.objects.order_by("pk").values_list("verb", flat=True)) == ["partner.listed", "partner.closed"]


@pytest.mark.django_db
def test_an_error_leaves_nothing_of_what_was_to_be_written_together():
    def fails_after_writing():
        with together():
            ADD_LINE.write(["partner.listed"])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails_after_writing()
    ADD_LINE.write(["partner.closed"])  # the next write is not held back
    assert [entry.verb for entry in Entry.objects.all()] == ["partner.closed"]


@pytest.mark.django_db
def test_what_the_database_refuses_is_djangos_error():
    with pytest.raises(IntegrityError), transaction.atomic(), together():
        ADD_LINE.write(["no verb"])


@pytest.mark.django_db(transaction=True)
def test_a_statement_is_worked_out_again_on_a_new_connection(django_assert_num_queries):
    with django_assert_num_queries(2):  # what is worked out is no question
        assert PERSON.one([0]) is None
        assert PERSON.one([0]) is None
    connection.close()
    assert PERSON.one([0]) is None
