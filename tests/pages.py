"""Reading pages and their addresses in tests."""

from django.urls import reverse


def address(name, meeting, *args):
    return reverse(name, args=[meeting.slug, *args])


def words(response):
    return " ".join(response.content.decode().split())
