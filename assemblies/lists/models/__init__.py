from assemblies.lists.models.invitation_list import InvitationList, ListEntry, ListTarget
from assemblies.lists.models.list_import import ImportFile, ImportRow, ListImport

__all__ = ["ImportFile", "ImportRow", "InvitationList", "ListEntry", "ListImport", "ListTarget"]
