"""What pledges and asks have alike: they come from an answer to an exit question, with as much about its author as they agreed
to show."""

from typing import Any

from django.db import models
from django.db.models import Q

from partnership.keys import new_key


class Shown(models.TextChoices):
    """What others may read beside what somebody answered."""

    NAME = "name", "My name and my organisation"
    ORGANISATION = "organisation", "My organisation, without my name"
    NEITHER = "neither", "Neither"


class FromAnswer(models.Model):
    """Its words and its place are those of the answer. What its author did not agree to show is not kept here at all: only
    their address, for as long as we write to them."""

    answer: Any
    shown_as = models.CharField("what is shown about its author", max_length=12, choices=Shown, default=Shown.NEITHER)
    name = models.CharField("name its author agreed to show", max_length=200, blank=True)
    organisation = models.CharField("organisation its author agreed to show", max_length=200, blank=True)
    of_partner = models.ForeignKey(
        "partners.Partner", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="their organisation in the directory",
    )  # fmt: skip
    email = models.EmailField(blank=True)
    key = models.CharField(max_length=43, unique=True, default=new_key)
    revision = models.PositiveIntegerField("times changed", default=0)
    made_at = models.DateTimeField()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(shown_as="name") | Q(name=""), name="%(class)s_is_named_where_its_author_agreed"
            ),
            models.CheckConstraint(
                condition=~Q(shown_as="neither") | Q(organisation="", of_partner__isnull=True),
                name="%(class)s_has_an_organisation_where_agreed",
            ),
        ]

    @property
    def text(self) -> str:
        return self.answer.text

    @property
    def place(self):
        return self.answer.place

    @property
    def meeting(self):
        return self.answer.question.meeting

    @property
    def author(self) -> str:
        """Who it is from, as everybody may read it: "Ann Lee, Halton Carers", the organisation, or "Somebody"."""
        return ", ".join(each for each in (self.name, self.organisation) if each) or "Somebody at the meeting"
