"""Addresses of the outbox."""

from django.urls import path

from partnership.outbox.views import messages, unsubscribe

urlpatterns = [
    path("outbox/", messages.outbox_list, name="outbox_list"),
    path("outbox/<int:pk>/", messages.outbox_message, name="outbox_message"),
    path("outbox/<int:pk>/retry/", messages.outbox_retry, name="outbox_retry"),
    path("unsubscribe/<key:key>/", unsubscribe.unsubscribe, name="unsubscribe"),
]
