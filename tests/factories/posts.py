from datetime import timedelta

import factory
from django.utils import timezone

from partnership.posts.models import Application, PanelMember, Post
from tests.factories.accounts import UserFactory
from tests.factories.boards import ChairSeatFactory
from tests.factories.counters import CountingFactory


class PostFactory(CountingFactory):
    """A post that is advertised for two weeks more."""

    class Meta:
        model = Post

    seat = factory.SubFactory(ChairSeatFactory)
    title = factory.Sequence(lambda n: f"Independent chair {n}")
    slug = factory.Sequence(lambda n: f"independent-chair-{n}")
    summary = "Leads the alliance."
    outline = "posts/none.pdf"
    outline_type = "application/pdf"
    outline_size = 4096
    closes_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=14))
    term_starts_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=60))
    state = Post.State.ADVERTISED


class PanelMemberFactory(CountingFactory):
    """Somebody on a panel who has said that they have no conflict of interest."""

    class Meta:
        model = PanelMember

    post = factory.SubFactory(PostFactory)
    user = factory.SubFactory(UserFactory)
    has_conflict = False
    declared_at = factory.LazyAttribute(lambda member: None if member.has_conflict is None else timezone.now())


class ApplicationFactory(CountingFactory):
    class Meta:
        model = Application

    post = factory.SubFactory(PostFactory)
    name = factory.Sequence(lambda n: f"Applicant {n}")
    email = factory.Sequence(lambda n: f"applicant{n}@example.org")
    statement = "I would listen first."
