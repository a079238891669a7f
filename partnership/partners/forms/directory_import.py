"""A file of organisations."""

from partnership.files.uploads import TableField
from partnership.ui.forms import PortalForm


class DirectoryUploadForm(PortalForm):
    submit_label = "Read the file"
    file = TableField(then="Nothing changes until you have checked what we read.")
