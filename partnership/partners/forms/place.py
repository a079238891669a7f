"""Which partners work in a place."""

from django import forms

from partnership.partners.models import Partner
from partnership.ui.forms import PortalForm
from places.footprint.models import Place


class PlacePartnerForm(PortalForm):
    submit_label = "Add partner"
    partner = forms.ModelChoiceField(Partner.objects.none(), label="Partner that works here", empty_label="Choose one")

    def __init__(self, *args, place: Place, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["partner"].queryset = Partner.objects.public().exclude(pk__in=place.partners.values("pk"))
