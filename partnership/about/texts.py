"""The words that the pages come with, and the cookies: made from what the portal really does, so that they are true of it."""

from datetime import timedelta
from typing import NamedTuple

from django.conf import settings
from django.template import Context, engines

from partnership import dates
from partnership.about.models import Page


def text_of(name: str) -> Page:
    """The page with its words: those that staff saved, or else those it came with."""
    return Page.objects.public().filter(name=name).first() or Page(name=name, text=default(name))


def default(name: str) -> str:
    """The words that a page comes with, as Markdown."""
    template = engines["django"].get_template(f"about/defaults/{name}.txt").template  # type: ignore[attr-defined]  # Django's own
    facts = {
        "portal_name": settings.PORTAL_NAME,
        "contact": settings.CONTACT_EMAIL,
        "security_contact": settings.SECURITY_CONTACT,
    }
    return template.render(Context(facts, autoescape=False)).strip() + "\n"


class Kept(NamedTuple):
    """Something that a browser keeps for the portal."""

    name: str
    purpose: str
    until: str


def cookies() -> list[Kept]:
    """Every cookie that the portal sets, under its name here, and what else it asks a browser to keep."""
    signed_in = dates.how_long(timedelta(seconds=settings.SESSION_COOKIE_AGE).days)
    token = dates.how_long(timedelta(seconds=settings.CSRF_COOKIE_AGE).days)
    return [
        Kept(
            settings.SESSION_COOKIE_NAME,
            "knows that you are signed in, or which personal link you opened",
            f"until you sign out; otherwise {signed_in}, or until you close the browser",
        ),
        Kept(settings.CSRF_COOKIE_NAME, "makes sure that a form you send comes from our page", token),
        Kept("messages", "carries one sentence, such as “Saved”, to the next page", "until you have seen it"),
    ]
