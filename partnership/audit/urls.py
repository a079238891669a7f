"""The address of the audit log."""

from django.urls import path

from partnership.audit.views import log

urlpatterns = [path("audit/", log.log, name="audit_log")]
