import pgtrigger
from django.db import models
from django.db.models import Exists, OuterRef
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from assemblies.sittings.entry_kinds import EntryKind


class EntryQuerySet(models.QuerySet["Entry"]):
    def standing(self):
        """Those that no other takes back, and that take nothing back themselves."""
        undo = self.model.objects.filter(sitting=OuterRef("sitting"), kind=EntryKind.UNDO)
        taken_back = undo.annotate(entry=Cast(KT("facts__entry"), models.IntegerField())).filter(
            entry=OuterRef("number")
        )
        return self.exclude(kind=EntryKind.UNDO).filter(~Exists(taken_back))


class Entry(models.Model):
    """One thing entered in the record of a meeting: a fact of record. A trigger in the database refuses to change or delete it;
    another entry takes it back.

    Its `key` comes from the form it was entered in: sent twice, it is one entry. `said_at` is when it was entered, which may be
    minutes before it arrived: a phone without a connection keeps it. What `facts` holds, the form of its kind says, and
    `entry_checks.kept`.
    """

    Kind = EntryKind

    sitting = models.ForeignKey("sittings.Sitting", models.PROTECT, related_name="entries")
    number = models.PositiveIntegerField()
    key = models.UUIDField(unique=True)
    kind = models.CharField(max_length=12, choices=EntryKind)
    item = models.ForeignKey(
        "papers.AgendaItem", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="item on the agenda; none for what holds before the first",
    )  # fmt: skip
    seat = models.ForeignKey("boards.Seat", models.PROTECT, null=True, blank=True, related_name="+")
    board = models.ForeignKey("boards.Board", models.PROTECT, null=True, blank=True, related_name="+")
    facts = models.JSONField(default=dict)
    said_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["sitting", "number"], name="entry_number_once")]
        triggers = [
            pgtrigger.Trigger(
                name="append_only",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func="""
                    RAISE EXCEPTION 'entries of a record are taken back by another, never changed'
                        USING ERRCODE = 'restrict_violation';
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, entry {self.number}"
