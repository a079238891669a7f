from django.urls import path

from partnership.local.views import inbox, sign_in_as

urlpatterns = [
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/<str:name>/", inbox.message, name="inbox_message"),
    path("inbox/<str:name>/html/", inbox.message_html, name="inbox_message_html"),
    path("inbox/<str:name>/invitation.ics", inbox.message_calendar, name="inbox_message_calendar"),
    path("sign-in-as/", sign_in_as.sign_in_as, name="sign_in_as"),
]
