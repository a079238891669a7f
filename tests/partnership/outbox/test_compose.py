import pytest
from django.template import TemplateDoesNotExist

from partnership.outbox.compose import compose


@pytest.fixture
def templates(tmp_path, settings):
    """A folder of templates beside the project's own."""
    folder = tmp_path / "emails" / "greeting"
    folder.mkdir(parents=True)
    (folder / "subject.txt").write_text("Good morning\n  {{ name }}\n")
    (folder / "body.txt").write_text(
        '{% extends "emails/layout.txt" %}'
        "{% block body %}Good morning {{ name }}\n\n\n\n{% if 0 %}{% endif %}\nBye{% endblock %}"
        "{% block reason %}You get this because you & we agreed.{% endblock %}"
    )
    (folder / "body.html").write_text(
        '{% extends "emails/layout.html" %}{% block body %}<p>Good morning {{ name }}</p>{% endblock %}'
    )
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"DIRS": [tmp_path, *settings.TEMPLATES[0]["DIRS"]]}]
    settings.PORTAL_NAME = "Leeds portal"


@pytest.mark.usefixtures("templates")
def test_compose_escapes_html_and_nothing_else():
    subject, text, html = compose("greeting", {"name": "<Tom & Eve's>"})
    assert subject == "Good morning <Tom & Eve's>"
    assert text.startswith("Good morning <Tom & Eve's>\n\nBye\n")
    assert "<p>Good morning &lt;Tom &amp; Eve&#x27;s&gt;</p>" in html
    assert "<title>Good morning &lt;Tom" in html


@pytest.mark.usefixtures("templates")
def test_compose_says_who_writes_and_why_and_follows_nobody():
    _, text, html = compose("greeting", {"name": "Ada"})
    assert "Leeds portal" in text
    assert "You get this because you & we agreed." in text
    assert "Leeds portal" in html
    assert "<img" not in html
    assert "<script" not in html


def test_compose_raises_for_a_mail_that_has_no_template():
    with pytest.raises(TemplateDoesNotExist):
        compose("no-such-mail", {})
