from assemblies.papers.models.agenda import AgendaItem, AgendaVersion
from assemblies.papers.models.document import Document
from assemblies.papers.models.programme import ProgrammeVersion, Session

__all__ = ["AgendaItem", "AgendaVersion", "Document", "ProgrammeVersion", "Session"]
