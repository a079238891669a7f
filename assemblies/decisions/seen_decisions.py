"""Decisions as one person sees them: of closed ones others see that they were taken, who took them, when, and the ground."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from assemblies.closures.models import Closure
from assemblies.decisions.models import BackgroundPaper, Decision, DecisionVote
from assemblies.papers.models import ReportVersion
from partnership import decision_links


@dataclass(frozen=True)
class SeenDecision:
    """A decision in a list. `may_read`: all of it; `is_revised`: the person may know of a later one that revises it."""

    decision: Decision
    may_read: bool
    is_revised: bool

    @property
    def title(self) -> str:
        return self.decision.title if self.may_read else self.decision.public_title

    @property
    def outcome(self) -> str:
        return self.decision.get_outcome_display() if self.may_read else ""

    @property
    def said(self) -> str:
        """What was decided, in words; "" for who may not read it, and where only a report that is out of view said it."""
        return self.decision.shown if self.may_read else ""

    @property
    def closure(self) -> Closure | None:
        """What closes it to the public now."""
        return self.decision.closed_by


def seen(decisions: Iterable[Decision], user) -> list[SeenDecision]:
    """Decisions of which the person may know, read with `listed()`, in their order. Two queries, however many they are."""
    rows = list(decisions)
    closed = [row.pk for row in rows if row.closed_by]
    read = (
        set(Decision.objects.readable_by(user).filter(pk__in=closed).values_list("pk", flat=True)) if closed else set()
    )
    later = Decision.objects.visible_to(user).filter(revises__in=[row.pk for row in rows])
    revised = set(later.values_list("revises", flat=True)) if rows else set()
    return [SeenDecision(row, row.closed_by is None or row.pk in read, row.pk in revised) for row in rows]


@dataclass(frozen=True)
class Tally:
    """How the votes fell, and each by its seat."""

    votes: list[DecisionVote]

    @property
    def in_words(self) -> str:
        """Returns "12 for, 2 against, 1 abstained", with the casting vote where there was one; "" without votes."""
        if not self.votes:
            return ""
        counts = Counter(each.vote for each in self.votes if not each.is_casting)
        said = ", ".join(
            f"{counts[vote]} {vote.label}" for vote in DecisionVote.Vote if counts[vote] or vote != "abstained"
        )
        casting = next((each for each in self.votes if each.is_casting), None)
        return f"{said}; the chair’s casting vote {casting.get_vote_display()}" if casting else said


@dataclass
class DecisionPage:
    """What the page of a decision and its excerpt show to somebody who may read it."""

    report: ReportVersion | None
    report_is_withdrawn: bool
    tally: Tally
    siblings: list[SeenDecision]
    led_to: list[SeenDecision]
    background: list[BackgroundPaper]
    links: list[decision_links.Link] = field(default_factory=list)


def page_of(decision: Decision, user) -> DecisionPage:
    """All that stands beside the decision; the same number of queries however much there is."""
    known = Decision.objects.visible_to(user).listed()
    version = decision.report_version
    withdrawn = bool(version and version.withdrawal)
    return DecisionPage(
        report=_report(version, user),
        report_is_withdrawn=withdrawn,
        tally=Tally(list(decision.votes.select_related("seat"))),
        siblings=_siblings(decision, known, user),
        led_to=seen(known.filter(delegated_by=decision).order_by("pk"), user),
        background=list(decision.background.select_related("closure").prefetch_related("closure__grounds__board")),
        links=decision_links.of([decision], user)[decision.pk],
    )


def _report(version: ReportVersion | None, user) -> ReportVersion | None:
    """The report where the person may open it."""
    if version is None:
        return None
    rows = ReportVersion.objects.readable_by(user) if user.is_authenticated else ReportVersion.objects.public()
    return rows.filter(pk=version.pk).select_related("report").first()


def _siblings(decision: Decision, known, user) -> list[SeenDecision]:
    """What the same board decided on other recommendations of the item."""
    if decision.item_id is None:
        return []
    same = known.standing().filter(item=decision.item_id, board=decision.board_id).exclude(pk=decision.pk)
    return seen(same.exclude(revises=decision).order_by("recommendation_number", "pk"), user)


def around(decision: Decision, user) -> tuple[Decision | None, Decision | None]:
    """The decision that it revises, and the one that revises it, where the person may know of them. One query."""
    pks = [decision.revises_id]
    rows = Decision.objects.visible_to(user)
    found = list(rows.filter(pk__in=[pk for pk in pks if pk]) | rows.filter(revises=decision))
    before = next((each for each in found if each.pk == decision.revises_id), None)
    return before, next((each for each in found if each.revises_id == decision.pk), None)


def lately(decisions, user, count: int) -> Sequence[SeenDecision]:
    """The newest of these decisions of which the person may know, for a panel."""
    pks = list(decisions.order_by("-decided_on", "-pk").values_list("pk", flat=True)[:count])
    return seen(Decision.objects.filter(pk__in=pks).listed(), user) if pks else []
