"""The questions one can ask the register of decisions."""

import django_filters
from django import forms

from assemblies.decisions.models import Decision
from assemblies.forward_plan.models import Topic
from partnership.boards.models import Board
from partnership.ui.fields import DayField
from partnership.ui.forms import SearchForm
from places.footprint.models import Place


def place_choices() -> list[tuple[str, str]]:
    return list(Place.objects.public().by_name().values_list("slug", "name"))


def board_choices() -> list[tuple[str, str]]:
    return list(Board.objects.public().order_by("name").values_list("slug", "name"))


class DayFilter(django_filters.Filter):
    """A day, typed in words as everywhere."""

    field_class = DayField


class RegisterSearch(django_filters.FilterSet):
    """By word, board, place, who decided, outcome, days and topic. What a closed decision says is found by those alone who may
    read it."""

    words = django_filters.CharFilter(label="Words", method="holding")
    board = django_filters.ChoiceFilter(
        label="Board", choices=board_choices, empty_label="All boards", method="of_board"
    )
    place = django_filters.ChoiceFilter(
        label="Place", choices=place_choices, empty_label="All places", method="of_place"
    )
    kind = django_filters.ChoiceFilter(
        label="Who decided", choices=Decision.Kind.choices, empty_label="Boards and officers"
    )
    outcome = django_filters.ChoiceFilter(
        label="Outcome", choices=Decision.Outcome.choices, empty_label="All outcomes", method="with_outcome"
    )
    since = DayFilter(label="From", field_name="decided_on", lookup_expr="gte")
    until = DayFilter(label="To", field_name="decided_on", lookup_expr="lte")
    topic = django_filters.NumberFilter(widget=forms.HiddenInput, min_value=1, max_value=2**62, method="on_topic")

    class Meta:
        model = Decision
        fields = ["words", "board", "place", "kind", "outcome", "since", "until", "topic"]
        form = SearchForm

    def __init__(self, *args, user, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def holding(self, rows, name, value):
        return rows.readable_by(self.user).with_words(value)

    def of_board(self, rows, name, value):
        return rows.filter(board__slug=value)

    def of_place(self, rows, name, value):
        return rows.filter(pk__in=Decision.places.through.objects.filter(place__slug=value).values("decision"))

    def with_outcome(self, rows, name, value):
        return rows.readable_by(self.user).filter(outcome=value)

    def on_topic(self, rows, name, value):
        return rows.readable_by(self.user).filter(topic=int(value))

    @property
    def is_asked(self) -> bool:
        """Whether anything narrows the list."""
        return self.is_bound and any(self.form.data.get(name) for name in self.filters)

    @property
    def topic_asked(self) -> Topic | None:
        """The topic whose decisions are asked for, where the person may know of it."""
        number = self.form.cleaned_data.get("topic") if self.is_bound and self.form.is_valid() else None
        return Topic.objects.visible_to(self.user).filter(pk=int(number)).first() if number else None
