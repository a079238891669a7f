"""Turn a template into the words of an email."""

import re
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.template import Context, engines

from partnership.outbox.draft import Draft

BLANK_LINES = re.compile(r"\n[ \t]*\n(?:[ \t]*\n)+")


def compose(template: str, context: Mapping[str, Any]) -> tuple[str, str, str]:
    """(subject, text, html) from `templates/emails/<template>/` {subject.txt, body.txt, body.html}.

    `portal_name` and `portal_url` are there for every template. Subjects and texts are not HTML, so nothing in them is
    escaped; everything in the HTML is. `body.txt` extends `emails/layout.txt` and `body.html` extends
    `emails/layout.html`: both have the blocks `body` and `reason` (why you get this email). Raises TemplateDoesNotExist.
    """
    known = {"portal_name": settings.PORTAL_NAME, "portal_url": settings.PORTAL_URL} | dict(context)
    subject = " ".join(_render(template, "subject.txt", known, escape=False).split())
    text = BLANK_LINES.sub("\n\n", _render(template, "body.txt", known, escape=False)).strip() + "\n"
    return subject, text, _render(template, "body.html", known | {"subject": subject}, escape=True).strip() + "\n"


def to_person(template: str, person, context: Mapping[str, Any], *, key: str, about: str, **more: Any) -> Draft:
    """The email of a template to somebody with an account: they are `person` in it. `more` are fields of `Draft`."""
    subject, text, html = compose(template, {"person": person, **context})
    return Draft(
        key=key, to=person.email, to_name=person.name, subject=subject, text=text, html=html, about=about, **more
    )


def _render(template: str, part: str, context: dict[str, Any], *, escape: bool) -> str:
    found = engines["django"].get_template(f"emails/{template}/{part}").template  # type: ignore[attr-defined]  # Django's own engine has it
    return found.render(Context(context, autoescape=escape))
