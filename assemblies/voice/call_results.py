"""What was answered to a call, as its representative reads it: counted by stance, by place and by group of people."""

from dataclasses import dataclass, field
from typing import NamedTuple

from django.db.models import Case, Count, When

from assemblies.voice.models import CallForViews, CallTopic, PartnerAnswer, TopicView
from partnership.partners.models import Partner, PeopleGroup

NOWHERE, NOBODY = "No place given", "No group named"


class Row(NamedTuple):
    """How many partners of one place, or serving one group, took each stance; in the order of the stances."""

    name: str
    pk: int
    counts: list[int]


@dataclass(frozen=True)
class Tally:
    """A stance and how many partners took it."""

    stance: str
    label: str
    count: int


@dataclass
class TopicResults:
    """The answers on one topic."""

    topic: CallTopic
    tallies: list[Tally]
    places: list[Row] = field(default_factory=list)
    groups: list[Row] = field(default_factory=list)

    @property
    def total(self) -> int:
        return sum(tally.count for tally in self.tallies)


class Progress(NamedTuple):
    """How many partners were asked and are still listed or have answered, and how many have answered."""

    asked: int
    answered: int

    @property
    def silent(self) -> int:
        return self.asked - self.answered


def progress(call: CallForViews) -> Progress:
    """Two queries."""
    answered = call.answers.count()
    return Progress(silent(call).count() + answered, answered)


def silent(call: CallForViews):
    """Listed partners that were asked and have not answered, by name."""
    return call.asked.public().exclude(pk__in=call.answers.values("partner")).order_by("name")


def results_of(call: CallForViews) -> list[TopicResults]:
    """The topics in order, each with its counts. Four queries, however many answered.

    A partner in two places counts in both, so the rows of a table may add up to more than its topic's total.
    """
    views = TopicView.objects.filter(answer__call=call).order_by()
    stances = views.values_list("topic", "stance").annotate(Count("pk"))
    counts = {(topic, stance): count for topic, stance, count in stances}
    by_place = _table(call, views, "answer__partner__places", NOWHERE)
    by_group = _table(call, views, "answer__partner__groups", NOBODY)
    return [
        TopicResults(
            topic,
            [Tally(stance.value, stance.label, counts.get((topic.pk, stance.value), 0)) for stance in call.stances],
            by_place.get(topic.pk, []),
            by_group.get(topic.pk, []),
        )
        for topic in call.topics.select_related("item__closure", "summary__paper")
    ]


def words_on(topic: CallTopic, *, stance: str = "", place: int | None = None, group: int | None = None):
    """The views of one topic with their partners: those with words first, then by name; narrowed where asked."""
    rows = TopicView.objects.filter(topic=topic).select_related(
        "answer__partner", "answer__given_by", "answer__changed_by"
    )
    if stance:
        rows = rows.filter(stance=stance)
    if place:
        rows = rows.filter(answer__partner__places=place)
    if group:
        rows = rows.filter(answer__partner__groups=group)
    return rows.order_by(Case(When(words="", then=1), default=0), "answer__partner__name")


def groups_of(call: CallForViews):
    """The groups of people served by those who were asked."""
    return PeopleGroup.objects.filter(partners__in=call.asked.values("pk")).distinct()


def own_partners(call: CallForViews, user) -> list[tuple[Partner, PartnerAnswer | None]]:
    """The partners the person belongs to that were asked, each with its answer, or None."""
    mine = list(call.asked.filter(pk__in=user.memberships.accepted().values("partner")).order_by("name"))
    answers = call.answers.filter(partner__in=mine).select_related("given_by", "changed_by")
    by_partner = {answer.partner_id: answer for answer in answers.prefetch_related("views__topic__item")}
    return [(partner, by_partner.get(partner.pk)) for partner in mine]


def _table(call: CallForViews, views, path: str, otherwise: str) -> dict[int, list[Row]]:
    """For each topic the rows of a table: what is at the end of the path, by name, with the count of each stance."""
    order = [stance.value for stance in call.stances]
    tables: dict[int, dict[tuple[str, int], list[int]]] = {}
    found = views.values_list("topic", "stance", f"{path}__name", path).annotate(Count("pk"))
    for topic, stance, name, pk, count in found:
        row = tables.setdefault(topic, {}).setdefault((name or otherwise, pk or 0), [0] * len(order))
        row[order.index(stance)] += count
    return {
        topic: [
            Row(name, pk, counts)
            for (name, pk), counts in sorted(rows.items(), key=lambda each: (not each[0][1], each[0]))
        ]
        for topic, rows in tables.items()
    }
