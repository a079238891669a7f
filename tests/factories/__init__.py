"""Rows for tests: plausible, small, and public unless a test says otherwise. A module for each app."""

from tests.factories.accounts import StaffFactory, UserFactory
from tests.factories.boards import (
    AppointmentFactory,
    BoardFactory,
    ChairFactory,
    ChairSeatFactory,
    InductionItemFactory,
    InductionStepFactory,
    JargonTermFactory,
    SeatFactory,
    TermsVersionFactory,
)
from tests.factories.closures import ClosureFactory, ClosureGroundFactory, ExemptGroundFactory
from tests.factories.days import LONDON, in_days
from tests.factories.decisions import (
    BackgroundPaperFactory,
    DecisionFactory,
    DecisionInterestFactory,
    DecisionVoteFactory,
    OfficerDecisionFactory,
)
from tests.factories.elections import ElectionFactory, NominationFactory, VoterFactory
from tests.factories.executive_notices import ExecutiveFactory, ExecutiveNoticeFactory, KeyDecisionFactory
from tests.factories.follow_up import DoneFollowUpFactory, FollowUpChangeFactory, FollowUpFactory
from tests.factories.footprint import PlaceFactory, PlaceLeadFactory
from tests.factories.forward_plan import (
    ItemMoveFactory,
    LedItemFactory,
    ParkedTopicFactory,
    PlannedItemFactory,
    StandingItemFactory,
    TopicFactory,
)
from tests.factories.interests import InterestFactory, InterestsReturnFactory, WithheldInterestFactory
from tests.factories.invitations import InvitationFactory
from tests.factories.lists import InvitationListFactory, ListEntryFactory
from tests.factories.meetings import (
    MeetingBoardFactory,
    MeetingFactory,
    MeetingMoveFactory,
    MeetingPlaceFactory,
    MeetingTodayFactory,
)
from tests.factories.organising import ReminderRuleFactory
from tests.factories.outbox import MessageFactory
from tests.factories.papers import (
    AgendaItemBoardFactory,
    AgendaItemFactory,
    AgendaReadingFactory,
    AgendaVersionFactory,
    BoardStepFactory,
    DocumentFactory,
    ErasureFactory,
    HeldWithdrawalFactory,
    MeetingPackFactory,
    PackFileFactory,
    PackPartFactory,
    PdfCheckFactory,
    ProgrammeVersionFactory,
    ReadyPackFactory,
    ReportAppendixFactory,
    ReportFactory,
    SessionFactory,
    WithdrawalFactory,
    WordFileFactory,
)
from tests.factories.partners import ContactFactory, MembershipFactory, PartnerFactory
from tests.factories.past_papers import (
    HeldPastPaperFactory,
    ImportedFileFactory,
    PaperImportFactory,
    PastMeetingFactory,
    PastPaperFactory,
)
from tests.factories.posts import ApplicationFactory, PanelMemberFactory, PostFactory
from tests.factories.registrations import ExitQuestionFactory, RegistrationFactory
from tests.factories.sittings import BoardPracticeFactory, EntryFactory, MeetingUnderWayFactory, SittingFactory
from tests.factories.voice import CallFactory, ReportBackFactory

__all__ = [
    "LONDON",
    "AgendaItemBoardFactory",
    "AgendaItemFactory",
    "AgendaReadingFactory",
    "AgendaVersionFactory",
    "ApplicationFactory",
    "AppointmentFactory",
    "BackgroundPaperFactory",
    "BoardFactory",
    "BoardPracticeFactory",
    "BoardStepFactory",
    "CallFactory",
    "ChairFactory",
    "ChairSeatFactory",
    "ClosureFactory",
    "ClosureGroundFactory",
    "ContactFactory",
    "DecisionFactory",
    "DecisionInterestFactory",
    "DecisionVoteFactory",
    "DocumentFactory",
    "DoneFollowUpFactory",
    "ElectionFactory",
    "EntryFactory",
    "ErasureFactory",
    "ExecutiveFactory",
    "ExecutiveNoticeFactory",
    "ExemptGroundFactory",
    "ExitQuestionFactory",
    "FollowUpChangeFactory",
    "FollowUpFactory",
    "HeldPastPaperFactory",
    "HeldWithdrawalFactory",
    "ImportedFileFactory",
    "InductionItemFactory",
    "InductionStepFactory",
    "InterestFactory",
    "InterestsReturnFactory",
    "InvitationFactory",
    "InvitationListFactory",
    "ItemMoveFactory",
    "JargonTermFactory",
    "KeyDecisionFactory",
    "LedItemFactory",
    "ListEntryFactory",
    "MeetingBoardFactory",
    "MeetingFactory",
    "MeetingMoveFactory",
    "MeetingPackFactory",
    "MeetingPlaceFactory",
    "MeetingTodayFactory",
    "MeetingUnderWayFactory",
    "MembershipFactory",
    "MessageFactory",
    "NominationFactory",
    "OfficerDecisionFactory",
    "PackFileFactory",
    "PackPartFactory",
    "PanelMemberFactory",
    "PaperImportFactory",
    "ParkedTopicFactory",
    "PartnerFactory",
    "PastMeetingFactory",
    "PastPaperFactory",
    "PdfCheckFactory",
    "PlaceFactory",
    "PlaceLeadFactory",
    "PlannedItemFactory",
    "PostFactory",
    "ProgrammeVersionFactory",
    "ReadyPackFactory",
    "RegistrationFactory",
    "ReminderRuleFactory",
    "ReportAppendixFactory",
    "ReportBackFactory",
    "ReportFactory",
    "SeatFactory",
    "SessionFactory",
    "SittingFactory",
    "StaffFactory",
    "StandingItemFactory",
    "TermsVersionFactory",
    "TopicFactory",
    "UserFactory",
    "VoterFactory",
    "WithdrawalFactory",
    "WithheldInterestFactory",
    "WordFileFactory",
    "in_days",
]
