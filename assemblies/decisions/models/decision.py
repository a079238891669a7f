from uuid import uuid4

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from assemblies.closures.models import Closure
from assemblies.decisions.models.closed_decisions import CLOSES, closed_to_the_public, withheld_decisions
from assemblies.meetings.models import Meeting
from assemblies.papers.models import ReportVersion
from assemblies.papers.models.on_record import append_only
from partnership.accounts.rules import is_partnership_staff
from partnership.boards.rules import boards_chaired_by, boards_sat_on
from partnership.page_cache.triggers import renew_pages
from partnership.search import LANGUAGE, holding, in_plain_signs

# Let through once: why it is closed to the public. The database works out `words` by itself.
CLOSED_ONCE = """
    IF TG_OP = 'UPDATE' THEN
        stands := NEW;
        stands.words := OLD.words;
        IF OLD.closure_id IS NULL THEN
            stands.closure_id := NULL;
        END IF;
        IF stands IS NOT DISTINCT FROM OLD THEN
            RETURN NEW;
        END IF;
    END IF;
"""


def _searched(*columns: str, weight: str) -> SearchVector:
    return SearchVector(*map(in_plain_signs, columns), weight=weight, config=LANGUAGE)


class DecisionQuerySet(models.QuerySet["Decision"]):
    def public(self):
        """Decisions that everybody may know of: of officers, and of boards at meetings that anyone may see. Of closed ones the
        public sees that they were taken."""
        meetings = Meeting.objects.public().values("pk")
        return self.filter(Q(meeting__isnull=True) | Q(meeting__in=meetings))

    def visible_to(self, user):
        """Staff see all; others what is public, what was decided at meetings they may see, by boards on which they sit, or on a
        report of theirs, and what they decided themselves."""
        if not user.is_authenticated:
            return self.public()
        if is_partnership_staff(user):
            return self
        meetings = Meeting.objects.visible_to(user).published().values("pk")
        seen = Q(meeting__isnull=True) | Q(meeting__in=meetings) | Q(board__in=boards_sat_on(user))
        chaired = [board.pk for board in boards_chaired_by(user, timezone.localdate())]
        own = Q(officer=user) | Q(report_version__report__author=user)
        return self.filter(seen | own | Q(board__in=chaired))

    def closed(self):
        """Decisions that are closed to the public: it learns that they were taken, when, and on which ground they are closed."""
        return self.filter(closed_to_the_public())

    def of_insider(self, user):
        """Decisions whose closed matters the person reads: staff all, an officer their own, the author of the report, and those
        who sit on a board that has to do with them, deputies included; but what is withheld from them."""
        if not user.is_authenticated:
            return self.none()
        if is_partnership_staff(user):
            return self
        boards = boards_sat_on(user)
        there = Meeting.objects.of_boards(boards).values("pk")
        theirs = Q(officer=user) | Q(report_version__report__author=user)
        theirs |= Q(board__in=boards) | Q(delegated_by__board__in=boards) | Q(meeting__in=there)
        return self.filter(theirs, ~withheld_decisions(user))

    def readable_by(self, user):
        """Decisions of which the person may read everything: open ones, and closed ones as `of_insider` says."""
        inside = Decision.objects.of_insider(user)
        return self.filter(~closed_to_the_public() | Q(pk__in=inside.values("pk")))

    def editable_by(self, user):
        """Decisions that the person may reopen: staff all, a chair those of the board, an officer their own."""
        if not user.is_authenticated:
            return self.none()
        if is_partnership_staff(user):
            return self
        chaired = [board.pk for board in boards_chaired_by(user, timezone.localdate())]
        return self.filter(Q(board__in=chaired) | Q(officer=user))

    def standing(self):
        """Without those that a later one revises."""
        later = self.model._base_manager.filter(revises=OuterRef("pk"))  # noqa: SLF001 - documented; no decision is hidden
        return self.filter(~Exists(later))

    def with_words(self, words: str):
        """Those that have all the words, in one of their forms, or their day, as the search of the portal reads them.
        A decision whose report is out of view is not among them: it repeats what the report asked for."""
        withdrawn = ReportVersion.objects.withdrawn().values("pk")
        found = self.filter(holding(words, "words", "decided_on"))
        return found.exclude(report_version__isnull=False, report_version__in=withdrawn)

    def in_view(self):
        """Each with whether its report is out of view, in the same query: see `Decision.shown`."""
        withdrawn = ReportVersion.objects.withdrawn().filter(pk=OuterRef("report_version"))
        return self.annotate(report_is_out_of_view=Exists(withdrawn))

    def listed(self):
        """With what a list shows of each, and why it is closed: the same number of queries however many they are."""
        return (
            self.in_view()
            .select_related("board", "meeting", "on_behalf_of", "revised_by", *CLOSES)
            .prefetch_related(*(f"{path}__grounds__board" for path in CLOSES))
        )


class Decision(models.Model):
    """What a board or an officer decided: a fact of record, known to people as "Decision 123".

    A trigger in the database refuses to change or delete it. It is closed to the public once, where it was open. When it is
    reopened, another decision `revises` it, and both are shown.
    """

    report_is_out_of_view: bool  # as lists show it

    class Kind(models.TextChoices):
        BOARD = "board", "Board"
        OFFICER = "officer", "Officer"

    class Outcome(models.TextChoices):
        AGREED = "agreed", "agreed"
        AMENDED = "amended", "agreed with amendments"
        DEFERRED = "deferred", "deferred"
        NOT_AGREED = "not_agreed", "not agreed"
        NOTED = "noted", "noted"
        RECOMMENDED = "recommended", "recommended"

    class Authority(models.TextChoices):
        SPECIFIC = "specific", "A board or another officer asked for this decision"
        GENERAL = "general", "The scheme of delegation allows it"

    class Effect(models.TextChoices):
        PERMISSION = "permission", "It grants a permission or licence"
        RIGHTS = "rights", "It affects the rights of an individual"
        SPENDING = "spending", "It awards a contract, or spends enough to affect the body’s finances"
        OTHER = "other", "None of these, but it is worth recording"

    DECIDES = (Outcome.AGREED, Outcome.AMENDED, Outcome.NOT_AGREED)  # what a consultative forum cannot do

    key = models.UUIDField("stands for what was recorded, so that it is recorded once", default=uuid4, unique=True)
    kind = models.CharField(max_length=8, choices=Kind)
    board = models.ForeignKey("boards.Board", models.PROTECT, null=True, blank=True, related_name="decisions")
    meeting = models.ForeignKey("meetings.Meeting", models.PROTECT, null=True, blank=True, related_name="decisions")
    item = models.ForeignKey("papers.AgendaItem", models.PROTECT, null=True, blank=True, related_name="decisions")
    topic = models.ForeignKey("forward_plan.Topic", models.PROTECT, null=True, blank=True, related_name="decisions")
    report_version = models.ForeignKey(
        "papers.ReportVersion", models.PROTECT, null=True, blank=True, related_name="decisions"
    )
    recommendation_number = models.PositiveSmallIntegerField(null=True, blank=True)
    recommendation = models.TextField("what was recommended, as it was put", blank=True)
    title = models.CharField(max_length=200)
    text = models.TextField("what was decided; empty where it is what was recommended", blank=True)
    outcome = models.CharField(max_length=12, choices=Outcome)
    reasons = models.TextField(blank=True)
    alternatives = models.TextField("options considered and rejected", blank=True)
    decided_on = models.DateField("day it was decided")
    mover = models.CharField("moved by", max_length=200, blank=True)
    seconder = models.CharField("seconded by", max_length=200, blank=True)
    places = models.ManyToManyField("places.Place", related_name="decisions", blank=True)
    closure = models.ForeignKey(
        "closures.Closure", models.PROTECT, null=True, blank=True, related_name="decisions",
        verbose_name="why it is closed to the public",
    )  # fmt: skip
    officer = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    officer_name = models.CharField("the officer’s name then", max_length=200, blank=True)
    officer_post = models.CharField("the officer’s post then", max_length=200, blank=True)
    on_behalf_of = models.ForeignKey(
        "partners.Partner", models.PROTECT, null=True, blank=True, related_name="officer_decisions",
        verbose_name="organisation whose officer decided",
    )  # fmt: skip
    authority = models.CharField("by what authority", max_length=8, choices=Authority, blank=True)
    authority_text = models.TextField("the authority in words", blank=True)
    delegated_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="led_to", verbose_name="decision that asked for it"
    )
    effect = models.CharField("what it does, under a general authority", max_length=10, choices=Effect, blank=True)
    revises = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="revised_by")
    revised_because = models.TextField("why it was decided again", blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    words = models.GeneratedField(
        expression=_searched("title", weight="A")
        + _searched("text", "recommendation", weight="B")
        + _searched("reasons", "alternatives", weight="C"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["-decided_on", "-pk"]
        indexes = [
            models.Index(fields=["-decided_on", "-id"], name="decision_newest_first"),
            GinIndex(fields=["words"], name="decision_words"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kind="board", board__isnull=False, officer__isnull=True, on_behalf_of__isnull=True, authority="",
                    authority_text="", delegated_by__isnull=True, effect="", officer_name="", officer_post="",
                )
                | (
                    Q(
                        kind="officer", officer__isnull=False, on_behalf_of__isnull=False, board__isnull=True,
                        meeting__isnull=True, item__isnull=True,
                    )
                    & ~Q(officer_name="") & ~Q(officer_post="")
                ),
                name="decision_is_of_a_board_or_an_officer",
            ),
            models.CheckConstraint(
                condition=Q(kind="board") | (~Q(reasons="") & ~Q(alternatives="")),
                name="officer_decision_has_reasons_and_options",
            ),
            models.CheckConstraint(
                condition=Q(kind="board")
                | (Q(authority="specific", effect="") & (~Q(authority_text="") | Q(delegated_by__isnull=False)))
                | (Q(authority="general", delegated_by__isnull=True) & ~Q(effect="")),
                name="officer_decision_names_its_authority",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="amended") | ~Q(text=""), name="amended_decision_says_how"
            ),
            models.CheckConstraint(
                condition=Q(revises__isnull=True, revised_because="")
                | (Q(revises__isnull=False) & ~Q(revised_because="")),
                name="revised_decision_says_why",
            ),
            models.CheckConstraint(condition=~Q(revises=models.F("pk")), name="no_decision_revises_itself"),
            models.CheckConstraint(
                condition=Q(item__isnull=True) | Q(meeting__isnull=False), name="decision_on_an_item_is_of_its_meeting"
            ),
            models.UniqueConstraint(
                fields=["item", "board", "recommendation_number"],
                condition=Q(item__isnull=False, revises__isnull=True),
                nulls_distinct=False,
                name="recommendation_is_decided_once",
            ),
        ]  # fmt: skip
        triggers = [*renew_pages(), *append_only(CLOSED_ONCE, [("stands", "decisions_decision")])]

    def __str__(self) -> str:
        return f"Decision {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("decision", args=[self.pk])

    @property
    def closed_by(self) -> Closure | None:
        """What closes it to the public now: its own closure, or that of its item or report. None where it is open."""
        mine = self.closure
        items = self.item.closure if self.item else None
        reports = self.report_version.closure if self.report_version else None
        return next((each for each in (mine, items, reports) if each and each.in_force), None)

    @property
    def public_title(self) -> str:
        """Its title as anybody may read it."""
        return self.closed_by.title_for_public(self.title) if self.closed_by else self.title

    @property
    def audit_label(self) -> str:
        """What the audit log calls it: by its number, and never by a title that is not public."""
        return f"{self}: {self.public_title}"

    @property
    def who(self) -> str:
        """Who decided, in words: the board, or the officer's post and organisation."""
        return str(self.board) if self.board else f"{self.officer_post}, {self.on_behalf_of}"

    @property
    def own_words(self) -> str:
        """The text of what was decided; "" where that is the title again, as of an item that was put as a whole."""
        return "" if self.text == self.title else self.text

    @property
    def decided(self) -> str:
        """What was decided, in words: what was recommended, where just that was agreed; "" where nothing but the outcome is
        said."""
        as_put = self.outcome in (self.Outcome.AGREED, self.Outcome.RECOMMENDED)
        return self.own_words or (self.recommendation if as_put else "")

    @property
    def shown(self) -> str:
        """As `decided`, in a list: without what its report recommended, where that is out of view."""
        return self.own_words if self.report_is_out_of_view else self.decided
