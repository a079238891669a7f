"""Topics that public meetings take up, and those of boards the person sits on."""

from assemblies.forward_plan.models import Topic
from partnership import search
from partnership.search import Found, Result


@search.kind("Topics")
def topics(user) -> Found:
    return Found(Topic.objects.visible_to(user).select_related("board"), ("title", "about"), topic)


def topic(row: Topic) -> Result:
    return Result(row.title, row.get_absolute_url(), search.line(row.board.name, row.about))
