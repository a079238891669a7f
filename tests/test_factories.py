import pytest
from factory.django import DjangoModelFactory

from tests import factories

EVERY_FACTORY = [
    thing
    for thing in vars(factories).values()
    if isinstance(thing, type) and issubclass(thing, DjangoModelFactory) and not thing._meta.abstract
]


@pytest.mark.django_db
@pytest.mark.parametrize("each", EVERY_FACTORY, ids=lambda each: each.__name__)
def test_factory_makes_two_rows_that_live_together(each):
    assert each().pk != each().pk
