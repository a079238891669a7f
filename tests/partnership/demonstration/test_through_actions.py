"""The demonstration is written as people write: through actions that say who did it."""

import ast
from pathlib import Path

from partnership import demonstration

PACKAGE = Path(demonstration.__file__).parent
IN_BULK = {
    "bench_data.py",
    "bench_decisions.py",
    "bench_directory.py",
    "bench_papers.py",
}  # their purpose is how much there is
WRITES = {
    "create",
    "bulk_create",
    "update",
    "bulk_update",
    "get_or_create",
    "update_or_create",
    "save",
    "move",
    "move_all",
}
DIRECTLY = {
    ("ahead.py", "meeting.lists.update"): "no page sets the day by which lists are due",
    ("asking.py", "MemberRun.objects.filter(**what).update"): "only a worker writes how far it has come with mails",
    ("members.py", "Membership.objects.bulk_create"): "250 people who join one by one take longer than all the rest",
    ("members.py", "User.objects.bulk_create"): "no action makes accounts: people make their own",
    (
        "organisations.py",
        "Partner.objects.filter(name__in=[row['name'] for row in invented]).update",
    ): "no page marks one as invented",
    ("members.py", "states.move_all"): "the same 250, accepted",
    ("past.py", "shown.update"): "no page begins an agenda at item 9: of that one only the item we know of is shown",
    ("sat.py", "Meeting.objects.filter(pk=meeting.pk).update"): "no page plans a meeting that has started",
    ("seat_life.py", "post.outline.save"): "the file of the next one",
    ("seat_life.py", "post.save"): "a post of 2020, whose applications were deleted long ago",
    ("seat_life.py", "states.move"): "the same post, through each of its states",
    ("uploaded_pdfs.py", "pdf.save"): "no row: the bytes of a file that is then uploaded",
}


def _writes(source: str) -> set[str]:
    """The calls that write to a row and do not say who does it."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    return {
        ast.unparse(call.func)
        for call in calls
        if isinstance(call.func, ast.Attribute)
        and call.func.attr in WRITES
        and not any(keyword.arg == "by" for keyword in call.keywords)
    }


def test_everything_is_written_through_actions():
    modules = [path for path in PACKAGE.glob("*.py") if path.name not in IN_BULK]
    found = {(path.name, call) for path in modules for call in _writes(path.read_text())}
    assert found == set(DIRECTLY)


def test_a_direct_write_is_found():
    assert _writes("Place.objects.create(name='Wirral')") == {"Place.objects.create"}
    assert _writes("place.save()\nrows.filter(pk=1).update(state='held')") == {
        "place.save",
        "rows.filter(pk=1).update",
    }
    assert not _writes("meetings.create(by=staff, title='Assembly')")
