"""Creating and managing a meeting. Fixed words come before slugs."""

from django.urls import path

from assemblies.organising.views import introduction, meeting, move, overview, reminders, state

MANAGE = "meetings/<slug:slug>/manage/"
REMINDERS = "meetings/<slug:slug>/manage/reminders/"

urlpatterns = [
    path(REMINDERS, reminders.reminder_list, name="manage_reminders"),
    path(f"{REMINDERS}new/", reminders.new, name="manage_reminder_new"),
    path(f"{REMINDERS}<int:pk>/", reminders.edit, name="manage_reminder"),
    path(f"{REMINDERS}<int:pk>/switch/", reminders.switch, name="manage_reminder_switch"),
    path(f"{REMINDERS}<int:pk>/message/", reminders.preview, name="manage_reminder_preview"),
    path(f"{REMINDERS}<int:pk>/message/frame/", reminders.message, name="manage_reminder_message"),
    path("meetings/new/", meeting.meeting_new, name="meeting_new"),
    path(MANAGE, overview.overview, name="manage"),
    path(f"{MANAGE}edit/<slug:section>/", meeting.manage_edit, name="manage_edit"),
    path(f"{MANAGE}publish/", state.manage_publish, name="manage_publish"),
    path(f"{MANAGE}hold/", state.manage_hold, name="manage_hold"),
    path(f"{MANAGE}close/", state.manage_close, name="manage_close"),
    path(f"{MANAGE}delete/", state.manage_delete_draft, name="manage_delete_draft"),
    path(f"{MANAGE}move/", move.manage_move, name="manage_move"),
    path(f"{MANAGE}cancel/", move.manage_cancel, name="manage_cancel"),
    path(
        f"{MANAGE}places/<slug:place>/introduction/",
        introduction.manage_introduction,
        name="manage_introduction",
    ),
]
