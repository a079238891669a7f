from assemblies.papers.models.agenda import AgendaItem, AgendaVersion
from assemblies.papers.models.agenda_in_common import AgendaItemBoard, AgendaReading
from assemblies.papers.models.board_chain import BoardCheck, BoardStep
from assemblies.papers.models.document import Document
from assemblies.papers.models.meeting_pack import MeetingPack, PackFile, PackPart
from assemblies.papers.models.opening import PaperOpening
from assemblies.papers.models.pdf_check import PdfCheck
from assemblies.papers.models.programme import ProgrammeVersion, Session
from assemblies.papers.models.report import Report, ReportAppendix
from assemblies.papers.models.report_reminder import ReportReminder
from assemblies.papers.models.report_step import ReportStep, StepHandover
from assemblies.papers.models.report_version import Recommendation, ReportVersion
from assemblies.papers.models.withdrawal import Erasure, ReplacedPack, Withdrawal, WithdrawnFile
from assemblies.papers.models.withheld_papers import WithheldPapers
from assemblies.papers.models.word_file import WordFile

__all__ = [
    "AgendaItem",
    "AgendaItemBoard",
    "AgendaReading",
    "AgendaVersion",
    "BoardCheck",
    "BoardStep",
    "Document",
    "Erasure",
    "MeetingPack",
    "PackFile",
    "PackPart",
    "PaperOpening",
    "PdfCheck",
    "ProgrammeVersion",
    "Recommendation",
    "ReplacedPack",
    "Report",
    "ReportAppendix",
    "ReportReminder",
    "ReportStep",
    "ReportVersion",
    "Session",
    "StepHandover",
    "Withdrawal",
    "WithdrawnFile",
    "WithheldPapers",
    "WordFile",
]
