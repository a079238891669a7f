from django.db import models


class PeopleGroup(models.Model):
    """A group of people whom organisations serve and seats speak for: carers, older people, a faith community."""

    name = models.CharField(max_length=120, unique=True)
    slug = models.SlugField(max_length=120, unique=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name
