from django import forms

from assemblies.meetings.models import Meeting
from assemblies.pledges.models import Ask, Pledge
from partnership.partners.models import Partner
from partnership.ui.forms import SearchForm
from places.footprint.models import Place


class PledgeSearchForm(SearchForm):
    """Narrows the list of pledges, or of asks. It goes in the address, and nothing is required."""

    submit_label = "Show"

    place = forms.ModelChoiceField(Place.objects.none(), to_field_name="slug", required=False, empty_label="All places")
    partner = forms.ModelChoiceField(
        Partner.objects.none(), to_field_name="slug", required=False, empty_label="All partners", label="Partner"
    )
    state = forms.ChoiceField(label="How far they are", required=False)
    meeting = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, of: type[Pledge] | type[Ask], rows, user, **kwargs) -> None:
        """`rows`: those the person may read; only what is among them is offered."""
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["place"].queryset = Place.objects.filter(pk__in=rows.order_by().values("answer__place")).order_by(
            "name"
        )
        named = "of_partner" if of is Pledge else "partner"
        self.fields["partner"].queryset = Partner.objects.filter(pk__in=rows.order_by().values(named)).order_by("name")
        self.fields["state"].choices = [("", "All"), *[(each, each.label.capitalize()) for each in of.State]]

    def narrow(self, rows):
        """Returns the rows that fit every answer given; an answer that makes no sense is shown beside its box."""
        if not self.is_bound:
            return rows
        if not self.is_valid():
            return rows.none()
        chosen = self.cleaned_data
        if chosen["place"]:
            rows = rows.at_place(chosen["place"])
        if chosen["partner"]:
            rows = rows.of_partner(chosen["partner"])
        if chosen["state"]:
            rows = rows.filter(state=chosen["state"])
        return rows.of_meeting(self.about) if self.about else rows

    @property
    def about(self) -> Meeting | None:
        """The meeting the list is of; None for all of them, and for one that is not there or not theirs to see."""
        slug = self.cleaned_data.get("meeting") if self.is_bound and self.is_valid() else ""
        return Meeting.objects.visible_to(self.user).published().filter(slug=slug).first() if slug else None
