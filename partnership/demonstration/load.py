"""Loads the demonstration, part by part: people, places, organisations, boards, past events and coming ones."""

from django.db import connection, transaction
from django.utils import timezone

from assemblies.papers.actions import pack_making
from partnership.accounts.models import User
from partnership.demonstration import (
    agreed,
    ahead,
    alliance,
    answers,
    asking,
    blocked,
    bodies,
    closed_matters,
    cover_reports,
    declared,
    directory,
    executive,
    forward_plans,
    in_common,
    members,
    minutes_of,
    officer_decisions,
    old_papers,
    organisations,
    paper_life,
    past,
    promised,
    public_questions,
    sat,
    seat_life,
    votes,
    where,
    who,
)
from partnership.outbox.actions.withdraw import settle_as_withdrawn
from partnership.outbox.models import Message


def is_empty() -> bool:
    """Whether nobody is known yet: only then is the demonstration loaded."""
    return not User.objects.exists()


def _count_rows() -> None:
    """PostgreSQL counts the rows that are there by now: what it knows of a load that was broken off, or of empty tables, makes
    it read hundreds of organisations once for each of hundreds of members."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


@transaction.atomic
def load() -> None:
    """Creates the whole demonstration in one transaction: all of it, or nothing.

    Only emails about the assembly ahead leave, when it commits.
    """
    people, today = who.load(), timezone.localdate()
    places = where.load(people)
    partners = organisations.load(people, members.rows())
    boards = bodies.load(people, places)
    north = members.load(people, partners)
    _count_rows()
    where.end_areas(places, by=people[who.STAFF])
    boards |= alliance.load(people, places, partners, boards, north)
    seat_life.load(people, boards, today)
    votes.load(people, boards, places, north)
    sat.seat_members(people, boards)
    past.load(people, places, boards)
    promised.load(people, places, boards[bodies.ASSEMBLY_HOST], today)
    old_papers.load(people, boards[old_papers.HEALTH_AND_WELLBEING])
    forward_plans.park_topics(people, boards[bodies.ASSEMBLY_HOST])
    out = paper_life.load(people, boards[bodies.ASSEMBLY_HOST], today)
    asking.load(people, boards)
    directory.load(people)
    coming, board_in_public = ahead.load(people, places, boards, today)
    forward_plans.plan_ahead(people, board_in_public)
    public_questions.load(people, board_in_public)
    cover_reports.load(people, boards[bodies.ASSEMBLY_HOST], board_in_public, out)
    closed_matters.load(people, boards, board_in_public, today)
    in_common.load(people, boards, today)
    executive.load(people, today)
    sat.under_way(people)
    agreed.load(people, today)
    blocked.load(people, boards)
    minutes_of.load(people, *past.recorded())
    declared.load(people, today)
    officer_decisions.load(people, partners, places, boards, today)
    paper_life.come_out(out, people[who.STAFF])
    settle_as_withdrawn(
        Message.objects.open(), "It happened before the demonstration was loaded, so nobody is emailed."
    )
    asking.ahead(people, boards, coming)
    answers.load(coming, people)
    pack_making.make_waiting()  # as a worker does
