"""The day for which the structure is drawn."""

from partnership.ui.fields import DayField
from partnership.ui.forms import SearchForm


class DayForm(SearchForm):
    submit_label = "Show that day"
    on = DayField(label="As it was on", required=False, help_text="For example, 1 July 2020")
