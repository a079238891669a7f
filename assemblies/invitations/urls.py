"""What staff send, and follow."""

from django.urls import path

from assemblies.invitations.views import invitation, invitations

INVITATIONS = "meetings/<slug:slug>/manage/invitations/"

urlpatterns = [
    path(INVITATIONS, invitations.invitations, name="manage_invitations"),
    path(f"{INVITATIONS}message/", invitation.preview, name="manage_invitations_preview"),
    path(f"{INVITATIONS}message/frame/", invitation.message, name="manage_invitations_message"),
    path(f"{INVITATIONS}send/", invitations.send, name="manage_invitations_send"),
    path(f"{INVITATIONS}chase/", invitations.chase, name="manage_invitations_chase"),
    path(f"{INVITATIONS}runs/<int:pk>/", invitations.run, name="manage_invitations_run"),
    path(f"{INVITATIONS}<int:pk>/", invitation.invitation, name="manage_invitation"),
    path(f"{INVITATIONS}<int:pk>/again/", invitation.again, name="manage_invitation_again"),
]
