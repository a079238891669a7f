from django.urls import path

from assemblies.views import register, registration

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
    path("r/<key:key>/calendar.ics", registration.registration_calendar, name="registration_calendar"),
]
