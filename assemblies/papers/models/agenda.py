from dataclasses import dataclass

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from assemblies.closures.models import MayBeClosed, is_closed
from assemblies.forward_plan import withholding
from assemblies.forward_plan.models import PlannedItem
from assemblies.meetings.models.meeting import Meeting
from assemblies.meetings.purposes import Purpose
from assemblies.papers.models.report import Report
from assemblies.papers.models.withheld_papers import WithheldPapers
from partnership import dates
from partnership.accounts.rules import is_partnership_staff
from partnership.boards.rules import boards_sat_on
from partnership.page_cache.triggers import renew_pages


class AgendaVersionQuerySet(models.QuerySet["AgendaVersion"]):
    def published(self):
        return self.filter(state="published")

    def public(self):
        """Published agendas of meetings that anyone may see."""
        return self.published().filter(meeting__in=Meeting.objects.public().values("pk"))


class AgendaVersion(models.Model):
    """One version of an agenda. Published ones are facts of record; a change after publication makes the next one."""

    changed = ""  # what changed, as pages may say it now: see `changes.say_in_public`

    class State(models.TextChoices):
        DRAFT = "draft", "draft"
        PUBLISHED = "published", "published"

    meeting = models.ForeignKey("meetings.Meeting", models.CASCADE, related_name="agenda_versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    change_note = models.TextField("what changed, as the portal found it", blank=True)
    comment = models.TextField("what the chair says about the changes", blank=True)
    due_on = models.DateField("last day to publish, as it stood then", null=True, blank=True)
    due_by = models.TimeField("by what time on that day; none before boards had one", null=True, blank=True)
    urgent_reason = models.TextField("why it could not wait", blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    by_acting_chair = models.BooleanField("published by who acted for the chair", default=False)

    objects = AgendaVersionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="agenda_number_once"),
            models.UniqueConstraint(fields=["meeting"], condition=Q(state="draft"), name="one_draft_agenda"),
            models.CheckConstraint(
                condition=Q(state="draft")
                | Q(published_at__isnull=False, published_by__isnull=False, due_on__isnull=False),
                name="published_agenda_has_time_and_chair",
            ),
            models.CheckConstraint(
                condition=Q(number=1) | Q(state="draft") | ~Q(change_note=""), name="later_agenda_says_what_changed"
            ),
        ]
        triggers = renew_pages()

    def get_absolute_url(self) -> str:
        """The page of this version, once it is published."""
        return reverse("agenda", args=[self.meeting.slug, self.number])

    @property
    def is_urgent(self) -> bool:
        """Published later than the board's rule allows."""
        return bool(self.urgent_reason)

    @property
    def due(self) -> str:
        """By when it had to be published by the rule as it stood then, in words."""
        if self.due_on is None:
            return ""
        return f"{dates.clock(self.due_by)} on {dates.day(self.due_on)}" if self.due_by else dates.day(self.due_on)


def planned_of_item():
    """For a query of agenda items: what is planned of the item's topic for its meeting, by whichever board; its own planned item
    also once that has moved on."""
    there = Q(topic=OuterRef("planned__topic"), meeting=OuterRef("version__meeting"))
    return PlannedItem.objects.filter(there | Q(pk=OuterRef("planned")))


class AgendaItemQuerySet(models.QuerySet["AgendaItem"]):
    def visible_to(self, user):
        """Items of the agenda in force, the newest that is published, of each published meeting the person may see; of
        closed ones those that they may read."""
        newer = AgendaVersion.objects.published().filter(
            meeting=OuterRef("version__meeting"), number__gt=OuterRef("version__number")
        )
        meetings = Meeting.objects.visible_to(user).published()
        return self.readable_by(user).filter(
            ~Exists(newer), version__state=AgendaVersion.State.PUBLISHED, version__meeting__in=meetings.values("pk")
        )

    def closed(self):
        """Items that are closed to the public: it learns that they are there, and why they are closed."""
        return self.filter(is_closed())

    def open(self):
        """Items that are not closed to the public."""
        return self.exclude(is_closed())

    def with_closures(self):
        """Each with why it is closed, two queries more where any is."""
        return self.select_related("closure").prefetch_related("closure__grounds__board")

    def readable_by(self, user):
        """Items of which the person may read everything: open ones, and closed ones for staff, for those who sit on a board
        of the meeting, deputies included, and for those who work on a report of the item; but what is withheld from them."""
        if not user.is_authenticated:
            return self.exclude(is_closed())
        if is_partnership_staff(user):
            return self
        meetings = Meeting.objects.of_boards(boards_sat_on(user)).values("pk")
        works = Q(lead=user) | Q(pk__in=Report.objects.of_person(user).values("item"))
        theirs = Q(version__meeting__in=meetings) | Exists(planned_of_item().filter(works))
        return self.filter(~is_closed() | (theirs & ~Q(pk__in=withheld_from(user).items)))


class AgendaItem(MayBeClosed, models.Model):
    """An item on an agenda: what it is for, who presents it, what to read."""

    taken_by: str  # which boards take it, in words, as pages of an agenda in common show it
    coming: list[Report]  # the reports that come out with it, as pages of its draft show them

    Purpose = Purpose

    version = models.ForeignKey(AgendaVersion, models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    starts_at = models.DateTimeField(null=True, blank=True)
    title = models.CharField(max_length=200)
    purpose = models.CharField(max_length=12, choices=Purpose)
    presenter = models.CharField(max_length=200, blank=True)
    summary = models.TextField(blank=True)
    carried_from = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="the item before, which this follows",
    )
    planned = models.ForeignKey(
        "forward_plan.PlannedItem", models.SET_NULL, null=True, blank=True, related_name="agenda_items"
    )
    standing = models.ForeignKey("forward_plan.StandingItem", models.SET_NULL, null=True, blank=True, related_name="+")
    documents = models.ManyToManyField("papers.Document", related_name="agenda_items", blank=True)
    closure = models.ForeignKey(
        "closures.Closure", models.PROTECT, null=True, blank=True, related_name="agenda_items",
        verbose_name="why it is closed to the public",
    )  # fmt: skip
    revision = models.PositiveIntegerField("times edited", default=0)

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "position"], name="agenda_position_once", deferrable=models.Deferrable.DEFERRED
            ),
            models.UniqueConstraint(
                fields=["version", "planned"], condition=Q(planned__isnull=False), name="planned_item_once_on_an_agenda"
            ),
        ]
        triggers = renew_pages()

    def __str__(self) -> str:
        return f"{self.position}. {self.title}"

    def get_absolute_url(self) -> str:
        """Where it stands on the page of its version, once that is published."""
        return f"{self.version.get_absolute_url()}#item-{self.position}"

    @property
    def audit_label(self) -> str:
        """What the audit log calls it: with its meeting."""
        return f"Item {self.position}, {self.title}: {self.version.meeting}"


@dataclass(frozen=True)
class Withheld:
    """What is withheld from a person, by ids: rows of agendas, whichever version they stand on, and items of the plan."""

    items: frozenset[int] = frozenset()
    plans: frozenset[int] = frozenset()


def withheld_from(user) -> Withheld:
    """Returns what is withheld from the person; nothing from staff and from most people: one query. Remembered on the user, as
    the boards are on which they sit.

    An item is the same on every version of the agenda, for every board of a meeting in common that planned its topic there, and
    once what was planned has moved on to another meeting.
    """
    if not user.is_authenticated or is_partnership_staff(user):
        return Withheld()
    if not hasattr(user, "papers_withheld"):
        user.papers_withheld = _matters(list(WithheldPapers.objects.in_force().filter(person=user)))
    return user.papers_withheld


@withholding.says
def _plans(user) -> frozenset[int]:
    return withheld_from(user).plans


def matter_of(item: AgendaItem) -> Withheld:
    """Returns all that would be withheld with the item, by ids."""
    return _matters([WithheldPapers(meeting_id=item.version.meeting_id, item=item, planned_id=item.planned_id)])


def _matters(rows: list[WithheldPapers]) -> Withheld:
    if not rows:
        return Withheld()
    meetings = {row.meeting_id for row in rows}
    there = list(
        AgendaItem.objects.filter(version__meeting__in=meetings).values_list(
            "pk", "carried_from", "planned", "version__meeting"
        )
    )
    items = _with_those_that_follow({row.item_id for row in rows if row.item_id}, {pk: old for pk, old, *_ in there})
    plans = {(row.planned_id, row.meeting_id) for row in rows} | {
        (plan, at) for pk, _, plan, at in there if pk in items
    }
    named = {plan for plan, _ in plans if plan}
    topic_of = dict(PlannedItem.objects.filter(pk__in=named).values_list("pk", "topic"))
    beside, same = Q(pk__in=named), Q(planned__in=named)
    for plan, at in plans:
        if plan in topic_of:
            beside |= Q(topic=topic_of[plan], meeting=at)
            same |= Q(planned__topic=topic_of[plan], version__meeting=at)
    found = frozenset(PlannedItem.objects.filter(beside).values_list("pk", flat=True))
    same |= Q(planned__in=found)
    return Withheld(frozenset(items | set(AgendaItem.objects.filter(same).values_list("pk", flat=True))), found)


def _with_those_that_follow(items: set[int], before: dict[int, int | None]) -> set[int]:
    """The rows, with those that they follow and that follow them on other versions of the agenda."""
    found = set(items)
    while True:
        more = {pk for pk, old in before.items() if old in found} | {
            earlier for pk in found if (earlier := before.get(pk))
        }
        if more <= found:
            return found
        found |= more
