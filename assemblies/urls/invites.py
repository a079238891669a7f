"""Invitations and reminders: a person's own link, and what staff send and follow."""

from django.urls import path

from assemblies.views import invitation, manage_invitation, manage_invitations, manage_reminders

INVITATIONS = "meetings/<slug:slug>/manage/invitations/"
REMINDERS = "meetings/<slug:slug>/manage/reminders/"

urlpatterns = [
    path("i/<key:key>/", invitation.invitation, name="invitation"),
    path("i/<key:key>/decline/", invitation.invitation_decline, name="invitation_decline"),
    path(INVITATIONS, manage_invitations.invitations, name="manage_invitations"),
    path(f"{INVITATIONS}message/", manage_invitation.preview, name="manage_invitations_preview"),
    path(f"{INVITATIONS}message/frame/", manage_invitation.message, name="manage_invitations_message"),
    path(f"{INVITATIONS}send/", manage_invitations.send, name="manage_invitations_send"),
    path(f"{INVITATIONS}chase/", manage_invitations.chase, name="manage_invitations_chase"),
    path(f"{INVITATIONS}runs/<int:pk>/", manage_invitations.run, name="manage_invitations_run"),
    path(f"{INVITATIONS}<int:pk>/", manage_invitation.invitation, name="manage_invitation"),
    path(f"{INVITATIONS}<int:pk>/answer/", manage_invitation.answer, name="manage_invitation_answer"),
    path(f"{INVITATIONS}<int:pk>/again/", manage_invitation.again, name="manage_invitation_again"),
    path(REMINDERS, manage_reminders.reminder_list, name="manage_reminders"),
    path(f"{REMINDERS}new/", manage_reminders.new, name="manage_reminder_new"),
    path(f"{REMINDERS}<int:pk>/", manage_reminders.edit, name="manage_reminder"),
    path(f"{REMINDERS}<int:pk>/switch/", manage_reminders.switch, name="manage_reminder_switch"),
    path(f"{REMINDERS}<int:pk>/message/", manage_reminders.preview, name="manage_reminder_preview"),
    path(f"{REMINDERS}<int:pk>/message/frame/", manage_reminders.message, name="manage_reminder_message"),
]
