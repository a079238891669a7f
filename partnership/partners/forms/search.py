"""The questions one can ask the directory."""

import django_filters

from partnership.partners import full_text
from partnership.partners.models import Partner, PeopleGroup
from partnership.ui.forms import SearchForm
from places.footprint.models import Place


def place_choices() -> list[tuple[str, str]]:
    return list(Place.objects.public().by_name().values_list("slug", "name"))


def group_choices() -> list[tuple[str, str]]:
    return list(PeopleGroup.objects.values_list("slug", "name"))


class PartnerSearch(django_filters.FilterSet):
    """By word, place, neighbourhood, group of people served, and kind: each is answered from an index."""

    words = django_filters.CharFilter(label="Words", method="holding")
    place = django_filters.ChoiceFilter(
        label="Place", choices=place_choices, empty_label="All places", method="in_place"
    )
    near = django_filters.CharFilter(label="Neighbourhood", method="in_neighbourhood")
    group = django_filters.ChoiceFilter(
        label="People served", choices=group_choices, empty_label="All groups", method="serving"
    )
    kind = django_filters.ChoiceFilter(label="Kind", choices=Partner.Kind.choices, empty_label="All kinds")

    class Meta:
        model = Partner
        fields = ["words", "place", "near", "group", "kind"]
        form = SearchForm

    def holding(self, rows, name, value):
        return rows.holding(value)

    def in_neighbourhood(self, rows, name, value):
        return rows.holding(value, full_text.NEIGHBOURHOODS)

    def in_place(self, rows, name, value):
        return rows.filter(pk__in=Partner.places.through.objects.filter(place__slug=value).values("partner"))

    def serving(self, rows, name, value):
        return rows.filter(pk__in=Partner.groups.through.objects.filter(peoplegroup__slug=value).values("partner"))

    @property
    def is_asked(self) -> bool:
        """Whether anything narrows the list."""
        return self.is_bound and any(self.form.data.get(name) for name in self.filters)
