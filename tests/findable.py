"""Rows that are found under "zebra", one of each kind for each number, and somebody who finds them."""

from collections.abc import Callable

from django.contrib.auth.models import AnonymousUser

from assemblies.papers.actions import report_publication
from tests import factories as make
from tests.assemblies.papers.signing import submitted
from tests.partnership.elections.election_world import election_of


def agenda_item(number: int = 0, **facts):
    return make.AgendaItemFactory(**{"title": f"Zebra crossings {number}", "version__number": 1} | facts)


def report(number: int = 0, **facts):
    """A report that is signed off, and published for a meeting anyone may see."""
    signed = submitted(**{"title": f"What zebras need {number}"} | facts)
    return report_publication.publish(report=signed, meeting=signed.item.meeting, by=make.UserFactory())


def question(number: int = 0, **facts):
    return make.AnsweredQuestionFactory(text=f"Where do zebras cross {number}?", **facts)


def minutes(number: int = 0):
    """An item of minutes that the chair has agreed."""
    item = make.MinutesItemFactory(title=f"Where zebras graze {number}", version__circulated=True)
    facts = {"agreed_at": item.version.made_at, "agreed_by": item.version.made_by, "sha256": "0" * 64}
    item.version.minutes.versions.update(**facts)
    return item


ONE_OF_EACH: dict[str, Callable[[int], object]] = {
    "Places": lambda number: make.PlaceFactory(name=f"Zebra {number}"),
    "Partner organisations": lambda number: make.PartnerFactory(name=f"Zebra Friends {number}"),
    "Boards": lambda number: make.BoardFactory(name=f"Zebra Board {number}"),
    "Seats on boards": lambda number: make.SeatFactory(title=f"Zebra keeper {number}"),
    "Posts": lambda number: make.PostFactory(title=f"Chair for zebras {number}"),
    "Elections": lambda number: election_of(title=f"Who speaks for zebras {number}", slug=f"zebras-{number}"),
    "Meetings": lambda number: make.MeetingFactory(title=f"Zebra assembly {number}"),
    "Topics": lambda number: make.PlannedItemFactory(topic__title=f"Where zebras cross {number}").topic,
    "Notices of council executives": lambda number: make.ExecutiveNoticeFactory(matter=f"A house for zebras {number}"),
    "Agenda items": agenda_item,
    "Documents": lambda number: make.DocumentFactory(title=f"What a zebra costs {number}"),
    "Reports": report,
    "Decisions": lambda number: make.DecisionFactory(title=f"Zebras may cross here {number}"),
    "Actions": lambda number: make.FollowUpFactory(text=f"Count the zebras {number}"),
    "Questions from the public": question,
    "Minutes": minutes,
    "Purposes": lambda number: make.PurposeVersionFactory(opening=f"We are here for zebras {number}"),
    "Blockers": lambda number: make.BlockerFactory(title=f"What is in the way of zebras {number}"),
    "Pledges": lambda number: make.PledgeFactory(answer__text=f"I count zebras {number}"),
    "Asks": lambda number: make.AskFactory(answer__text=f"Paint for zebras {number}"),
    "Past papers": lambda number: make.PastPaperFactory(title=f"Zebras in {1980 + number}"),
}
NOT_PUBLIC = {"Blockers"}


def finder_of(kind: str):
    """Anybody, where the kind is public."""
    return make.StaffFactory() if kind in NOT_PUBLIC else AnonymousUser()
