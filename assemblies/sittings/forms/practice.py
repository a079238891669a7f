from assemblies.sittings.models import BoardPractice
from partnership.ui.forms import PortalModelForm


class PracticeForm(PortalModelForm):
    """How a board records its decisions, by its own rules of procedure."""

    submit_label = "Save"
    labels = {
        "names_movers": "A mover and a seconder are named",
        "has_casting_vote": "Who presides has a casting vote when votes are equal",
    }

    class Meta:
        model = BoardPractice
        fields = ["names_movers", "has_casting_vote"]
