"""Choosing people for a list from the directory and from last time."""

from crispy_forms_gds.layout import Button
from django import forms

from partnership.partners.models import Partner
from partnership.ui.forms import PortalForm, SearchForm
from places.footprint.models import Place


class DirectorySearch(SearchForm):
    submit_label = ""
    words = forms.CharField(label="Name, organisation or role", max_length=100, required=False)
    kind = forms.ChoiceField(
        label="Kind of organisation", choices=[("", "All kinds"), *Partner.Kind.choices], required=False
    )
    place = forms.ChoiceField(label="Place", required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.helper.add_input(Button.secondary("", "Search"))
        places = Place.objects.public().current().order_by("name").values_list("slug", "name")
        self.fields["place"].choices = [("", "All places"), *places]

    @property
    def asked(self) -> dict[str, str]:
        """What is searched for; a condition that cannot be read is left out."""
        return self.cleaned_data if self.is_valid() else {}


class ChooseForm(PortalForm):
    """Ticks for people. Give `choices`; who is on the list may stay among them: no harm is done."""

    submit_label = "Add the selected people"
    people = forms.MultipleChoiceField(
        label="People",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Select at least one person"},
    )

    def __init__(self, *args, choices, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].choices = choices
        gone = "Someone you selected is no longer on this page: check and select again"
        self.fields["people"].error_messages["invalid_choice"] = gone
