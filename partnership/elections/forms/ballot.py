"""A ballot paper as a voter fills it in, and the receipt with which they look for their vote."""

from django import forms

from partnership.elections.models import Election, Nomination
from partnership.ui.forms import PortalForm


class ReceiptForm(PortalForm):
    """Sent by POST: a receipt in an address would stand beside the reader's own in the logs of servers on the way."""

    submit_label = "Find my vote"
    mark_optional = False
    receipt = forms.CharField(label="Your receipt", help_text="For example, K7QF-M2XD-9WPT", max_length=40)

    def clean_receipt(self) -> str:
        return tidy_receipt(self.cleaned_data["receipt"])


def tidy_receipt(text: str) -> str:
    """A receipt as it is printed, from one copied with small letters, spaces or without hyphens."""
    letters = "".join(letter for letter in text.upper() if letter.isalnum())
    return "-".join(letters[start : start + 4] for start in range(0, len(letters), 4))


class VoteForm(PortalForm):
    """A ballot paper: one name for first past the post, places for the single transferable vote. Works without script.

    Gives `ranking`: numbers of candidates, the first preference first; empty for none of them.
    """

    submit_label = "Continue"
    mark_optional = False
    secret = True
    receipt = forms.CharField(widget=forms.HiddenInput, required=False)  # signed; the action looks at it

    def __init__(self, *args, election: Election, candidates: list[Nomination], taken_out=(), **kwargs) -> None:
        self.election, self.candidates, self.taken_out = election, candidates, taken_out
        super().__init__(*args, **kwargs)

    @classmethod
    def on_paper(cls, election: Election, candidates: list[Nomination], data=None, taken_out=(), initial=None):
        kind = OneNameForm if election.method == Election.Method.FPTP else RankingForm
        return kind(data, initial=initial, election=election, candidates=candidates, taken_out=taken_out)


def choice(place: int) -> str:
    """A place on the ballot paper in words: "1st choice"."""
    ending = "th" if place % 100 in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
    return f"{place}{ending} choice"


class OneNameForm(VoteForm):
    choice = forms.ChoiceField(
        label="Who do you vote for?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a candidate, or none of them"},
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["choice"].choices = [
            *((str(each.number), f"{each.candidate}, {each.partner}") for each in self.candidates),
            ("0", "None of them: my vote counts as cast, for nobody"),
        ]

    def clean(self):
        cleaned = super().clean()
        if "choice" in cleaned:
            number = int(cleaned["choice"])
            cleaned["ranking"] = [number] if number else []
        return cleaned


class RankingForm(VoteForm):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        last = len(self.candidates)
        places = [("", "No preference"), *((str(place), choice(place)) for place in range(1, last + 1))]
        for each in self.candidates:
            self.fields[f"place_{each.number}"] = forms.ChoiceField(
                label=f"{each.candidate}, {each.partner}",
                choices=places,
                required=False,
                error_messages={"invalid_choice": f"Select from 1st choice to {choice(last)}, or no preference"},
            )
        self.fields["none"] = forms.BooleanField(
            label="None of them: my vote counts as cast, for nobody", required=False
        )

    def clean(self):
        cleaned = super().clean()
        for each in self.taken_out:  # on a paper that was opened before
            if self.data.get(f"place_{each.number}"):
                self.add_error(None, f"{each.candidate} is no longer a candidate: rank the others again")
        if self.errors:
            return cleaned
        given = {each.number: int(cleaned[f"place_{each.number}"] or 0) for each in self.candidates}
        ranked = {number: place for number, place in given.items() if place}
        if cleaned["none"] and ranked:
            self.add_error(
                "none", "You ranked candidates and also ticked that you want none of them: choose one or the other"
            )
        elif not ranked and not cleaned["none"]:
            first = f"place_{self.candidates[0].number}"
            self.add_error(first, "Make one candidate your 1st choice, or tick that you want none of them")
        self._look_for_doubles(ranked)
        if not self.errors:
            self._look_for_gaps(ranked)
        cleaned["ranking"] = sorted(ranked, key=ranked.get)
        return cleaned

    def _look_for_doubles(self, ranked: dict[int, int]) -> None:
        names = {each.number: str(each.candidate) for each in self.candidates}
        for number, place in ranked.items():
            others = [names[other] for other, theirs in ranked.items() if theirs == place and other != number]
            if others:
                also = " and ".join(others)
                self.add_error(
                    f"place_{number}",
                    f"You made {also} your {choice(place)} too: give each candidate a different choice",
                )

    def _look_for_gaps(self, ranked: dict[int, int]) -> None:
        for expected, (number, place) in enumerate(sorted(ranked.items(), key=lambda pair: pair[1]), 1):
            if place != expected:
                self.add_error(
                    f"place_{number}", f"You have a {choice(place)} but no {choice(expected)}: leave none out"
                )
                return
