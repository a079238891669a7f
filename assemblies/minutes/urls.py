"""The minutes of a meeting, from a draft out of its record to their confirmation at the next one.

Those of the host stand under the meeting itself; those of a board that meets in common under its name.
"""

from django.urls import path

from assemblies.minutes.views import correction, key_messages, minutes, work

MEETING = "meetings/<slug:slug>/"
OF_BOARD = f"{MEETING}minutes/<slug:board>/"
VERSION = f"{OF_BOARD}<int:number>/"
WORK = f"{MEETING}manage/minutes/<slug:board>/"

urlpatterns = [
    path("boards/<slug:slug>/minutes/", minutes.board_minutes, name="board_minutes"),
    path(f"{MEETING}key-messages/", key_messages.key_messages, name="key_messages"),
    path(f"{MEETING}key-messages/<slug:board>/", key_messages.key_messages, name="key_messages_of_board"),
    path(f"{MEETING}minutes/", minutes.minutes, name="minutes"),
    path(f"{MEETING}minutes.pdf", minutes.minutes_pdf, name="minutes_pdf"),
    path(OF_BOARD, minutes.minutes, name="minutes_of_board"),
    path(f"{OF_BOARD}minutes.pdf", minutes.minutes_pdf, name="minutes_pdf_of_board"),
    path(f"{OF_BOARD}correct/", correction.correction_new, name="minutes_correct"),
    path(VERSION, minutes.minutes_version, name="minutes_version"),
    path(f"{VERSION}minutes.pdf", minutes.minutes_version_pdf, name="minutes_version_pdf"),
    path(WORK, work.minutes_work, name="minutes_work"),
    path(f"{WORK}draft/", work.minutes_draft, name="minutes_draft"),
    path(f"{WORK}edit/", work.minutes_edit, name="minutes_edit"),
    path(f"{WORK}circulate/", work.minutes_circulate, name="minutes_circulate"),
    path(f"{WORK}agree/", work.minutes_agree, name="minutes_agree"),
    path(f"{WORK}confirm/", work.minutes_confirm, name="minutes_confirm"),
    path(f"{WORK}reopen/", work.minutes_reopen, name="minutes_reopen"),
    path(f"{WORK}key-messages/", work.minutes_publish_key_messages, name="minutes_publish_key_messages"),
    path(f"{WORK}corrections/<int:pk>/", correction.correction_answer, name="minutes_correction_answer"),
]
