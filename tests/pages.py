"""Reading pages and their addresses in tests."""

import re

from django.urls import reverse


def address(name, meeting, *args):
    return reverse(name, args=[meeting.slug, *args])


def hidden(page: str, name: str) -> str:
    """What a form of the page carries in its hidden field of that name."""
    return re.search(rf'type="hidden" name="{name}" value="([^"]*)"', page)[1]


def words(response):
    return " ".join(response.content.decode().split())
