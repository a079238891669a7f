from assemblies.voice.models.call import CallForViews, CallTopic, PartnerAnswer, TopicSummary, TopicView
from assemblies.voice.models.member_run import MemberRun
from assemblies.voice.models.report_back import InputMark, ReportBack, ReportCorrection, ReportLine

__all__ = [
    "CallForViews",
    "CallTopic",
    "InputMark",
    "MemberRun",
    "PartnerAnswer",
    "ReportBack",
    "ReportCorrection",
    "ReportLine",
    "TopicSummary",
    "TopicView",
]
