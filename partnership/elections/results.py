"""A count as it is kept with its election, and as people read it: a table by rounds, and each round in words."""

from dataclasses import dataclass
from fractions import Fraction

from partnership.elections.count import Count, Round, Tie
from partnership.elections.models import Election, Nomination


def as_json(count: Count) -> dict:
    """The count as it is kept: fractions as "25/2", so that nothing is rounded away."""
    return {
        "method": count.method,
        "seats": count.seats,
        "ballots": count.ballots,
        "abstentions": count.abstentions,
        "valid": count.valid,
        "quota": count.quota,
        "elected": list(count.elected),
        "rounds": [_round_as_json(each) for each in count.rounds],
    }


def _round_as_json(each: Round) -> dict:
    return {
        "number": each.number,
        "votes": {str(number): str(votes) for number, votes in each.votes.items()},
        "exhausted": str(each.exhausted),
        "elected": list(each.elected),
        "excluded": list(each.excluded),
        "without_quota": each.without_quota,
        "ties": [
            {"between": list(tie.between), "chosen": tie.chosen, "by": tie.by, "round": tie.round} for tie in each.ties
        ],
    }


@dataclass(frozen=True)
class Cell:
    """Votes of a candidate in a round, what the round before brought them, and where they went."""

    votes: str
    change: str = ""
    outcome: str = ""


@dataclass(frozen=True)
class Row:
    candidate: str
    cells: list[Cell]
    elected: bool


@dataclass(frozen=True)
class Shown:
    """What the page of a result shows. `words` has a list of sentences for each round."""

    rows: list[Row]
    exhausted: list[str]
    words: list[tuple[int, list[str]]]
    numbers: list[int]


def shown(election: Election) -> Shown | None:
    """The count in words and figures; None where there was no vote."""
    if election.result is None:
        return None
    nominations = election.nominations.standing().select_related("candidate", "partner")
    names = {nomination.number: str(nomination.candidate) for nomination in nominations}
    rounds = election.result["rounds"]
    return Shown(
        rows=_rows(nominations, rounds, election.result["elected"]),
        exhausted=[number_of_votes(Fraction(each["exhausted"])) for each in rounds],
        words=[(each["number"], _words(election, each, names, is_last=index == len(rounds) - 1))
               for index, each in enumerate(rounds)],
        numbers=[each["number"] for each in rounds],
    )  # fmt: skip


def passed_over(election: Election) -> list[Nomination]:
    """Candidates taken out once there were ballot papers: votes are counted as if they had not stood.

    Nobody where there is no vote, or where each paper holds one name: then nothing was voted for them.
    """
    is_voted_on = {Election.State.VOTING, Election.State.COUNTED}
    has_papers = election.state in is_voted_on or (election.is_published and election.was_voted_on)
    if election.method != Election.Method.STV or not has_papers:
        return []
    return list(election.nominations.taken_out().on_paper().select_related("candidate"))


def number_of_votes(votes: Fraction) -> str:
    """Votes as people read them: whole where they are, else with two decimals."""
    return f"{votes.numerator:,}" if votes.denominator == 1 else f"{float(votes):,.2f}"


def _rows(nominations: list[Nomination], rounds: list[dict], elected: list[int]) -> list[Row]:
    rows = []
    for nomination in nominations:
        cells, before = [], None
        for each in rounds:
            votes = each["votes"].get(str(nomination.number))
            if votes is None:
                cells.append(Cell(""))
                continue
            now = Fraction(votes)
            change = f"+{number_of_votes(now - before)}" if before is not None and now > before else ""
            cells.append(Cell(number_of_votes(now), change, _outcome(each, nomination.number)))
            before = now
        rows.append(Row(str(nomination.candidate), cells, nomination.number in elected))
    return rows


def _outcome(each: dict, number: int | None) -> str:
    if number in each["elected"]:
        return "elected"
    return "out" if number in each["excluded"] else ""


def _words(election: Election, each: dict, names: dict[int, str], *, is_last: bool) -> list[str]:
    votes = {int(number): Fraction(text) for number, text in each["votes"].items()}
    said = [_tie_in_words(tie, names) for tie in each["ties"]]
    assert election.result is not None
    quota = election.result["quota"]
    said += [_elected_in_words(names[number], votes[number], quota, is_last=is_last) for number in each["elected"]]
    for number in each["excluded"]:
        said.append(
            f"Nobody reached the quota. {names[number]} had the fewest votes ({number_of_votes(votes[number])}) and is "
            "eliminated. These votes pass to the next preference on each paper."
        )
    return said


def _elected_in_words(name: str, votes: Fraction, quota: int | None, *, is_last: bool) -> str:
    if quota is None:
        return f"{name} is elected with {number_of_votes(votes)} {'vote' if votes == 1 else 'votes'}."
    if votes < quota:
        return f"{name} is elected with {number_of_votes(votes)} votes: as many candidates are left as seats."
    surplus = votes - quota
    if is_last or not surplus:
        return f"{name} has {number_of_votes(votes)} votes, reaches the quota of {quota} and is elected."
    part = f"{float(surplus / votes):.1%}"
    return (
        f"{name} has {number_of_votes(votes)} votes, reaches the quota of {quota} and is elected. The "
        f"{number_of_votes(surplus)} above the quota pass on: each of these papers goes to its next preference with "
        f"{part} of its value."
    )


def _tie_in_words(tie: dict, names: dict[int, str]) -> str:
    between = [names[number] for number in tie["between"]]
    level = f"{', '.join(between[:-1])} and {between[-1]} had as many votes. "
    settled = Tie(tuple(tie["between"]), tie["chosen"], tie["by"], tie["round"])
    if settled.by == "lead":
        return f"{level}Round {settled.round}, where their votes differed, decided about {names[settled.chosen]}."
    return f"{level}A lot, drawn from the seed below, decided about {names[settled.chosen]}."
