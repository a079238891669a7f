from assemblies.past_papers.models.opening import PastPaperOpening
from assemblies.past_papers.models.paper_import import ImportedFile, ImportZip, PaperImport
from assemblies.past_papers.models.past_meeting import PastMeeting, PastPaper
from assemblies.past_papers.models.withdrawal import PastPaperWithdrawal

__all__ = [
    "ImportZip",
    "ImportedFile",
    "PaperImport",
    "PastMeeting",
    "PastPaper",
    "PastPaperOpening",
    "PastPaperWithdrawal",
]
