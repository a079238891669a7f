"""Posts that one can apply for today."""

from partnership import search
from partnership.dates import day
from partnership.posts.models import Post
from partnership.search import Found, Result


@search.kind("Posts")
def posts(user) -> Found:
    return Found(Post.objects.visible_to(user).open().select_related("seat__board"), ("title", "summary"), post)


def post(row: Post) -> Result:
    about = search.line(row.seat.board.name, f"Apply by {day(row.closes_on)}", row.summary)
    return Result(row.title, row.get_absolute_url(), about)
