from django.db import models
from django.db.models import Max

from partnership.interests.interest_kinds import Code
from partnership.page_cache.triggers import renew_pages


class InterestsReturnQuerySet(models.QuerySet["InterestsReturn"]):
    def public(self):
        """Everybody may know when somebody confirmed what they declared."""
        return self

    def newest(self):
        """For each person and set of rules when they last confirmed, as dicts of person, code and `at`."""
        return self.order_by().values("person", "code").annotate(at=Max("made_at"))


class InterestsReturn(models.Model):
    """That somebody confirmed: what I declared under these rules is all there is. A nil return says that there is nothing."""

    Code = Code

    person = models.ForeignKey("accounts.User", models.PROTECT, related_name="interests_returns")
    code = models.CharField("under which rules", max_length=10, choices=Code)
    is_nil = models.BooleanField("nothing to declare")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    objects = InterestsReturnQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        triggers = renew_pages()

    def __str__(self) -> str:
        return f"{'Nil return' if self.is_nil else 'Return'} of {self.person}, {self.get_code_display()}"
