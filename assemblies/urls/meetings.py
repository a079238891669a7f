"""Creating and managing a meeting."""

from django.urls import path

from assemblies.views import manage, manage_introduction, manage_meeting, manage_move, manage_state

MANAGE = "meetings/<slug:slug>/manage/"

urlpatterns = [
    path("meetings/new/", manage_meeting.meeting_new, name="meeting_new"),
    path(MANAGE, manage.overview, name="manage"),
    path(f"{MANAGE}edit/<slug:section>/", manage_meeting.manage_edit, name="manage_edit"),
    path(f"{MANAGE}publish/", manage_state.manage_publish, name="manage_publish"),
    path(f"{MANAGE}hold/", manage_state.manage_hold, name="manage_hold"),
    path(f"{MANAGE}close/", manage_state.manage_close, name="manage_close"),
    path(f"{MANAGE}move/", manage_move.manage_move, name="manage_move"),
    path(f"{MANAGE}cancel/", manage_move.manage_cancel, name="manage_cancel"),
    path(
        f"{MANAGE}places/<slug:place>/introduction/",
        manage_introduction.manage_introduction,
        name="manage_introduction",
    ),
]
