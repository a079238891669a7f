from collections.abc import Iterable
from datetime import date

import pgtrigger
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from assemblies.past_papers.file_names.kinds import Kind
from partnership import dates
from partnership.accounts.rules import is_partnership_staff
from partnership.boards.rules import boards_sat_on
from partnership.page_cache.triggers import renew_pages

# What people read of a withdrawn paper stays, and its file too, until it is withdrawn for good.
WITHDRAWN_STAYS = """
    SELECT w.state INTO stands FROM past_papers_pastpaperwithdrawal w WHERE w.paper_id = OLD.id AND w.state <> 'back';
    IF stands IS NOT NULL AND (
        ROW(OLD.title, OLD.members_only, OLD.withdrawn_at, OLD.withdrawn_because, OLD.sha256, OLD.size)
            IS DISTINCT FROM
            ROW(NEW.title, NEW.members_only, NEW.withdrawn_at, NEW.withdrawn_because, NEW.sha256, NEW.size)
        OR (OLD.file <> NEW.file AND NOT (NEW.file = '' AND stands = 'withdrawn'))
    ) THEN
        RAISE EXCEPTION 'what people read of a withdrawn paper stays' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
"""


class PastMeetingQuerySet(models.QuerySet["PastMeeting"]):
    def visible_to(self, user):
        """Days of which the person may read at least one paper; one that holds closed papers alone does not exist for others."""
        return self.filter(Exists(PastPaper.objects.visible_to(user).shown().filter(meeting=OuterRef("pk"))))


class PastMeeting(models.Model):
    """A day on which a board met before it used this portal. It is known by its papers alone: it has no hour, place or agenda
    of ours, nobody registered for it, and nothing about it can be late."""

    board = models.ForeignKey("boards.Board", models.PROTECT, related_name="past_meetings")
    held_on = models.DateField("day")

    objects = PastMeetingQuerySet.as_manager()

    class Meta:
        ordering = ["-held_on"]
        constraints = [models.UniqueConstraint(fields=["board", "held_on"], name="past_meeting_once_for_each_day")]
        triggers = renew_pages()

    def __str__(self) -> str:
        return f"{self.board}, {dates.short_day(self.held_on)}"

    def get_absolute_url(self) -> str:
        return reverse("past_meeting", args=[self.board.slug, self.held_on])


class PastPaperQuerySet(models.QuerySet["PastPaper"]):
    def visible_to(self, user):
        """Papers the person may read, or be told of where they were withdrawn: staff all, members of the board all of theirs,
        everybody else what is open."""
        if is_partnership_staff(user):
            return self
        boards = boards_sat_on(user)
        is_open = Q(members_only=False)
        return self.filter(is_open | Q(meeting__board__in=boards)) if boards else self.filter(is_open)

    def in_view(self):
        """Papers that can be opened."""
        return self.filter(withdrawn_at__isnull=True)

    def shown(self):
        """What the page of a meeting lists: of a paper that was withdrawn, the reason; of an import that was undone, nothing."""
        return self.filter(Q(withdrawn_at__isnull=True) | ~Q(withdrawn_because=""))

    def of_day(self, boards: Iterable, held_on: date):
        return self.filter(meeting__board__in=boards, meeting__held_on=held_on)


class PastPaper(models.Model):
    """A PDF from before the portal: a record, byte for byte what it was unless it held something that acts. It is never
    edited; what is wrong is withdrawn, and what is right imported."""

    Kind = Kind

    meeting = models.ForeignKey(PastMeeting, models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=8, choices=Kind)
    title = models.CharField(max_length=200)
    members_only = models.BooleanField("for members of the board alone", default=True)
    file = models.FileField(upload_to="past-papers/", max_length=120, blank=True)
    size = models.PositiveIntegerField("bytes")
    pages = models.PositiveIntegerField()
    tagged = models.BooleanField("made for screen readers", default=False)
    cleaned = models.BooleanField("something that acts was taken out", default=False)
    sha256 = models.CharField("fingerprint of the file that was sent", max_length=64, db_index=True)
    batch = models.ForeignKey(
        "past_papers.PaperImport", models.SET_NULL, null=True, blank=True, related_name="papers", verbose_name="import"
    )
    added_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, blank=True, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.TextField("why it was withdrawn; empty where its import was undone", blank=True)
    withdrawn_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, blank=True, related_name="+")

    objects = PastPaperQuerySet.as_manager()

    class Meta:
        ordering = ["title", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "sha256"],
                condition=Q(withdrawn_at__isnull=True),
                name="past_paper_once_for_each_day",
            ),
            models.CheckConstraint(condition=Q(size__gt=0, pages__gt=0), name="past_paper_is_not_empty"),
            models.CheckConstraint(
                condition=Q(withdrawn_because="") | Q(withdrawn_at__isnull=False),
                name="past_paper_in_view_has_no_reason",
            ),
            models.CheckConstraint(
                condition=~Q(file="") | Q(withdrawn_at__isnull=False), name="past_paper_in_view_has_its_file"
            ),
        ]
        triggers = [
            *renew_pages(),
            pgtrigger.Trigger(
                name="withdrawn_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.withdrawn_at IS NOT NULL"),
                declare=[("stands", "text")],
                func=WITHDRAWN_STAYS,
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Where the file is. It stays when the title changes."""
        return reverse("past_paper", args=[self.meeting.board.slug, self.pk])

    @property
    def audit_label(self) -> str:
        """What the audit log calls it: with its meeting."""
        return f"{self.title}: {self.meeting}"
