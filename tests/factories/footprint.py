from datetime import date

import factory

from places.footprint.models import Place, PlaceLead
from tests.factories.accounts import UserFactory
from tests.factories.counters import CountingFactory


class PlaceFactory(CountingFactory):
    class Meta:
        model = Place

    name = factory.Sequence(lambda n: f"Place {n}")
    slug = factory.Sequence(lambda n: f"place-{n}")
    system = "Cheshire and Merseyside"


class PlaceLeadFactory(CountingFactory):
    class Meta:
        model = PlaceLead

    place = factory.SubFactory(PlaceFactory)
    user = factory.SubFactory(UserFactory)
    starts_on = date(2020, 1, 1)
