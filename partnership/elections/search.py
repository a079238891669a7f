"""Elections that were announced; staff find their drafts too. Candidates and voters are not searched."""

from partnership import search
from partnership.elections.models import Election
from partnership.search import Found, Result


@search.kind("Elections")
def elections(user) -> Found:
    rows = Election.objects.visible_to(user).select_related("board")
    return Found(rows, ("title", "introduction", "electorate"), election)


def election(row: Election) -> Result:
    return Result(row.title, row.get_absolute_url(), search.line(row.board.name, row.now))
