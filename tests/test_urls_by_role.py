"""Every address × every role: what each gets. A new address without a row fails.

A row says how the address is asked for and what each role gets, in the order of `ROLES`. What a role may not know to
exist is 404; what it may know but lacks the role for is 403; 302 leads somewhere else, to sign-in where nobody is
signed in. 405: only the other method is served there. Rows are in the order of the alphabet, one line each.
"""

import re

import pytest
from django.db import transaction
from django.http import HttpResponse

from assemblies.organising.forms.meeting_sections import SECTIONS
from partnership.about.texts import cookies
from partnership.ui.forms import LONG
from tests.world import ROLES, World, every_address


def get(*statuses: int) -> tuple[str, dict[str, int]]:
    return "get", dict(zip(ROLES, statuses, strict=True))


def post(*statuses: int) -> tuple[str, dict[str, int]]:
    return "post", dict(zip(ROLES, statuses, strict=True))


def everyone(status: int = 200) -> tuple[str, dict[str, int]]:
    return get(*[status] * 8)


def signed_in(status: int = 200) -> tuple[str, dict[str, int]]:
    return get(302, *[status] * 7)


def staff(status: int = 200) -> tuple[str, dict[str, int]]:
    return get(302, *[403] * 6, status)


MARK = 'form="draft-form"'  # of a form that keeps a draft of what is typed in it
IN_CONFIDENCE = ("application", "post_declare")  # they show, beside such a form, who applied for a post
FORM = re.compile(r"<form\b.*?</form>", re.DOTALL)
QUESTION = re.compile(r'id="div_id_')

# ROLES:  anonymous, member, other_member, place_lead, other_place_lead, chair, other_chair, staff
# fmt: off
EXPECTED = {
    "about_accessibility_edit": staff(),
    "about_contact_edit": staff(),
    "about_cookies_edit": staff(),
    "about_help_edit": staff(),
    "about_privacy_edit": staff(),
    "accessibility": everyone(),
    "account": signed_in(),
    "account_change_password": signed_in(),
    "account_confirm_login_code": everyone(302),
    "account_email": signed_in(),
    "account_email_verification_sent": everyone(302),
    "account_inactive": everyone(),
    "account_login": get(200, 302, 302, 302, 302, 302, 302, 302),
    "account_logout": signed_in(),
    "account_reauthenticate": signed_in(),
    "account_request_login_code": get(200, 302, 302, 302, 302, 302, 302, 302),
    "account_reset_password": everyone(),
    "account_reset_password_done": everyone(),
    "account_reset_password_from_key": everyone(),
    "account_reset_password_from_key_done": everyone(),
    "account_set_password": everyone(302),
    "account_signup": get(200, 302, 302, 302, 302, 302, 302, 302),
    "acting_chair": get(302, 403, 403, 403, 403, 200, 403, 200),
    "acting_chair_end": get(302, 403, 403, 403, 403, 200, 403, 200),
    "agenda": everyone(),
    "application": get(302, 404, 404, 404, 404, 404, 200, 200),
    "application_appoint": staff(),
    "application_cv": get(302, 404, 404, 404, 404, 404, 200, 200),
    "application_own": everyone(),
    "application_shortlist": post(302, 403, 403, 403, 403, 403, 403, 302),
    "appointment_edit": staff(),
    "appointment_end": staff(),
    "audit_log": staff(),
    "bank_holiday_new": staff(),
    "bank_holiday_remove": staff(),
    "bank_holidays": everyone(),
    "board": everyone(),
    "board_calendar": everyone(),
    "board_chain": staff(),
    "board_chain_step": staff(),
    "board_chain_step_new": staff(),
    "board_chain_step_remove": staff(),
    "board_chain_step_shift": post(302, 403, 403, 403, 403, 403, 403, 302),
    "board_closed": get(302, 404, 404, 404, 404, 200, 404, 200),
    "board_edit": staff(),
    "board_follow_ups": everyone(),
    "board_interests": everyone(),
    "board_minutes": everyone(),
    "board_new": staff(),
    "board_openings": get(302, 404, 404, 404, 404, 200, 404, 200),
    "board_places": staff(),
    "board_practice": staff(),
    "board_question_rules": staff(),
    "board_structure": everyone(),
    "board_terms": everyone(),
    "board_terms_document": everyone(),
    "board_terms_new": staff(),
    "board_terms_version": everyone(),
    "boards": everyone(),
    "calendar": everyone(),
    "calendar_replies": staff(),
    "calendar_reply_done": post(302, 403, 403, 403, 403, 403, 403, 302),
    "call": get(302, 200, 404, 404, 404, 200, 404, 200),
    "call_answer": get(302, 200, 404, 404, 404, 404, 404, 404),
    "call_closing": get(302, 404, 404, 404, 404, 200, 404, 403),
    "call_new": get(302, 404, 404, 404, 404, 200, 404, 403),
    "call_silent": get(302, 404, 404, 404, 404, 200, 404, 200),
    "call_summary": get(302, 404, 404, 404, 404, 200, 404, 403),
    "call_topic": get(302, 404, 404, 404, 404, 200, 404, 200),
    "call_views": get(302, 404, 404, 404, 404, 200, 404, 200),
    "calls": signed_in(),
    "candidate_take_out": staff(),
    "closure_release": get(302, 404, 404, 404, 404, 200, 404, 200),
    "closure_review": get(302, 404, 404, 404, 404, 200, 404, 200),
    "contact": everyone(),
    "contact_edit": get(302, 403, 403, 403, 403, 403, 403, 200),
    "contact_new": get(302, 403, 403, 403, 403, 403, 403, 200),
    "contact_remove": get(302, 403, 403, 403, 403, 403, 403, 200),
    "cookies": everyone(),
    "decision": everyone(),
    "decision_background": everyone(),
    "decision_background_new": get(302, 200, 403, 403, 403, 403, 403, 200),
    "decision_close": get(302, 200, 403, 403, 403, 403, 403, 200),
    "decision_excerpt": everyone(),
    "decision_ground": get(302, 200, 403, 403, 403, 403, 403, 200),
    "decision_new": get(302, 200, 403, 403, 403, 403, 403, 200),
    "decision_release": get(302, 200, 403, 403, 403, 403, 403, 200),
    "decision_review": get(302, 200, 403, 403, 403, 403, 403, 200),
    "decision_revise": get(302, 200, 403, 403, 403, 403, 403, 200),
    "decisions": everyone(),
    "document": everyone(),
    "draft_discard": post(302, *[403] * 7),
    "draft_keep": post(*[403] * 8),
    "election": everyone(),
    "election_announce": staff(302),
    "election_cancel": staff(),
    "election_cannot_count": everyone(404),
    "election_edit": staff(),
    "election_extend": staff(),
    "election_hold_again": post(302, 403, 403, 403, 403, 403, 403, 302),
    "election_manage": staff(),
    "election_new": staff(),
    "election_nominate": get(302, 200, 403, 403, 403, 403, 403, 403),
    "election_nomination": get(302, 200, 404, 404, 404, 404, 404, 404),
    "election_publish": staff(302),
    "election_roll": staff(),
    "election_roll_add": staff(),
    "election_roll_chase": post(302, 403, 403, 403, 403, 403, 403, 302),
    "election_roll_remove": staff(),
    "election_vote": get(302, 302, 403, 403, 403, 403, 403, 403),
    "election_vote_for": get(302, 200, 403, 403, 403, 403, 403, 403),
    "election_voter": get(302, 200, 404, 404, 404, 404, 404, 200),
    "election_voter_change": staff(),
    "election_votes": everyone(404),
    "election_votes_file": everyone(404),
    "elections": everyone(),
    "executive_notice": everyone(),
    "executive_notice_withdraw": get(302, 403, 403, 403, 403, 403, 200, 200),
    "executive_notices": everyone(),
    "executive_notices_due": get(302, 403, 403, 403, 403, 403, 200, 200),
    "follow": everyone(),
    "follow_link": everyone(404),
    "follow_stop": everyone(404),
    "follow_up": everyone(),
    "follow_up_done": get(302, 200, 403, 403, 403, 200, 403, 200),
    "follow_up_drop": get(302, 200, 403, 403, 403, 200, 403, 200),
    "follow_up_file": get(302, 200, 404, 404, 404, 200, 404, 200),
    "follow_up_hand_on": get(302, 200, 403, 403, 403, 200, 403, 200),
    "follow_up_new": get(302, 403, 403, 403, 403, 200, 403, 200),
    "follow_up_note": get(302, 200, 403, 403, 403, 200, 403, 200),
    "follow_up_postpone": get(302, 200, 403, 403, 403, 200, 403, 200),
    "follow_up_reopen": get(302, 200, 403, 403, 403, 200, 403, 200),
    "follow_ups": signed_in(),
    "follow_ups_left": get(302, 403, 403, 403, 403, 200, 403, 200),
    "forward_plan": everyone(),
    "healthz": everyone(),
    "help": everyone(),
    "home": everyone(),
    "inbox": everyone(),
    "inbox_message": everyone(404),
    "inbox_message_calendar": everyone(404),
    "inbox_message_html": everyone(404),
    "induction": signed_in(),
    "induction_item": get(302, 404, 404, 404, 404, 200, 404, 404),
    "induction_step": staff(),
    "induction_step_new": staff(),
    "induction_steps": staff(),
    "inductions_behind": staff(),
    "input_mark_new": get(302, 403, 403, 403, 403, 200, 403, 200),
    "input_mark_take_back": get(302, 403, 403, 403, 403, 200, 403, 200),
    "interest_correct": get(302, 404, 404, 404, 404, 200, 404, 200),
    "interest_end": get(302, 404, 404, 404, 404, 200, 404, 200),
    "interest_new": get(302, 404, 404, 404, 404, 200, 200, 404),
    "interest_new_for": staff(),
    "interest_withheld": staff(),
    "interests_confirm": get(302, 404, 404, 404, 404, 200, 200, 404),
    "interests_confirm_for": staff(),
    "interests_due": staff(),
    "invitation": everyone(),
    "invitation_decline": everyone(),
    "jargon": everyone(),
    "jargon_edit": staff(),
    "jargon_new": staff(),
    "jargon_remove": staff(),
    "key_messages": everyone(),
    "key_messages_of_board": everyone(),
    "key_notice_new": get(302, 403, 403, 403, 403, 403, 200, 200),
    "livez": everyone(),
    "manage": get(302, 404, 404, 200, 404, 200, 404, 200),
    "manage_agenda": get(302, 403, 403, 403, 403, 200, 403, 200),
    "manage_agenda_discard": get(302, 404, 404, 403, 404, 200, 404, 200),
    "manage_agenda_fill": post(302, 404, 404, 403, 404, 302, 404, 302),
    "manage_agenda_item": get(302, 404, 404, 403, 404, 200, 404, 200),
    "manage_agenda_item_add": get(302, 404, 404, 403, 404, 200, 404, 200),
    "manage_agenda_item_class": get(302, 404, 404, 403, 404, 200, 404, 200),
    "manage_agenda_item_remove": get(302, 404, 404, 403, 404, 200, 404, 200),
    "manage_agenda_item_shift": post(302, 404, 404, 403, 404, 302, 404, 302),
    "manage_agenda_publish": get(302, 403, 403, 403, 403, 200, 403, 403),
    "manage_agenda_read": post(302, 404, 404, 403, 404, 403, 404, 403),
    "manage_agenda_revise": post(302, 404, 404, 403, 404, 302, 404, 302),
    "manage_answers": staff(),
    "manage_attendance_sheet": staff(),
    "manage_badges": staff(),
    "manage_cancel": get(302, 404, 404, 403, 404, 403, 404, 200),
    "manage_check_in": post(302, 403, 403, 403, 403, 403, 403, 302),
    "manage_close": get(302, 404, 404, 403, 404, 403, 404, 200),
    "manage_copy": get(302, 404, 404, 403, 404, 403, 404, 200),
    "manage_delete_draft": get(302, 404, 404, 403, 404, 403, 404, 302),
    "manage_document": get(302, 404, 404, 403, 404, 403, 404, 200),
    "manage_document_add": get(302, 404, 404, 403, 404, 403, 404, 200),
    "manage_document_check": get(302, 404, 404, 403, 404, 403, 404, 200),
    "manage_document_class": get(302, 404, 404, 403, 404, 200, 404, 200),
    "manage_document_put_away": post(302, 404, 404, 403, 404, 403, 404, 302),
    "manage_document_release": post(302, 404, 404, 403, 404, 403, 404, 302),
    "manage_document_replace": get(302, 404, 404, 403, 404, 403, 404, 200),
    "manage_document_shift": post(302, 404, 404, 403, 404, 403, 404, 302),
    "manage_document_withdraw": get(302, 404, 404, 403, 404, 200, 404, 200),
    "manage_documents": get(302, 404, 404, 403, 404, 403, 404, 200),
    "manage_door": staff(),
    "manage_edit": get(302, 404, 404, 403, 404, 403, 404, 200),
    "manage_export": staff(),
    "manage_hold": get(302, 404, 404, 403, 404, 403, 404, 200),
    "manage_introduction": get(302, 404, 404, 200, 404, 403, 404, 200),
    "manage_invitation": get(302, 404, 404, 403, 404, 403, 404, 200),
    "manage_invitation_again": get(302, 404, 404, 403, 404, 403, 404, 200),
    "manage_invitation_answer": get(302, 404, 404, 403, 404, 403, 404, 200),
    "manage_invitations": get(302, 404, 404, 403, 404, 403, 404, 200),
    "manage_invitations_chase": get(302, 404, 404, 403, 404, 403, 404, 200),
    "manage_invitations_message": get(302, 404, 404, 403, 404, 403, 404, 200),
    "manage_invitations_preview": get(302, 404, 404, 403, 404, 403, 404, 200),
    "manage_invitations_run": get(302, 404, 404, 403, 404, 403, 404, 200),
    "manage_invitations_send": get(302, 404, 404, 403, 404, 403, 404, 200),
    "manage_list": get(302, 404, 404, 200, 404, 404, 404, 200),
    "manage_list_add": get(302, 404, 404, 200, 404, 404, 404, 200),
    "manage_list_chase": get(302, 404, 404, 403, 404, 404, 404, 200),
    "manage_list_columns": post(302, 404, 404, 302, 404, 404, 404, 302),
    "manage_list_confirm": post(302, 404, 404, 302, 404, 404, 404, 302),
    "manage_list_directory": get(302, 404, 404, 200, 404, 404, 404, 200),
    "manage_list_discard": get(302, 404, 404, 200, 404, 404, 404, 200),
    "manage_list_entry": get(302, 404, 404, 200, 404, 404, 404, 200),
    "manage_list_import": get(302, 404, 404, 200, 404, 404, 404, 200),
    "manage_list_last_time": get(302, 404, 404, 200, 404, 404, 404, 200),
    "manage_list_mix": get(302, 404, 404, 403, 404, 404, 404, 200),
    "manage_list_preview": get(302, 404, 404, 200, 404, 404, 404, 200),
    "manage_list_remove": get(302, 404, 404, 200, 404, 404, 404, 200),
    "manage_list_reopen": get(302, 404, 404, 200, 404, 404, 404, 200),
    "manage_list_row": post(302, 404, 404, 200, 404, 404, 404, 200),
    "manage_list_sheet": post(302, 404, 404, 302, 404, 404, 404, 302),
    "manage_list_sign_off": get(302, 404, 404, 200, 404, 404, 404, 200),
    "manage_lists": get(302, 404, 404, 302, 404, 404, 404, 200),
    "manage_lists_chase": get(302, 404, 404, 403, 404, 404, 404, 200),
    "manage_lists_mix": get(302, 404, 404, 403, 404, 404, 404, 200),
    "manage_move": get(302, 404, 404, 403, 404, 403, 404, 200),
    "manage_needs": staff(),
    "manage_needs_by_name": post(302, 403, 403, 403, 403, 403, 403, 200),
    "manage_organisers": get(302, 404, 404, 403, 404, 403, 404, 200),
    "manage_pack_again": post(302, 404, 404, 403, 404, 302, 404, 302),
    "manage_pack_make": post(302, 404, 404, 403, 404, 302, 404, 302),
    "manage_pack_released": get(302, 404, 404, 403, 404, 200, 404, 403),
    "manage_programme": get(302, 404, 404, 403, 404, 403, 404, 200),
    "manage_programme_discard": get(302, 404, 404, 403, 404, 403, 404, 200),
    "manage_programme_release": get(302, 404, 404, 403, 404, 403, 404, 200),
    "manage_publish": get(302, 404, 404, 403, 404, 403, 404, 200),
    "manage_question_accept": get(302, 404, 404, 403, 404, 200, 404, 200),
    "manage_question_new": get(302, 404, 404, 403, 404, 403, 404, 200),
    "manage_question_reject": get(302, 404, 404, 403, 404, 200, 404, 200),
    "manage_question_reply": get(302, 404, 404, 403, 404, 200, 404, 200),
    "manage_questions": get(302, 404, 404, 403, 404, 200, 404, 200),
    "manage_registrations": staff(),
    "manage_reminder": get(302, 404, 404, 403, 404, 403, 404, 200),
    "manage_reminder_message": get(302, 404, 404, 403, 404, 403, 404, 200),
    "manage_reminder_new": get(302, 404, 404, 403, 404, 403, 404, 200),
    "manage_reminder_preview": get(302, 404, 404, 403, 404, 403, 404, 200),
    "manage_reminder_switch": post(302, 404, 404, 403, 404, 403, 404, 302),
    "manage_reminders": get(302, 404, 404, 403, 404, 403, 404, 200),
    "manage_report_withdraw": get(302, 404, 404, 403, 404, 200, 404, 200),
    "manage_series": get(302, 404, 404, 403, 404, 403, 404, 200),
    "manage_series_delete": get(302, 404, 404, 403, 404, 403, 404, 200),
    "manage_walk_in": staff(),
    "manage_withdrawals": get(302, 404, 404, 403, 404, 200, 404, 200),
    "meeting": everyone(),
    "meeting_answers": everyone(),
    "meeting_calendar": everyone(),
    "meeting_new": staff(),
    "meeting_questions": everyone(),
    "meetings": everyone(),
    "member_part": post(302, 403, 403, 403, 403, 403, 403, 302),
    "membership_accept": post(302, 403, 403, 403, 403, 403, 403, 302),
    "membership_end": get(302, 200, 404, 404, 404, 404, 404, 404),
    "membership_refuse": staff(),
    "memberships": staff(),
    "mfa_activate_totp": everyone(302),
    "mfa_add_webauthn": everyone(302),
    "mfa_authenticate": everyone(302),
    "mfa_deactivate_totp": everyone(302),
    "mfa_download_recovery_codes": signed_in(404),
    "mfa_edit_webauthn": everyone(302),
    "mfa_generate_recovery_codes": everyone(302),
    "mfa_index": signed_in(),
    "mfa_list_webauthn": signed_in(),
    "mfa_login_webauthn": everyone(302),
    "mfa_reauthenticate": signed_in(),
    "mfa_reauthenticate_webauthn": everyone(302),
    "mfa_remove_webauthn": everyone(302),
    "mfa_view_recovery_codes": signed_in(404),
    "minutes": everyone(),
    "minutes_agree": get(302, 404, 404, 404, 404, 200, 404, 403),
    "minutes_circulate": get(302, 404, 404, 404, 404, 200, 404, 200),
    "minutes_confirm": get(302, 404, 404, 404, 404, 302, 404, 302),
    "minutes_correct": get(302, 200, 403, 403, 403, 403, 403, 403),
    "minutes_correction_answer": get(302, 404, 404, 404, 404, 200, 404, 200),
    "minutes_draft": get(302, 404, 404, 404, 404, 302, 404, 302),
    "minutes_edit": get(302, 404, 404, 404, 404, 200, 404, 200),
    "minutes_of_board": everyone(),
    "minutes_pdf": everyone(),
    "minutes_pdf_of_board": everyone(),
    "minutes_publish_key_messages": get(302, 404, 404, 404, 404, 200, 404, 200),
    "minutes_reopen": get(302, 404, 404, 404, 404, 200, 404, 200),
    "minutes_version": everyone(),
    "minutes_version_pdf": everyone(),
    "minutes_work": get(302, 404, 404, 404, 404, 200, 404, 200),
    "my_feed": signed_in(),
    "my_feed_reset": signed_in(),
    "my_home": signed_in(),
    "my_interests": signed_in(),
    "notice_periods": staff(),
    "organisation_ask": signed_in(),
    "organisation_join": signed_in(),
    "organisation_new": signed_in(),
    "outbox_list": staff(),
    "outbox_message": staff(),
    "outbox_retry": post(302, 403, 403, 403, 403, 403, 403, 302),
    "pack": everyone(),
    "pack_members": get(404, 404, 404, 404, 404, 200, 404, 200),
    "packs": everyone(),
    "paper_import": staff(),
    "paper_import_change": post(302, 403, 403, 403, 403, 403, 403, 200),
    "paper_import_confirm": post(302, 403, 403, 403, 403, 403, 403, 302),
    "paper_import_days": post(302, 403, 403, 403, 403, 403, 403, 200),
    "paper_import_discard": staff(),
    "paper_import_file": staff(),
    "paper_import_leave_out": post(302, 403, 403, 403, 403, 403, 403, 302),
    "paper_import_readers": post(302, 403, 403, 403, 403, 403, 403, 200),
    "paper_import_undo": staff(302),
    "paper_imports": staff(),
    "partner": everyone(),
    "partner_check": everyone(),
    "partner_check_change": everyone(),
    "partner_close": staff(),
    "partner_edit": get(302, 403, 403, 403, 403, 403, 403, 200),
    "partner_merge": staff(),
    "partner_merge_with": staff(),
    "partner_new": staff(),
    "partner_people": get(302, 403, 403, 403, 403, 403, 403, 200),
    "partner_reopen": staff(),
    "partners": everyone(),
    "partners_alike": staff(),
    "partners_export": staff(),
    "partners_import": staff(),
    "partners_import_confirm": post(302, 403, 403, 403, 403, 403, 403, 302),
    "partners_import_discard": post(302, 403, 403, 403, 403, 403, 403, 302),
    "partners_import_preview": staff(),
    "partners_import_sheet": post(302, 403, 403, 403, 403, 403, 403, 302),
    "partners_keep_apart": post(302, 403, 403, 403, 403, 403, 403, 302),
    "partners_merge_undo": staff(),
    "partners_merges": staff(),
    "partners_no_contact": staff(),
    "past_meeting": everyone(),
    "past_meetings": everyone(),
    "past_meetings_of_year": everyone(),
    "past_paper": everyone(),
    "past_paper_edit": staff(),
    "past_paper_erase": get(302, 403, 403, 403, 403, 302, 403, 302),
    "past_paper_withdraw": get(302, 403, 403, 403, 403, 200, 403, 200),
    "past_paper_withdrawal": get(302, 403, 403, 403, 403, 200, 403, 200),
    "past_paper_withdrawal_back": get(302, 403, 403, 403, 403, 200, 403, 200),
    "past_paper_withdrawal_confirm": get(302, 403, 403, 403, 403, 200, 403, 200),
    "people": staff(),
    "people_group_edit": staff(),
    "people_group_merge": staff(),
    "people_group_new": staff(),
    "people_group_remove": staff(),
    "people_groups": staff(),
    "person": staff(),
    "person_interests": staff(),
    "person_second_step": staff(),
    "personal_calendar": everyone(404),
    "place": everyone(),
    "place_calendar": everyone(),
    "place_edit": staff(),
    "place_lead_end": staff(),
    "place_lead_new": staff(),
    "place_new": staff(),
    "place_partner_remove": post(302, 403, 403, 403, 403, 403, 403, 302),
    "place_partners": staff(),
    "places": everyone(),
    "planned_item_class": get(302, 403, 403, 403, 403, 200, 403, 200),
    "planned_item_copy": get(302, 403, 403, 403, 403, 200, 403, 200),
    "planned_item_edit": get(302, 403, 403, 403, 403, 200, 403, 200),
    "planned_item_move": get(302, 403, 403, 403, 403, 200, 403, 200),
    "planned_item_report": get(302, 403, 403, 403, 403, 200, 403, 200),
    "planned_item_result": get(302, 403, 403, 403, 403, 200, 403, 200),
    "planned_item_shift": post(302, 403, 403, 403, 403, 302, 403, 302),
    "planned_item_withdraw": get(302, 403, 403, 403, 403, 200, 403, 200),
    "post": everyone(),
    "post_applied": everyone(),
    "post_apply": everyone(),
    "post_declare": get(302, 404, 404, 404, 404, 404, 200, 404),
    "post_discard": staff(),
    "post_edit": staff(),
    "post_end": staff(),
    "post_manage": get(302, 404, 404, 404, 404, 404, 200, 200),
    "post_new": staff(),
    "post_outline": everyone(),
    "post_panel": staff(),
    "post_panel_remove": post(302, 403, 403, 403, 403, 403, 403, 302),
    "post_step": staff(),
    "posts": everyone(),
    "privacy": everyone(),
    "private_notice_new": get(302, 403, 403, 403, 403, 403, 200, 200),
    "question_ask": everyone(),
    "question_link": everyone(),
    "question_withdraw": everyone(),
    "record": get(302, 404, 404, 404, 404, 200, 404, 200),
    "record_end": get(302, 404, 404, 404, 404, 200, 404, 200),
    "record_enter": post(302, *[404] * 7),  # it says what is entered
    "record_screen": get(302, 404, 404, 404, 404, 200, 404, 200),
    "record_start": post(302, 404, 404, 404, 404, 302, 404, 302),
    "register": get(200, 302, 200, 200, 200, 200, 200, 200),
    "register_check": everyone(),
    "register_invited": everyone(),
    "registration": everyone(),
    "registration_answers": everyone(),
    "registration_calendar": everyone(),
    "registration_cancel": everyone(),
    "registration_change": everyone(),
    "registration_confirm": everyone(),
    "registration_later_answers": everyone(),
    "registration_links": everyone(),
    "registration_links_sent": everyone(),
    "registration_offer": everyone(),
    "registration_return": everyone(),
    "report": everyone(),
    "report_appendix_add": get(302, 200, 404, 404, 404, 403, 404, 200),
    "report_appendix_check": get(302, 200, 404, 404, 404, 403, 404, 200),
    "report_appendix_class": get(302, 200, 404, 404, 404, 403, 404, 200),
    "report_appendix_file": get(302, 200, 404, 404, 404, 200, 404, 200),
    "report_appendix_put_away": post(302, 302, 404, 404, 404, 403, 404, 302),
    "report_appendix_remove": get(302, 200, 404, 404, 404, 403, 404, 200),
    "report_back": get(404, 200, 404, 404, 404, 200, 404, 200),
    "report_back_new": get(302, 404, 404, 404, 404, 200, 404, 403),
    "report_class": get(302, 200, 404, 404, 404, 200, 404, 200),
    "report_compare": get(404, 200, 200, 200, 404, 200, 404, 200),
    "report_correct": get(302, 404, 404, 404, 404, 200, 404, 403),
    "report_new": get(302, 200, 404, 404, 404, 404, 404, 200),
    "report_preview": get(302, 200, 404, 404, 404, 200, 404, 200),
    "report_revise": post(302, 302, 403, 403, 404, 403, 404, 302),
    "report_step": get(302, 403, 200, 403, 404, 403, 404, 403),
    "report_step_hand_over": get(302, 403, 200, 403, 404, 403, 404, 200),
    "report_submit": get(302, 200, 404, 404, 404, 403, 404, 200),
    "report_take_back": get(302, 200, 403, 403, 404, 403, 404, 200),
    "report_version": everyone(),
    "report_word": get(302, 200, 404, 404, 404, 200, 404, 200),
    "report_word_answers": get(302, 200, 404, 404, 404, 403, 404, 200),
    "report_word_file": get(302, 200, 404, 404, 404, 403, 404, 200),
    "report_word_leave": get(302, 200, 404, 404, 404, 403, 404, 200),
    "report_word_send": get(302, 200, 404, 404, 404, 403, 404, 200),
    "report_work": get(302, 200, 200, 200, 404, 200, 404, 200),
    "report_write": get(302, 200, 404, 404, 404, 403, 404, 200),
    "reports": signed_in(),
    "representation": everyone(),
    "representation_file": everyone(),
    "representation_list": everyone(),
    "search": everyone(),
    "seat": everyone(),
    "seat_appoint": staff(),
    "seat_edit": staff(),
    "seat_new": staff(),
    "seat_nominate": get(302, *[403] * 7),
    "seat_places": staff(),
    "seat_reports": everyone(),
    "security_txt": everyone(),
    "series": staff(),
    "series_new": staff(),
    "sign_in_as": everyone(),
    "standing_items": get(302, 403, 403, 403, 403, 200, 403, 200),
    "topic": everyone(),
    "topic_close": get(302, 403, 403, 403, 403, 200, 403, 200),
    "topic_edit": get(302, 403, 403, 403, 403, 200, 403, 200),
    "topic_new": get(302, 403, 403, 403, 403, 200, 403, 200),
    "topic_park": get(302, 403, 403, 403, 403, 200, 403, 200),
    "topic_plan": get(302, 403, 403, 403, 403, 200, 200, 200),
    "unsubscribe": everyone(404),
    "vacancies": staff(),
    "withdrawal": get(302, 404, 404, 403, 404, 200, 404, 200),
    "withdrawal_back": get(302, 404, 404, 403, 404, 200, 404, 200),
    "withdrawal_confirm": get(302, 404, 404, 403, 404, 200, 404, 200),
    "withdrawal_erase": get(302, 404, 404, 403, 404, 200, 404, 200),
    "withdrawal_erase_confirm": get(302, 404, 404, 403, 404, 200, 404, 200),
    "withdrawal_erase_refuse": get(302, 404, 404, 403, 404, 200, 404, 200),
}
# fmt: on

ADDRESSES = every_address()


OUTSIDE = ("anonymous", "member", "other_member", "other_place_lead", "other_chair")  # no part in the draft meeting
PARTS = 4  # more than two thousand requests, which several can share


def test_every_address_has_a_name_and_a_row():
    assert [route for name, route, _ in ADDRESSES if not name] == []
    assert sorted({name for name, _, _ in ADDRESSES} - set(EXPECTED)) == [], "addresses without a row in EXPECTED"
    assert sorted(set(EXPECTED) - {name for name, _, _ in ADDRESSES}) == [], "rows of addresses that are gone"


def test_rows_are_in_the_order_of_the_alphabet():
    assert list(EXPECTED) == sorted(EXPECTED)


def answers(world, address: str, method: str, roles=ROLES) -> dict[str, HttpResponse]:
    """What each of the roles gets; nothing it writes is kept."""
    found = {}
    for role in roles:
        with transaction.atomic():
            found[role] = getattr(world.client(role), method)(address)
            transaction.set_rollback(True)
    return found


def got(world, address: str, method: str, roles=ROLES) -> dict[str, int]:
    """The status that each of the roles gets."""
    return {role: answer.status_code for role, answer in answers(world, address, method, roles).items()}


def kept_wrongly(name: str, words: frozenset[str], found: dict[str, HttpResponse]) -> list[str]:
    """Answers that browsers or proxies may keep although they are personal, or may not keep although they are not."""
    wrong = []
    for role, answer in found.items():
        said = answer.headers.get("Cache-Control", "nothing")
        may_be_kept = not words & {"key", "secret", "uidb36"} and name not in IN_CONFIDENCE
        if role != "anonymous" and may_be_kept and keeps_a_draft(answer):
            right = {"private, no-cache"}  # Back shows what was typed, as a draft does
        elif role != "anonymous" or words & {"key", "secret", "uidb36"}:
            right = {"private, no-store"}
        elif name.startswith(("account_", "mfa_", "inbox", "sign_in_as")):  # some of them say more, and may
            right = {"private, no-store", "private, no-cache"}
        else:
            right = {"private, no-cache", "no-cache"}
        if said not in right and name not in ("healthz", "livez"):  # answered before, and never kept
            wrong.append(f"{name}: for {role}, Cache-Control says {said}")
    return wrong


def cookies_of(found: dict[str, HttpResponse]) -> set[str]:
    return {name for answer in found.values() for name in answer.cookies}


def keeps_a_draft(answer: HttpResponse) -> bool:
    return not answer.streaming and MARK.encode() in answer.content


def lacks_a_draft(name: str, found: dict[str, HttpResponse]) -> list[str]:
    """Long forms of people who are signed in that keep no draft, and those that keep one and must not."""
    wrong = []
    for role, answer in found.items():
        if role == "anonymous" or answer.status_code != 200 or "html" not in answer.headers["Content-Type"]:
            continue
        forms = [form for form in FORM.findall(answer.text) if 'method="get"' not in form and "readonly" not in form]
        is_long = any("<textarea" in form or len(QUESTION.findall(form)) >= LONG for form in forms)
        if keeps_a_draft(answer) != is_long:
            wrong.append(f"{name}: {role} sees a form that keeps {'a' if keeps_a_draft(answer) else 'no'} draft")
    return wrong


@pytest.fixture
def world(demonstration) -> World:
    return demonstration.world


@pytest.mark.parametrize("part", range(PARTS))
def test_every_address_gives_each_role_what_the_table_says(world, part):
    wrong, listed = [], {each.name for each in cookies()}
    for name, route, named in ADDRESSES[part::PARTS]:
        method, expected = EXPECTED[name]
        answered = answers(world, world.address(name, route, named), method)
        wrong += kept_wrongly(name, named, answered) + lacks_a_draft(name, answered)
        wrong += [
            f"{name} sets {cookie}, which is not on the page of cookies" for cookie in cookies_of(answered) - listed
        ]
        found = {role: answer.status_code for role, answer in answered.items()}
        if name == "healthz":  # 503 where no worker runs beside the tests: also an answer, and the same for everyone
            found = {role: 200 if status == 503 else status for role, status in found.items()}
        wrong += [
            f"{name}: {role} gets {found[role]}, the table says {expected[role]}"
            for role in ROLES
            if found[role] != expected[role]
        ]
    assert wrong == []


@pytest.mark.parametrize("part", range(PARTS))
def test_every_address_that_takes_get_takes_head(world, part):
    wrong = []
    for name, route, named in ADDRESSES[part::PARTS]:
        method, expected = EXPECTED[name]
        role = next((role for role in ROLES if expected[role] == 200), "staff")
        address = world.address(name, route, named)
        with transaction.atomic():
            answer = world.client(role).head(address)
            transaction.set_rollback(True)
        wanted = 405 if method == "post" else got(world, address, "get", [role])[role]
        body = answer.getvalue()
        if answer.status_code != wanted or body:
            wrong.append(f"{name}: {answer.status_code} instead of {wanted}, with {len(body)} bytes")
    assert wrong == []


def test_parts_of_a_meeting_are_for_staff_and_the_letter_for_chairs(world):
    expected = EXPECTED["manage_edit"][1]
    slug = world.words["meetings"]["slug"]
    for part in SECTIONS:
        also = {"chair": 200} if part == "letter" else {}
        assert got(world, f"/meetings/{slug}/manage/edit/{part}/", "get") == expected | also, part


def test_draft_meeting_is_hidden_from_people_without_a_part_in_it(world):
    wrong = []
    of_a_meeting = [each for each in ADDRESSES if each[1].lstrip("^").startswith(("meetings/<slug", "meetings/(?P"))]
    for name, route, named in of_a_meeting:
        found = got(world, world.address(name, route, named, slug="draft"), EXPECTED[name][0], OUTSIDE)
        allowed = {"anonymous": (302, 404)}  # 302 leads to sign-in, whether the meeting exists or not
        wrong += [
            f"{name}: {role} gets {status}" for role, status in found.items() if status not in allowed.get(role, (404,))
        ]
    assert len(of_a_meeting) > 10
    assert wrong == []
