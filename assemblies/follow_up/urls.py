"""What people agreed to do at a meeting: by when, how far it is, and who has it now."""

from django.http import Http404
from django.urls import path


def later(request, **kw):
    raise Http404


urlpatterns = [path("actions/", later, name="follow_ups"), path("actions/<int:pk>/", later, name="follow_up")]
