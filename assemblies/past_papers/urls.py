"""Past meetings of a board and their papers, and the import of these."""

from datetime import date

from django.urls import path, register_converter

from assemblies.past_papers.views import paper_import, past_meetings, past_paper, withdrawal


class DayConverter:
    """A day in an address, as 2016-03-14."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, value: date | str) -> str:
        return str(value)


register_converter(DayConverter, "day")

MEETINGS = "boards/<slug:slug>/past-meetings/"
PAPER = "boards/<slug:slug>/past-papers/<int:pk>/"
IMPORTS = "boards/<slug:slug>/past-papers/import/"
IMPORT = f"{IMPORTS}<int:pk>/"

urlpatterns = [
    path(MEETINGS, past_meetings.past_meetings, name="past_meetings"),
    path(f"{MEETINGS}<int:year>/", past_meetings.past_meetings, name="past_meetings_of_year"),
    path(f"{MEETINGS}<day:held_on>/", past_meetings.past_meeting, name="past_meeting"),
    path(PAPER, past_paper.past_paper, name="past_paper"),
    path(f"{PAPER}edit/", past_paper.past_paper_edit, name="past_paper_edit"),
    path(f"{PAPER}withdraw/", withdrawal.past_paper_withdraw, name="past_paper_withdraw"),
    path(f"{PAPER}withdrawal/", withdrawal.past_paper_withdrawal, name="past_paper_withdrawal"),
    path(f"{PAPER}withdrawal/confirm/", withdrawal.past_paper_withdrawal_confirm, name="past_paper_withdrawal_confirm"),
    path(f"{PAPER}withdrawal/back/", withdrawal.past_paper_withdrawal_back, name="past_paper_withdrawal_back"),
    path(f"{PAPER}erase/", withdrawal.past_paper_erase, name="past_paper_erase"),
    path(IMPORTS, paper_import.paper_imports, name="paper_imports"),
    path(IMPORT, paper_import.paper_import, name="paper_import"),
    path(f"{IMPORT}readers/", paper_import.paper_import_readers, name="paper_import_readers"),
    path(f"{IMPORT}days/", paper_import.paper_import_days, name="paper_import_days"),
    path(f"{IMPORT}files/<int:row>/", paper_import.paper_import_file, name="paper_import_file"),
    path(f"{IMPORT}files/<int:row>/change/", paper_import.paper_import_change, name="paper_import_change"),
    path(f"{IMPORT}files/<int:row>/leave-out/", paper_import.paper_import_leave_out, name="paper_import_leave_out"),
    path(f"{IMPORT}confirm/", paper_import.paper_import_confirm, name="paper_import_confirm"),
    path(f"{IMPORT}discard/", paper_import.paper_import_discard, name="paper_import_discard"),
    path(f"{IMPORT}undo/", paper_import.paper_import_undo, name="paper_import_undo"),
]
