from secrets import token_urlsafe

from django.db import models


def new_key() -> str:
    return token_urlsafe(32)


class Person(models.Model):
    """A person who signed up."""

    meeting = models.SlugField()
    name = models.CharField(max_length=200)
    email = models.EmailField()
    organisation = models.CharField(max_length=200, blank=True)
    role = models.CharField(max_length=120, blank=True)
    place = models.IntegerField(choices=[(number, f"Place {number}") for number in range(1, 10)])
    access = models.CharField(
        max_length=20, blank=True, choices=[("captions", "Live captions"), ("bsl", "Sign language")]
    )
    key = models.CharField(max_length=43, unique=True, default=new_key)
    confirmed = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "email"], name="plain_person_once")]
