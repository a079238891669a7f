"""Loads the demonstration, floor by floor: who, where, organisations, bodies, what happened, what lies ahead."""

from django.db import transaction
from django.utils import timezone

from partnership.accounts.models import User
from partnership.demonstration import (
    ahead,
    alliance,
    answers,
    asking,
    bodies,
    directory,
    members,
    organisations,
    paper_life,
    past,
    seat_life,
    votes,
    where,
    who,
)


def is_empty() -> bool:
    """Whether nobody is known yet: only then is the demonstration loaded."""
    return not User.objects.exists()


@transaction.atomic
def load() -> None:
    """Creates the whole demonstration in one transaction: all of it, or nothing. Its mails leave when it commits."""
    people = who.load()
    places = where.load(people)
    partners = organisations.load(people, places)
    boards = bodies.load(people, places, partners)
    north = members.load(people, places)
    boards |= alliance.load(places, partners, boards, north)
    seat_life.load(people, boards, timezone.localdate())
    votes.load(people, boards, places, north)
    past.load(people, places, boards)
    coming, _ = ahead.load(people, places, boards, timezone.localdate())
    paper_life.load(people, boards[bodies.ASSEMBLY_HOST], timezone.localdate())
    asking.load(people, boards, coming)
    answers.load(coming, people)
    directory.load(people)
