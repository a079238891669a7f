"""The public pages of meetings, and calendars to subscribe to."""

from django.urls import path

from assemblies.microsite.views import feeds, meeting_page, my_calendar

urlpatterns = [
    path("meetings/", meeting_page.meetings, name="meetings"),
    path("meetings/<slug:slug>/", meeting_page.meeting, name="meeting"),
    path("meetings/<slug:slug>/agenda/<int:number>/", meeting_page.agenda, name="agenda"),
    path("meetings/<slug:slug>/answers/", meeting_page.answers, name="meeting_answers"),
    path("meetings/<slug:slug>/calendar.ics", feeds.of_meeting, name="meeting_calendar"),
    path("calendar.ics", feeds.everything, name="calendar"),
    path("calendar/<key:secret>.ics", feeds.personal, name="personal_calendar"),
    path("places/<slug:slug>/calendar.ics", feeds.of_place, name="place_calendar"),
    path("boards/<slug:slug>/calendar.ics", feeds.of_board, name="board_calendar"),
    path("home/calendar/", my_calendar.my_feed, name="my_feed"),
    path("home/calendar/reset/", my_calendar.my_feed_reset, name="my_feed_reset"),
]
