from collections.abc import Iterable
from typing import Any

import pgtrigger
from django.db import models
from django.db.models import F, Q

from partnership.boards.grounds import FINANCIAL, GROUNDS, Classification, in_words, is_of_regime
from partnership.boards.models import Board
from partnership.page_cache.triggers import renew_pages

REFUSE = "RAISE EXCEPTION 'a closure on record is released, never changed' USING ERRCODE = 'restrict_violation';"
# Let through: what is closed is released, once; until then somebody looks at it again, and says when next.
RELEASED_ONCE = """
    IF TG_OP = 'UPDATE' AND OLD.released_at IS NULL THEN
        kept := NEW;
        kept.released_at := NULL;
        kept.released_by_id := NULL;
        kept.release_note := OLD.release_note;
        kept.review_on := OLD.review_on;
        IF kept IS NOT DISTINCT FROM OLD THEN
            RETURN NEW;
        END IF;
    END IF;
"""
WHILE_UNRECORDED = """
    IF TG_OP = 'INSERT' THEN
        changed := NEW;
    ELSE
        changed := OLD;
    END IF;
    IF NOT EXISTS (SELECT 1 FROM closures_closure WHERE id = changed.closure_id AND recorded_at IS NOT NULL) THEN
        IF TG_OP = 'DELETE' THEN
            RETURN OLD;
        END IF;
        RETURN NEW;
    END IF;
"""


UNTITLED, GROUND_TO_FOLLOW = "Closed to the public", "The ground is still to be given."
GROUND_FACTS = ("ground", "reason", "interest_for", "interest_against", "must_be_registered")


def is_closed(path: str = "closure") -> Q:
    """The condition that what has the closure is closed to the public: it has one, and it is not released."""
    return Q(**{f"{path}__isnull": False, f"{path}__released_at__isnull": True})


class ClosureQuerySet(models.QuerySet["Closure"]):
    def in_force(self):
        """What is still closed."""
        return self.filter(released_at__isnull=True)

    def due_for_review(self, on):
        """What is still closed although the day on which it was to be looked at again has come, and that nothing replaced."""
        return self.in_force().filter(review_on__lte=on, replaced_by=None)

    def with_grounds(self):
        return self.prefetch_related(models.Prefetch("grounds", ClosureGround.objects.select_related("board")))


class Closure(models.Model):
    """Why something is closed to the public: an item, a report, a file. Until it is released, what has it is closed.

    Once something that was signed or published has it (`recorded_at`), it is a fact of record: it is released, or kept until
    another day, and a trigger in the database refuses any other change. A draft that needs other grounds gets a closure that
    `replaces` it.
    """

    public_title = models.CharField(
        "title that can be public", max_length=200, blank=True, help_text="Empty where the title itself can be."
    )
    review_on = models.DateField("day it is looked at again", null=True, blank=True)
    replaces = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")
    made_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    recorded_at = models.DateTimeField("fact of record since", null=True, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    release_note = models.TextField("why it is released", blank=True)

    objects = ClosureQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(released_at__isnull=True, released_by__isnull=True)
                | Q(released_at__isnull=False, released_by__isnull=False),
                name="released_closure_says_who_and_when",
            ),
            models.CheckConstraint(
                condition=Q(replaces__isnull=True) | ~Q(replaces=F("pk")), name="closure_does_not_replace_itself"
            ),
        ]
        triggers = [
            *renew_pages(),
            pgtrigger.Trigger(
                name="recorded_closure_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Condition("OLD.recorded_at IS NOT NULL"),
                declare=[("kept", "closures_closure")],
                func=RELEASED_ONCE + REFUSE,
            ),
        ]

    def __str__(self) -> str:
        return " ".join(ground.in_words for ground in self.grounds.all()) or "Closed"

    @property
    def audit_label(self) -> str:
        """What the audit log calls it: never by a title that is not public."""
        return self.public_title or f"Closed matter {self.pk}"

    @property
    def in_force(self) -> bool:
        """Whether it still closes what has it."""
        return self.released_at is None

    @property
    def class_name(self) -> str:
        """The class in a word, or the words of several boards: "Exempt", "Exempt and private". "Closed" without a ground."""
        names = list(dict.fromkeys(ground.get_classification_display() for ground in self.grounds.all()))
        return " and ".join([*names[:1], *(each.lower() for each in names[1:])]) or "Closed"

    @property
    def why(self) -> list[str]:
        """What the public reads: the ground of each board, after the board's name where there are several."""
        grounds = list(self.grounds.all())
        if len(grounds) == 1:
            return [grounds[0].in_words]
        return [f"{ground.board}. {ground.in_words}" for ground in grounds] or [GROUND_TO_FOLLOW]

    @property
    def after_tag(self) -> str:
        """The same after a tag that names the class."""
        grounds = list(self.grounds.all())
        one = in_words(grounds[0].ground, grounds[0].reason, named=False) if len(grounds) == 1 else ""
        return one or " ".join(self.why)

    @property
    def taken(self) -> str:
        """How the meeting takes it, in words. Before the meeting's resolution it is proposed; what is confidential must be."""
        forced = any(ground.classification == Classification.CONFIDENTIAL for ground in self.grounds.all())
        return "To be taken in private, as the law requires." if forced else "Proposed to be taken in private."

    def title_for_public(self, title: str) -> str:
        """The title that anybody may read: `title` itself where it is safe. Without a ground nobody has said that it is."""
        return self.public_title or (title if self.grounds.all() else UNTITLED)

    def lacks_ground_of(self, boards: Iterable[Board]) -> list[Board]:
        """Those of the boards that have given no ground, or one that their regime does not know (any more)."""
        given = {ground.board_id: ground.ground for ground in self.grounds.all()}
        return [board for board in boards if not is_of_regime(board.regime, given.get(board.pk, ""))]

    def facts(self) -> dict[str, Any]:
        """All that it says, as it is frozen with a text that is signed, and stands in the fingerprint of an agenda."""
        return {
            "public_title": self.public_title,
            "review_on": self.review_on.isoformat() if self.review_on else "",
            "grounds": [
                {"board": ground.board_id} | {name: getattr(ground, name) for name in GROUND_FACTS}
                for ground in self.grounds.all()
            ],
        }


class ClosureGround(models.Model):
    """The ground on which one board closes something. Each board that takes an item needs its own."""

    closure = models.ForeignKey(Closure, models.CASCADE, related_name="grounds")
    board = models.ForeignKey("boards.Board", models.PROTECT, related_name="+")
    classification = models.CharField(max_length=12, choices=Classification.choices[1:])
    ground = models.CharField(max_length=20, choices=[(key, ground.label) for key, ground in GROUNDS.items()])
    reason = models.TextField("reason, in words that can be public", blank=True)
    interest_for = models.TextField("public interest in keeping it closed", blank=True)
    interest_against = models.TextField("public interest in making it public", blank=True)
    must_be_registered = models.BooleanField("whether any of it must be publicly registered", null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["closure", "board"], name="one_ground_of_a_board"),
            models.CheckConstraint(
                condition=Q(
                    classification=Classification.CONFIDENTIAL, ground__in=["department", "prohibited"],
                    interest_for="", interest_against="",
                )
                | (
                    Q(classification=Classification.EXEMPT, ground__startswith="exempt_")
                    & ~Q(interest_for="") & ~Q(interest_against="")
                )
                | (Q(classification=Classification.PRIVATE, ground__in=["business", "special", "own"]) & ~Q(reason="")),
                name="closure_ground_fits_its_class",
            ),
            models.CheckConstraint(
                condition=Q(ground=FINANCIAL, must_be_registered__isnull=False, must_be_registered=False)
                | (~Q(ground=FINANCIAL) & Q(must_be_registered__isnull=True)),
                name="paragraph_3_is_not_publicly_registered",
            ),
        ]  # fmt: skip
        triggers = [
            *renew_pages(),
            pgtrigger.Trigger(
                name="ground_of_recorded_closure_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                declare=[("changed", "closures_closureground")],
                func=WHILE_UNRECORDED + REFUSE,
            ),
        ]

    def __str__(self) -> str:
        return self.in_words

    @property
    def in_words(self) -> str:
        """What the public reads: class, ground and reason."""
        return in_words(self.ground, self.reason)
