"""Invitations and reminders: a person's own link, and what staff send and follow."""

from django.urls import path

from assemblies.views import invitation, manage_invitation, manage_invitations

INVITATIONS = "meetings/<slug:slug>/manage/invitations/"

urlpatterns = [
    path("i/<str:key>/", invitation.invitation, name="invitation"),
    path("i/<str:key>/decline/", invitation.invitation_decline, name="invitation_decline"),
    path(INVITATIONS, manage_invitations.invitations, name="manage_invitations"),
    path(f"{INVITATIONS}message/", manage_invitation.preview, name="manage_invitations_preview"),
    path(f"{INVITATIONS}message/frame/", manage_invitation.message, name="manage_invitations_message"),
    path(f"{INVITATIONS}send/", manage_invitations.send, name="manage_invitations_send"),
    path(f"{INVITATIONS}chase/", manage_invitations.chase, name="manage_invitations_chase"),
    path(f"{INVITATIONS}runs/<int:pk>/", manage_invitations.run, name="manage_invitations_run"),
    path(f"{INVITATIONS}<int:pk>/", manage_invitation.invitation, name="manage_invitation"),
    path(f"{INVITATIONS}<int:pk>/answer/", manage_invitation.answer, name="manage_invitation_answer"),
    path(f"{INVITATIONS}<int:pk>/again/", manage_invitation.again, name="manage_invitation_again"),
]
