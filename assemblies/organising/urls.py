"""Creating and managing a meeting. Fixed words come before slugs."""

from django.urls import path

from assemblies.organising.views import introduction, meeting, meeting_copy, move, overview, reminders, series, state

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
    path("boards/<slug:slug>/series/new/", series.series_new, name="series_new"),
    path("boards/<slug:slug>/series/<int:pk>/", series.series, name="series"),
    path(f"{MANAGE}series/", series.manage_series, name="manage_series"),
    path(f"{MANAGE}series/delete/", series.manage_series_delete, name="manage_series_delete"),
    path(f"{MANAGE}copy/", meeting_copy.manage_copy, name="manage_copy"),
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
