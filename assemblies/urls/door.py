"""The day itself: the register, the exit questions, and what staff take from registrations."""

from django.urls import path, re_path

from assemblies.views import door, exit_answers, registrations

MANAGE = "meetings/<slug:slug>/manage"

urlpatterns = [
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
    path("r/<key:key>/answers/", exit_answers.answer, name="registration_answers"),
]
