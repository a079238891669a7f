"""The mix of sectors a list aims at."""

from django import forms

from partnership.partners.models.partner import Sector
from partnership.ui.forms import PortalForm

USUAL = {Sector.NHS: 30, Sector.COUNCIL: 20, Sector.VCFSE: 40, Sector.OTHER: 10}


class MixForm(PortalForm):
    """A share in whole per cent for each sector. That they add up to 100 is the action's rule."""

    submit_label = "Save the mix"

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.add_shares()

    def add_shares(self) -> None:
        for sector in Sector:
            self.fields[sector.value] = forms.IntegerField(
                label=f"{sector.label}, per cent",
                min_value=0,
                max_value=100,
                widget=forms.TextInput(attrs={"class": "govuk-input--width-3", "inputmode": "numeric"}),
                error_messages={
                    "required": f"Enter a share for {sector.label}, or 0",
                    "invalid": f"The share for {sector.label} must be a whole number, like 20",
                    "min_value": f"The share for {sector.label} must be 0 or more",
                    "max_value": f"The share for {sector.label} must be 100 or less",
                },
            )
