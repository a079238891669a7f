"""Addresses are reversed, never written out."""

import pytest

from partnership.local.templates import written_out


@pytest.mark.parametrize(
    "line",
    [
        '<a href="/meetings/">Meetings</a>',
        '<form action="/account/logout/" method="post">',
        '{% include "components/empty.html" with what="None" url="/boards/" %}',
        '<a href="{{ meeting.get_absolute_url }}register/">Register</a>',
        '{% include "x.html" with parent_url=call.get_absolute_url|add:"views/" %}',
    ],
)
def test_address_written_out_is_found(tmp_path, line):
    (tmp_path / "page.html").write_text(f"<p>first</p>\n{line}\n")
    assert [each.split(": ")[0] for each in written_out(tmp_path)] == [f"{tmp_path}/page.html:2"]


@pytest.mark.parametrize(
    "line",
    [
        """<a href="{% url 'meetings' %}?when=past">Past</a>""",
        '<a href="{{ meeting.get_absolute_url }}#agenda">Agenda</a>',
        '<a href="https://www.gov.uk/">GOV.UK</a>',
    ],
)
def test_address_that_is_reversed_passes(tmp_path, line):
    (tmp_path / "page.html").write_text(line)
    assert written_out(tmp_path) == []
