"""Which blockers a list shows."""

from django import forms
from django.db.models import Exists, OuterRef
from django.utils import timezone

from assemblies.blockers.models import Blocker
from assemblies.blockers.models.blocker import BlockerQuerySet
from partnership.accounts.rules import is_partnership_staff
from partnership.partners.models import Partner
from partnership.ui.forms import SearchForm
from places.footprint.models import Place

OPEN, ALL = "open", "all"
STATES = [
    (OPEN, "Still in the way"),
    *[(state.value, state.label.capitalize()) for state in Blocker.State],
    (ALL, "All"),
]
MINE, RAISED_BY_ME, NOBODYS, LEFT = "mine", "raised", "nobody", "left"


class BlockerSearchForm(SearchForm):
    """Theme, how far they are, where, for which organisation, and whose."""

    submit_label = "Show"
    theme = forms.ChoiceField(label="Theme", choices=[("", "Every theme"), *Blocker.Theme.choices], required=False)
    status = forms.ChoiceField(label="How far they are", choices=STATES, required=False)
    whose = forms.ChoiceField(label="Owner", required=False)
    place = forms.ModelChoiceField(
        label="Place", queryset=Place.objects.none(), to_field_name="slug", required=False, empty_label="Every place"
    )
    partner = forms.ModelChoiceField(
        label="Organisation", queryset=Partner.objects.none(), to_field_name="slug", required=False,
        empty_label="Every organisation",
    )  # fmt: skip

    def __init__(self, *args, user, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        of_anybody = [("", "Anybody"), (MINE, "You"), (RAISED_BY_ME, "Anybody, raised by you"), (NOBODYS, "Nobody yet")]
        left = [(LEFT, "Somebody who has left")] if is_partnership_staff(user) else []
        self.fields["whose"].choices = of_anybody + left
        rows = Blocker.objects.visible_to(user)
        for name, model in (("place", Place), ("partner", Partner)):
            known = model.objects.filter(Exists(rows.filter(**{name: OuterRef("pk")})))
            self.fields[name].queryset = known.order_by("name")

    def narrow(self, rows: BlockerQuerySet) -> BlockerQuerySet:
        """Those that are asked for: open ones unless the question says otherwise; all where it makes no sense."""
        self.is_valid()
        asked = self.cleaned_data if self.is_bound else {}
        found = self._in_state(rows, asked.get("status") or OPEN)
        found = self._whose(found, asked.get("whose", ""))
        exact = {name: asked[name] for name in ("theme", "place", "partner") if asked.get(name)}
        return found.filter(**exact)

    @staticmethod
    def _in_state(rows: BlockerQuerySet, status: str) -> BlockerQuerySet:
        if status == OPEN:
            return rows.open()
        return rows if status == ALL else rows.filter(state=status)

    def _whose(self, rows: BlockerQuerySet, whose: str) -> BlockerQuerySet:
        if whose == MINE:
            return rows.of_person(self.user)
        if whose == RAISED_BY_ME:
            return rows.filter(raised_by=self.user)
        if whose == NOBODYS:
            return rows.without_owner()
        return rows.left_behind(timezone.localdate()) if whose == LEFT else rows
