"""Every field that can hold something about a person says who sees it and until when, or why it holds nothing."""

from django.apps import apps
from django.conf import settings
from django.db import models

from partnership import retention

OURS = ("partnership", "places", "assemblies", "recovery")
# Who wrote, changed, decided or sent something stands in the record of that thing, as long as the thing does.
IN_OFFICE = ("by", "_by")
HOLD_ANYTHING = (models.CharField, models.TextField, models.JSONField, models.BinaryField, models.FileField)
# Fields that can hold anything, and hold nothing about a person: a model and its fields in a line, by the reason.
NOT_PERSONAL = {
    "published: what a body, an organisation or a place is": """
        boards.Board name purpose rule_source recording_policy quorum_needs
        boards.Seat title constituency nominating_body
        partners.Partner name summary website ods_code gss_code charity_number company_number neighbourhoods closed_because
        partners.PeopleGroup name
        places.Place name system summary
        places.PlaceAuthority name gss_code
    """,
    "published: what is done, and why, in the name of a body": """
        about.Page text
        boards.BankHoliday name
        boards.InductionItem title words link
        boards.InductionStep title words link
        boards.JargonTerm term meaning
        boards.TermsVersion text file what_changed
        closures.Closure public_title release_note
        elections.Election title introduction electorate cancelled_because result
        elections.Extension because
        executive_notices.ExecutiveNotice matter documents reasons answer withdrawn_because
        forward_plan.ItemMove reason result
        forward_plan.PlannedItem result withdrawn_because
        forward_plan.StandingItem title
        forward_plan.Topic title about source parked_because closed_because
        meetings.Meeting title summary venue_name venue_address venue_access joining_link joining_instructions
        meetings.Meeting discussion_question letter cancelled_reason
        meetings.MeetingMove reason urgent_reason
        meetings.MeetingPlace introduction
        minutes.MinutesItem title
        organising.MeetingSeries title
        organising.ReminderRule subject text
        papers.AgendaItem title summary
        questions.Question rejected_because urgent_because answer_given
        questions.QuestionRules how_to_ask
        questions.Reply text
        past_papers.PastPaper withdrawn_because
        past_papers.PastPaperWithdrawal because back_because
        papers.AgendaVersion change_note comment urgent_reason
        papers.Document title file withdrawn_because
        papers.MeetingPack cover failed_because
        papers.PackFile file
        papers.PackPart title closed
        papers.BoardStep name
        papers.ProgrammeVersion change_note comment
        papers.Recommendation text
        papers.Report title text
        papers.ReportAppendix title file
        papers.ReportStep name
        papers.ReportVersion content what_changed
        papers.Withdrawal title because back_because
        papers.Session title description
        posts.Post title summary outline outcome
        purpose.PurposeLine text
        purpose.PurposeVersion opening source source_url because
        registrations.ExitQuestion text
    """,
    "what organisations think, and what a seat makes of it": """
        purpose.RoundLine quotes
        voice.CallForViews words
        voice.CallTopic question
        voice.InputMark how withdrawn_because
        voice.ReportBack text
        voice.ReportCorrection note text
        voice.ReportLine title outcome
        voice.TopicSummary text
        voice.TopicView words
    """,
    "votes, which nobody can trace to a person, and the lot": """
        elections.Ballot receipt ranking
        elections.BallotBox key_name sealed
        elections.Election seed
    """,
    "made by the portal: addresses of pages, types and fingerprints of files, names and numbers of rows": """
        audit.Entry verb subject_type subject_id
        boards.Board slug
        elections.Election slug
        meetings.Meeting slug
        outbox.Message key calendar_method message_id about
        outbox.Subscription topic name
        registrations.CalendarReply digest
        minutes.MinutesVersion sha256
        papers.AgendaReading seen
        papers.BoardCheck key
        decisions.BackgroundPaper sha256
        blockers.Blocker reminded
        follow_up.FollowUp reminded
        follow_up.FollowUpChange file_type
        pledges.Pledge asked
        papers.Document content_type extension sha256
        papers.PackFile key sha256 facts
        papers.PackPart page
        papers.PdfCheck sent_sha256 notes refused_because sizes
        papers.ReportAppendix content_type extension sha256
        papers.ReportStep sha256
        papers.ReportVersion sha256
        past_papers.ImportedFile could_be sha256
        past_papers.PastPaper sha256
        partners.Merge was moved stayed
        partners.Partner slug
        partners.PeopleGroup slug
        places.Place slug
        posts.Application cv_type
        posts.Post slug outline_type
    """,
    "how the work of a machine went": """
        past_papers.ImportedFile reason closed_by notes
        organising.ReminderRun skipped
        outbox.MailboxLook name trouble again
    """,
    "the name of a file of organisations, and its headings": """
        partners.DirectoryImport filename notes sheet other_sheets
    """,
}


def could_be_personal(model) -> set[str]:
    """Names of fields that could hold something about a person: what holds anything, and accounts a row is about."""
    return {
        field.name
        for field in (*model._meta.concrete_fields, *model._meta.many_to_many)
        if (isinstance(field, HOLD_ANYTHING) and not field.choices)
        or (field.related_model is apps.get_model(settings.AUTH_USER_MODEL) and not field.name.endswith(IN_OFFICE))
    }


def not_personal() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for lines in NOT_PERSONAL.values():
        for label, *fields in map(str.split, lines.strip().splitlines()):
            found.setdefault(label, set()).update(fields)
    return found


def ours():
    return [model for model in apps.get_models() if model.__module__.split(".")[0] in OURS]


def test_every_field_that_could_be_personal_says_what_it_is():
    """Fails for a new field: say in the app's `retention.py` until when it is kept, or above why it is about nobody."""
    said = not_personal()
    missing = {
        model._meta.label: left
        for model in ours()
        if (left := could_be_personal(model) - set(_entry(model).fields) - said.get(model._meta.label, set()))
    }
    assert missing == {}


def test_field_is_personal_or_not_and_never_both():
    for label, fields in not_personal().items():
        model = apps.get_model(label)
        assert fields <= could_be_personal(model), label
        assert not fields & set(_entry(model).fields), label


def test_table_of_personal_data_names_fields_that_exist():
    for label, entry in retention.PERSONAL.items():
        names = {field.name for field in apps.get_model(label)._meta.get_fields()}
        assert set(entry.fields) <= names, label
        assert entry.what, label
        assert entry.seen_by, label
        assert entry.until, label


def test_an_app_that_fails_keeps_no_other_from_deleting(monkeypatch, caplog):
    done = []

    def broken(now):
        raise ValueError("no")

    monkeypatch.setitem(
        retention.DELETIONS, retention.EVERY_HOUR, [broken, lambda now: done.append(now) or {"rows": 2}]
    )
    assert retention.every_hour("now") == {"rows": 2}
    assert done == ["now"]
    assert "could not delete what is due" in caplog.text


def _entry(model) -> retention.Personal:
    return retention.PERSONAL.get(model._meta.label, retention.Personal(model._meta.label, "", (), "", ""))
