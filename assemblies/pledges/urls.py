"""Exit answers, pledges and asks. Fixed words come before numbers and keys."""

from django.urls import path

from assemblies.pledges.models import Ask, Pledge
from assemblies.pledges.views import asks, lists, own

urlpatterns = [
    path("r/<key:key>/answers/", own.registration_answers, name="registration_answers"),
    path("pledges/", lists.pledges, name="pledges"),
    path("pledges/<int:pk>/", lists.pledge, name="pledge"),
    path("pledges/yours/<key:key>/", own.own_pledge, name="own_pledge"),
    path("pledges/yours/<key:key>/hide/", own.hide, {"of": Pledge}, name="own_pledge_hide"),
    path("pledges/yours/<key:key>/stop/", own.stop, {"of": Pledge}, name="own_pledge_stop"),
    path("asks/", lists.asks, name="asks"),
    path("asks/to-send/", asks.asks_to_send, name="asks_to_send"),
    path("asks/<int:pk>/", asks.ask, name="ask"),
    path("asks/<int:pk>/send/", asks.ask_send, name="ask_send"),
    path("asks/<int:pk>/<slug:what>/", asks.ask_respond, name="ask_respond"),
    path("asks/yours/<key:key>/", own.own_ask, name="own_ask"),
    path("asks/yours/<key:key>/hide/", own.hide, {"of": Ask}, name="own_ask_hide"),
    path("asks/yours/<key:key>/stop/", own.stop, {"of": Ask}, name="own_ask_stop"),
    path("partners/<slug:slug>/pledges/", lists.partner_pledges, name="partner_pledges"),
]
