"""Topics that public meetings take up, and those of boards the person sits on; by what boards said of them too."""

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import OuterRef, Subquery

from assemblies.forward_plan.models import PlannedItem, Topic
from partnership import search
from partnership.search import Found, Result


@search.kind("Topics")
def topics(user) -> Found:
    items = PlannedItem.objects.visible_to(user).readable_by(user).live().filter(topic=OuterRef("pk")).order_by()
    said = items.values("topic").annotate(words=StringAgg("result", " ")).values("words")
    rows = Topic.objects.visible_to(user).select_related("board").annotate(said=Subquery(said))
    return Found(rows, ("title", "about", "source", "said"), topic)


def topic(row: Topic) -> Result:
    return Result(row.title, row.get_absolute_url(), search.line(row.board.name, row.about))
