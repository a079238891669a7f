"""Registering, the links of a person's own, the day itself, and what staff take from registrations."""

from django.urls import path, re_path

from assemblies.registrations.views import (
    calendar_replies,
    door,
    exit_answers,
    invitation,
    register,
    registration,
    registrations,
)

MANAGE = "meetings/<slug:slug>/manage"

urlpatterns = [
    path("meetings/<slug:slug>/register/", register.register, name="register"),
    path("meetings/<slug:slug>/register/check-your-email/", register.register_check, name="register_check"),
    path("i/<key:key>/register/", register.register_invited, name="register_invited"),
    path("r/", registration.registration_links, name="registration_links"),
    path("r/sent/", registration.registration_links_sent, name="registration_links_sent"),
    path("r/<key:key>/", registration.registration, name="registration"),
    path("r/<key:key>/confirm/", registration.registration_confirm, name="registration_confirm"),
    path("r/<key:key>/change/", registration.registration_change, name="registration_change"),
    path("r/<key:key>/cancel/", registration.registration_cancel, name="registration_cancel"),
    path("r/<key:key>/offer/", registration.registration_offer, name="registration_offer"),
    path("r/<key:key>/return/", registration.registration_return, name="registration_return"),
    path("r/<key:key>/later-answers/", registration.registration_later_answers, name="registration_later_answers"),
    path("r/<key:key>/calendar.ics", registration.registration_calendar, name="registration_calendar"),
    path("calendar-replies/", calendar_replies.calendar_replies, name="calendar_replies"),
    path("calendar-replies/<int:pk>/done/", calendar_replies.calendar_reply_done, name="calendar_reply_done"),
    path(f"{MANAGE}/registrations/", registrations.registrations, name="manage_registrations"),
    re_path(
        r"^meetings/(?P<slug>[-\w]+)/manage/registrations/export\.(?P<kind>csv|xlsx)$",
        registrations.export,
        name="manage_export",
    ),
    path(f"{MANAGE}/needs/", registrations.needs, name="manage_needs"),
    path(f"{MANAGE}/needs/names/", registrations.needs_by_name, name="manage_needs_by_name"),
    path(f"{MANAGE}/badges.pdf", registrations.badges, name="manage_badges"),
    path(f"{MANAGE}/attendance.pdf", registrations.attendance_sheet, name="manage_attendance_sheet"),
    path(f"{MANAGE}/door/", door.door, name="manage_door"),
    path(f"{MANAGE}/door/<int:pk>/", door.check_in, name="manage_check_in"),
    path(f"{MANAGE}/door/walk-in/", door.walk_in, name="manage_walk_in"),
    path(f"{MANAGE}/answers/", exit_answers.manage_answers, name="manage_answers"),
    path(
        "meetings/<slug:slug>/manage/invitations/<int:pk>/answer/", invitation.answer, name="manage_invitation_answer"
    ),
    path("i/<key:key>/", invitation.invitation, name="invitation"),
    path("i/<key:key>/decline/", invitation.invitation_decline, name="invitation_decline"),
]
