from assemblies.models.agenda import AgendaItem, AgendaVersion
from assemblies.models.call import CallForViews, CallTopic, PartnerAnswer, TopicSummary, TopicView
from assemblies.models.document import Document
from assemblies.models.exit_question import ExitAnswer, ExitQuestion
from assemblies.models.feed import PersonalFeed
from assemblies.models.invitation import Invitation, InvitationRun
from assemblies.models.invitation_list import InvitationList, ListEntry, ListTarget
from assemblies.models.list_import import ImportFile, ImportRow, ListImport
from assemblies.models.meeting import Follower, Meeting, MeetingMove, MeetingPlace
from assemblies.models.member_run import MemberRun
from assemblies.models.programme import ProgrammeVersion, Session
from assemblies.models.registration import Needs, Registration
from assemblies.models.reminder import ReminderRule, ReminderRun
from assemblies.models.report_back import InputMark, ReportBack, ReportCorrection, ReportLine

__all__ = [
    "AgendaItem",
    "AgendaVersion",
    "CallForViews",
    "CallTopic",
    "Document",
    "ExitAnswer",
    "ExitQuestion",
    "Follower",
    "ImportFile",
    "ImportRow",
    "InputMark",
    "Invitation",
    "InvitationList",
    "InvitationRun",
    "ListEntry",
    "ListImport",
    "ListTarget",
    "Meeting",
    "MeetingMove",
    "MeetingPlace",
    "MemberRun",
    "Needs",
    "PartnerAnswer",
    "PersonalFeed",
    "ProgrammeVersion",
    "Registration",
    "ReminderRule",
    "ReminderRun",
    "ReportBack",
    "ReportCorrection",
    "ReportLine",
    "Session",
    "TopicSummary",
    "TopicView",
]
