"""Creating and managing a meeting."""

from django.urls import path

from assemblies.views import manage, manage_agenda, manage_introduction, manage_meeting, manage_move, manage_state

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
    path(f"{MANAGE}agenda/", manage_agenda.manage_agenda, name="manage_agenda"),
    path(f"{MANAGE}agenda/items/add/", manage_agenda.manage_agenda_item_add, name="manage_agenda_item_add"),
    path(f"{MANAGE}agenda/items/<int:pk>/", manage_agenda.manage_agenda_item, name="manage_agenda_item"),
    path(
        f"{MANAGE}agenda/items/<int:pk>/remove/",
        manage_agenda.manage_agenda_item_remove,
        name="manage_agenda_item_remove",
    ),
    path(
        f"{MANAGE}agenda/items/<int:pk>/shift/", manage_agenda.manage_agenda_item_shift, name="manage_agenda_item_shift"
    ),
    path(f"{MANAGE}agenda/revise/", manage_agenda.manage_agenda_revise, name="manage_agenda_revise"),
    path(f"{MANAGE}agenda/discard/", manage_agenda.manage_agenda_discard, name="manage_agenda_discard"),
    path(f"{MANAGE}agenda/publish/", manage_agenda.manage_agenda_publish, name="manage_agenda_publish"),
    path(
        f"{MANAGE}places/<slug:place>/introduction/",
        manage_introduction.manage_introduction,
        name="manage_introduction",
    ),
]
