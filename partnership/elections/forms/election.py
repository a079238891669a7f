"""What people fill in about an election: staff its timetable and roll, members their nominations. Votes: `ballot`."""

from itertools import pairwise

from django import forms
from django.utils import timezone
from django.utils.text import slugify

from partnership.accounts.models import User
from partnership.boards.models import Board, Seat
from partnership.elections.models import Election
from partnership.partners.forms.search import place_choices
from partnership.partners.models import Partner
from partnership.partners.models.partner import Sector
from partnership.ui.fields import DayField, MomentField
from partnership.ui.forms import PortalForm, SearchForm

LONGEST_STATEMENT = 4000
TIMES = ["roll_freezes_at", "nominations_open_at", "nominations_close_at", "voting_opens_at", "voting_closes_at"]


class BoardChoiceForm(SearchForm):
    """For which board the election is, asked first since its seats follow from it."""

    submit_label = "Continue"
    board = forms.ModelChoiceField(Board.objects.none(), to_field_name="slug", empty_label="Choose a board")

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["board"].queryset = Board.objects.public().to_choose()


class ElectionForm(PortalForm):
    """Everything about an election except its roll."""

    submit_label = "Save election"
    title = forms.CharField(label="Title", max_length=200, help_text="For example, Lead of Fylde Coast, 2026 to 2029")
    seats = forms.ModelMultipleChoiceField(
        Seat.objects.none(),
        label="Seats to fill",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose a seat"},
    )
    method = forms.ChoiceField(
        label="How votes are counted",
        choices=Election.Method.choices,
        widget=forms.RadioSelect,
        help_text="First past the post: each voter names one person; for one seat only. Single transferable vote: each "
        "voter ranks as many as they like; for one seat or several.",
    )
    introduction = forms.CharField(
        label="What the seat is for", widget=forms.Textarea(attrs={"rows": 5}), required=False
    )
    electorate = forms.CharField(
        label="Who may vote, in words",
        max_length=300,
        help_text="For example, voluntary sector organisations of Fylde Coast",
    )
    roll_freezes_at = MomentField(
        label="The roll is frozen", help_text="No organisation can be added or removed after this"
    )
    nominations_open_at = MomentField(label="Nominations open")
    nominations_close_at = MomentField(label="Nominations close")
    voting_opens_at = MomentField(label="Voting opens")
    voting_closes_at = MomentField(label="Voting closes")
    term_starts_on = DayField(label="First day of the term")
    term_ends_on = DayField(label="Last day of the term")

    def __init__(self, *args, board: Board, election: Election | None = None, **kwargs) -> None:
        if election:
            facts = {name: getattr(election, name) for name in self.base_fields if name != "seats"}
            kwargs["initial"] = facts | {"seats": list(election.seats.all())}
        super().__init__(*args, **kwargs)
        chosen = list(election.seats.values_list("pk", flat=True)) if election else []
        seats = board.seats.all()
        self.fields["seats"].queryset = seats.not_ended(timezone.localdate()) | seats.filter(pk__in=chosen)
        self.fields["seats"].label_from_instance = lambda seat: seat.title

    def clean_title(self) -> str:
        title = self.cleaned_data["title"]
        if not slugify(title):
            raise forms.ValidationError("Enter a title with letters in it, like Lead of Fylde Coast")
        return title

    def clean(self):
        cleaned = super().clean()
        for before, after in pairwise(TIMES):
            first, second = cleaned.get(before), cleaned.get(after)
            may_be_equal = after in {"nominations_open_at", "voting_opens_at"}
            if first and second and (second < first or (second == first and not may_be_equal)):
                earlier = self.fields[before].label[:1].lower() + self.fields[before].label[1:]
                self.add_error(after, f"This is before {earlier}: enter a later time")
        starts_on, ends_on = cleaned.get("term_starts_on"), cleaned.get("term_ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("term_ends_on", "The last day is before the first: enter a later one")
        return cleaned


class ExtendForm(PortalForm):
    submit_label = "Extend voting and tell people"
    voting_closes_at = MomentField(label="Voting closes")
    because = forms.CharField(
        label="Why voting is extended",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Everyone can read it.",
        error_messages={"required": "Enter why voting is extended"},
    )


class CancelForm(PortalForm):
    submit_label = "Cancel the election"
    submit_warning = True
    because = forms.CharField(label="Why it is cancelled", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class TakeOutForm(PortalForm):
    submit_label = "Remove the candidate"
    submit_warning = True
    because = forms.CharField(
        label="Why they are no longer a candidate",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Everyone can read it, so say no more than is needed. For example: She has left the organisation.",
        error_messages={"required": "Enter why they are no longer a candidate"},
    )


class RollSearchForm(SearchForm):
    """Which organisations of the directory to look at."""

    submit_label = "Find organisations"
    words = forms.CharField(label="Name", max_length=200, required=False)
    sector = forms.ChoiceField(label="Sector", choices=[("", "All sectors"), *Sector.choices], required=False)
    kind = forms.ChoiceField(label="Kind", choices=[("", "All kinds"), *Partner.Kind.choices], required=False)
    place = forms.ChoiceField(label="Place", required=False)
    spoken_for = forms.BooleanField(
        label="Only those the seat speaks for, by its sector, places and groups", required=False
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [("", "All places"), *place_choices()]

    def narrow(self, partners):
        """The organisations that fit, or all where nothing is asked."""
        asked = self.cleaned_data if self.is_bound and self.is_valid() else {}
        partners = partners.named_like(asked.get("words", ""))
        if asked.get("sector"):
            own = [kind for kind in Partner.Kind if Partner.SECTORS.get(kind, Sector.OTHER) == asked["sector"]]
            partners = partners.filter(kind__in=own)
        if asked.get("kind"):
            partners = partners.filter(kind=asked["kind"])
        if asked.get("place"):
            partners = partners.filter(places__slug=asked["place"]).distinct()
        return partners


class NameVoterForm(PortalForm):
    submit_label = "Name this person"
    person = forms.ModelChoiceField(User.objects.none(), label="Who votes", empty_label=None, widget=forms.RadioSelect)

    def __init__(self, *args, partner: Partner, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        members = partner.memberships.accepted().values("user")
        self.fields["person"].queryset = User.objects.filter(pk__in=members, is_active=True)


class VoterChangeForm(PortalForm):
    """The decision of a second member of staff, about the change that the page showed and no later one."""

    submit_label = "Save"
    change = forms.IntegerField(widget=forms.HiddenInput, required=False)
    decision = forms.ChoiceField(
        label="Your decision",
        choices=[("confirm", "Confirm the change"), ("decline", "Decline it: the vote stays with who has it")],
        widget=forms.RadioSelect,
        error_messages={"required": "Select whether you confirm the change"},
    )


class StatementForm(PortalForm):
    """The candidate's own words, when they accept."""

    submit_label = "Accept and stand"
    statement = forms.CharField(
        label="Statement",
        max_length=LONGEST_STATEMENT,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="Who you are and what you would do. Everyone can read it.",
    )


class NominateForm(StatementForm):
    """Who is put forward, and who seconds."""

    submit_label = "Nominate"
    field_order = ["candidate", "partner", "statement", "seconder"]
    candidate = forms.CharField(
        label="Email address of the candidate",
        help_text="Your own if you are standing. They need an account, and must accept before they are a candidate.",
    )
    partner = forms.ModelChoiceField(
        Partner.objects.none(), label="Organisation of the candidate", empty_label="Choose an organisation on the roll"
    )
    seconder = forms.CharField(
        label="Email address of the seconder",
        help_text="Someone from another organisation on the roll, or you. We will ask them to confirm.",
    )

    def __init__(self, *args, election: Election, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["partner"].queryset = Partner.objects.filter(votes__election=election)

    def clean_candidate(self):
        return _person(self.cleaned_data["candidate"])

    def clean_seconder(self):
        return _person(self.cleaned_data["seconder"])


def _person(address: str):
    person = User.objects.filter(email=address.strip().lower(), is_active=True).first()
    if person is None:
        raise forms.ValidationError("Nobody has an account with that address: check it, or ask them to create one")
    return person
