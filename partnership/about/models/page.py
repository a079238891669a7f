from django.db import models
from django.urls import reverse

from partnership.page_cache.triggers import renew_pages


class PageQuerySet(models.QuerySet["Page"]):
    def public(self):
        """All of them: each says something to everybody."""
        return self.all()


class Page(models.Model):
    """The words of one page, once staff have saved any. Until then the page shows the words it came with."""

    class Name(models.TextChoices):
        PRIVACY = "privacy", "Privacy notice"
        ACCESSIBILITY = "accessibility", "Accessibility statement"
        COOKIES = "cookies", "Cookies"
        CONTACT = "contact", "Contact us"
        HELP = "help", "Help"

    name = models.CharField(max_length=20, choices=Name.choices, unique=True)
    text = models.TextField()
    revision = models.PositiveIntegerField(default=0)  # raised by each edit

    objects = PageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(name__in=["privacy", "accessibility", "cookies", "contact", "help"]),
                name="page_name_is_known",
            ),
        ]
        triggers = renew_pages()

    def __str__(self) -> str:
        return self.get_name_display()

    def get_absolute_url(self) -> str:
        return reverse(self.name)
