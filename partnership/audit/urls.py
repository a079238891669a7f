"""The address of the record."""

from django.urls import path

from partnership.audit.views import log

urlpatterns = [path("audit/", log.log, name="audit_log")]
