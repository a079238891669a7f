"""What stands in the way of partners in Leeds: the five themes are those that its executive group said in 2020 it would unblock.
The blockers themselves are invented, and say so."""

from dataclasses import dataclass

from assemblies.blockers.actions import blocker as actions
from assemblies.blockers.actions import escalation
from assemblies.blockers.models import Blocker
from partnership.accounts.models import User
from partnership.boards.models import Board
from partnership.demonstration import sat, who
from partnership.demonstration.days import from_today
from partnership.partners.models import Partner
from places.footprint.models import Place

COUNCIL, HEALTHWATCH, FORUM, VOLUNTARY = (
    "Leeds City Council", "Healthwatch Leeds", "Forum Central", "Voluntary Action Leeds",
)  # fmt: skip
FOR_COUNCIL, FOR_NHS, FOR_THIRD_SECTOR = (name for _, name, _ in sat.MEMBERS[sat.LEEDS])


@dataclass(frozen=True)
class Raised:
    """What was raised for which organisation, and how many days ago."""

    partner: str
    theme: Blocker.Theme
    title: str
    text: str
    days_ago: int
    tried: str = ""


VISITS = Raised(
    COUNCIL, Blocker.Theme.FINANCE, "Two budgets pay for one home visit",
    "A nurse and a care worker go to the same home on the same morning, since neither budget may pay for the other’s half. "
    "Eleven visits a week are made twice. Illustrative.", 12, "Team leaders swap visits where they can. Illustrative.",
)  # fmt: skip
FIGURES = Raised(
    FORUM, Blocker.Theme.INTELLIGENCE, "Local care partnerships cannot see each other’s figures",
    "Each keeps its own list of people who were helped, and nobody can say who was reached twice and who never. It takes a day "
    "each month to compare them by hand. Illustrative.", 47, "One spreadsheet for all, which nobody filled in. Illustrative.",
)  # fmt: skip
BEDS = Raised(
    COUNCIL, Blocker.Theme.PERFORMANCE, "People wait in hospital for a bed that is empty",
    "Three community beds stand empty each week, since ward and home count the day of discharge differently. People wait "
    "four days longer than they need to. Illustrative.", 83, "Both agreed a rule, and went back to their own. Illustrative.",
)  # fmt: skip
ROOMS = Raised(
    VOLUNTARY, Blocker.Theme.EFFICIENCY, "Community groups rent rooms while clinics stand empty in the evening",
    "Groups pay 40 pounds an evening for rooms beside clinics that are locked at five. Illustrative.", 120,
)  # fmt: skip
LETTERS = Raised(
    HEALTHWATCH, Blocker.Theme.QUALITY, "Letters after a stay in hospital are written for doctors",
    "People bring them to us to be explained, about five a week. Illustrative.", 64,
)  # fmt: skip


def load(people: dict[str, User], boards: dict[str, Board]) -> None:
    """One in every state: raised, owned, with the board and on its forward plan, resolved, withdrawn."""
    staff, council, third_sector = people[who.STAFF], people[FOR_COUNCIL], people[FOR_THIRD_SECTOR]
    _raise(staff, VISITS)
    figures = actions.take_on(blocker=_raise(staff, FIGURES), by=third_sector, now=from_today(-45, "09:40"))
    note = "Four of nineteen partnerships sent us the columns of their list. Illustrative."
    actions.note(blocker=figures, by=third_sector, words=note, now=from_today(-36, "16:20"))
    beds = actions.take_on(blocker=_raise(council, BEDS), by=council, now=from_today(-83, "11:05"))
    actions.hand_on(
        blocker=beds, by=council, to=people[FOR_NHS], now=from_today(-60, "10:15"),
        words="The wards are hers, and the rule that both would use is too. Illustrative.",
    )  # fmt: skip
    escalation.escalate(
        blocker=beds, by=people[FOR_NHS], board=boards[sat.LEEDS], title="One rule for the day of discharge",
        words="The group is asked to agree one rule for the city, and from which day it holds. Illustrative.",
        now=from_today(-6, "15:30"),
    )  # fmt: skip
    rooms = actions.ask(
        blocker=_raise(staff, ROOMS), by=staff, to=council, words="Most of these buildings are yours. Illustrative.",
        now=from_today(-110, "14:00"),
    )  # fmt: skip
    actions.resolve(
        blocker=rooms, by=council, now=from_today(-20, "12:10"),
        words="Three clinics lend their key to a community group on two evenings a week, for nothing. Illustrative.",
    )  # fmt: skip
    letters = _raise(staff, LETTERS)
    actions.withdraw(
        blocker=letters, by=staff, now=from_today(-30, "09:15"),
        words="The hospitals write to patients themselves by now, so nothing is in the way. Illustrative.",
    )  # fmt: skip


def _raise(by: User, raised: Raised) -> Blocker:
    return actions.raise_blocker(
        by=by, partner=Partner.objects.get(name=raised.partner), theme=raised.theme, title=raised.title, text=raised.text,
        tried=raised.tried, place=Place.objects.get(name="Leeds"), illustrative=True, now=from_today(-raised.days_ago, "09:30"),
    )  # fmt: skip
