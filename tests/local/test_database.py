"""The kept connection finds out that it was closed, and a row of our own statement becomes the objects it is made of."""

import pytest
from django.db import connection

from assemblies.models import Meeting, Needs, Registration
from partnership.database import rows
from tests import factories as make


@pytest.mark.django_db(transaction=True)
def test_a_connection_the_server_closed_is_not_usable_and_an_open_one_costs_no_question(django_assert_num_queries):
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


@pytest.mark.django_db
def test_a_row_becomes_the_objects_django_would_have_made():
    person = make.RegistrationFactory()
    sql = """
        SELECT person.*, meeting.*, 'more' FROM assemblies_registration person
        JOIN assemblies_meeting meeting ON meeting.id = meeting_id WHERE person.id = %s
    """
    found, meeting, more = rows.one(sql, [person.pk], Registration, Meeting)
    expected = Registration.objects.select_related("meeting").get()
    for ours, djangos in ((found, expected), (meeting, expected.meeting)):
        fields = [field.attname for field in djangos._meta.concrete_fields]
        assert [getattr(ours, name) for name in fields] == [getattr(djangos, name) for name in fields]
        assert not ours._state.adding
    assert more == "more"
    assert rows.one(sql, [0], Registration, Meeting) is None


@pytest.mark.django_db
def test_a_row_that_django_would_have_to_read_first_is_refused():
    needs = Needs.objects.create(registration=make.RegistrationFactory(), access=["loop"])
    with pytest.raises(TypeError):
        rows.one("SELECT * FROM assemblies_needs WHERE id = %s", [needs.pk], Needs)
