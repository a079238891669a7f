"""Old papers by their title, day and board. What was withdrawn is found by nobody, staff included."""

from django.db.models import F, Func, TextField, Value

from assemblies.past_papers.models import PastPaper
from partnership import search
from partnership.dates import day
from partnership.search import Found, Result

IN_WORDS = Value("FMDD FMMonth YYYY")  # as people write a day


@search.kind("Past papers")
def past_papers(user) -> Found:
    rows = PastPaper.objects.visible_to(user).in_view().select_related("meeting__board")
    held_on = Func(F("meeting__held_on"), IN_WORDS, function="to_char", output_field=TextField())
    return Found(
        rows.annotate(held_on=held_on), ("title", "held_on", "meeting__board__name"), past_paper, "meeting__held_on"
    )


def past_paper(row: PastPaper) -> Result:
    readers = "Members only" if row.members_only else ""
    about = search.line(row.get_kind_display(), readers, f"{row.meeting.board.name}, {day(row.meeting.held_on)}")
    return Result(row.title, row.get_absolute_url(), about)
