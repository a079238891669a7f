"""The day for which the structure is drawn."""

from partnership.ui.fields import DayField
from partnership.ui.forms import PortalForm


class DayForm(PortalForm):
    form_method = "get"
    submit_label = "Show that day"
    mark_optional = False
    on = DayField(label="As it was on", required=False, help_text="For example, 1 July 2020")
