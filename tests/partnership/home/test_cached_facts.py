"""What a home caches is never stale: it is read from tables whose every change renews the stamp."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assemblies.decisions import todo as closed_decisions
from assemblies.executive_notices import todo as executive_notices
from assemblies.forward_plan import todo as forward_plan
from assemblies.meetings.models import Meeting
from assemblies.papers import closed_matters
from assemblies.papers.rules import people_of_reports
from assemblies.papers.todo import agendas, decisions
from assemblies.pledges import panels as pledges
from assemblies.voice import own_voice
from partnership.boards import vacancies
from partnership.boards.models import NoticePeriod
from partnership.elections import todo as elections
from partnership.interests import todo as interests
from partnership.page_cache import stamp
from tests import factories as make
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db(transaction=True)
DAY = timedelta(days=1)

COMPUTED = {
    "places and partners with pledges": pledges._shown_on,
    "seats awaiting a nominee": lambda: vacancies._sought(timezone.localdate()),
    "seats to fill": lambda: vacancies._to_fill(timezone.localdate()),
    "states of elections under way": elections._states,
    "boards whose agendas wait": lambda: agendas._boards_to_publish(Meeting.objects.all()),
    "boards whose drafts are read": lambda: agendas._boards_to_read(Meeting.objects.all()),
    "boards with papers to decide on": decisions._boards_to_decide,
    "to look at again": lambda: closed_matters.boards_to_look_again(timezone.localdate()),
    "boards whose plans ask": lambda: forward_plan._boards_that_ask(timezone.now()),
    "late interests": lambda: interests._late(timezone.localdate()),
    "council executives": lambda: list(executive_notices._executives()),
    "people of reports": people_of_reports,
    "representatives": lambda: own_voice._representatives([make.PartnerFactory()]),
    "closed decisions": lambda: closed_decisions._waiting(timezone.localdate()),
    "brought back": lambda: own_voice._brought([make.PartnerFactory()]),
}


@pytest.mark.parametrize("name", COMPUTED)
def test_every_table_read_renews_the_stamp(name):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid WHERE tgname LIKE '%%page_stamp_%%'"
            " GROUP BY relname HAVING count(*) = 3"
        )
        watched = {relname for (relname,) in cursor.fetchall()} | {"page_cache_pagestamp"}
    with CaptureQueriesContext(connection) as captured:
        COMPUTED[name]()
    read = set(re.findall(r'(?:FROM|JOIN) "?(\w+)"?', " ".join(query["sql"] for query in captured)))
    assert read - {"page_cache_pagestamp"}
    assert read <= watched


def test_officer_is_asked_from_the_moment_somebody_is_sought(client):
    """A term that goes on for long, then a longer notice, then another organisation that nominates."""
    today = timezone.localdate()
    NoticePeriod.objects.all().delete()
    NoticePeriod.objects.create(days_before=30)
    officer, other = make.MembershipFactory(part="officer"), make.MembershipFactory(part="officer")
    seat = make.SeatFactory(title="Carers", nominating_partner=officer.partner)
    make.AppointmentFactory(seat=seat, ends_on=today + 60 * DAY)
    sign_in(client, officer.user)
    words = "Say who comes next in the seat Carers"
    assert words not in client.get("/home/").text
    NoticePeriod.objects.create(days_before=90)
    assert words in client.get("/home/").text
    seat.nominating_partner = other.partner
    seat.save()
    assert words not in client.get("/home/").text


def test_page_of_many_cached_things_reads_the_stamp_once(django_assert_num_queries):
    make.BoardFactory()  # something was published, so there is a stamp
    with django_assert_num_queries(1), stamp.read_once():
        first = stamp.revision()
        with stamp.read_once():
            assert stamp.revision() == first
    assert first
    make.BoardFactory()
    assert stamp.revision() != first


def test_home_names_a_writer_as_they_are_called_now(client):
    """Somebody without a name is called by their address, which may change too."""
    membership, writer = make.MembershipFactory(), make.UserFactory(name="", email="before@example.org")
    make.ReportBackFactory(made_by=writer, told=[membership.partner])
    sign_in(client, membership.user)
    assert "before@example.org" in client.get("/home/").text
    writer.email = "after@example.org"
    writer.save()
    assert "after@example.org" in client.get("/home/").text


def test_report_to_a_closed_organisation_stays_on_homes(client):
    here = make.MembershipFactory()
    closed = make.MembershipFactory(user=here.user, partner__state="closed", partner__closed_on=timezone.localdate())
    report = make.ReportBackFactory(told=[closed.partner])
    assert report.get_absolute_url() in sign_in(client, here.user).get("/home/").text
