from assemblies.invitations.models.invitation import Invitation, InvitationRun

__all__ = ["Invitation", "InvitationRun"]
