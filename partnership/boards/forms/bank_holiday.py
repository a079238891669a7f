"""A bank holiday that was proclaimed lately."""

from django import forms

from partnership.ui.fields import DayField
from partnership.ui.forms import PortalForm


class BankHolidayForm(PortalForm):
    submit_label = "Add the bank holiday"
    day = DayField(label="Day")
    name = forms.CharField(label="What it is for", max_length=100, help_text="For example, state funeral")
