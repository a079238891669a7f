"""The screen of a meeting, and what is entered there."""

from django.urls import path

from assemblies.sittings.views import practice, record

RECORD = "meetings/<slug:slug>/record/"

urlpatterns = [
    path(RECORD, record.record, name="record"),
    path(f"{RECORD}start/", record.record_start, name="record_start"),
    path(f"{RECORD}enter/", record.record_enter, name="record_enter"),
    path(f"{RECORD}end/", record.record_end, name="record_end"),
    path(f"{RECORD}screen/", record.record_screen, name="record_screen"),
    path("boards/<slug:slug>/practice/", practice.board_practice, name="board_practice"),
]
