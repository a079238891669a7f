"""Asking those a seat speaks for, their answers, and what is brought back to them."""

from django.urls import path

from assemblies.voice.views import call_answer, call_results, calls, input_marks, reports_back

urlpatterns = [
    path("calls/", calls.calls, name="calls"),
    path("calls/<int:pk>/", calls.call, name="call"),
    path("calls/<int:pk>/closing/", calls.call_closing, name="call_closing"),
    path("calls/<int:pk>/answer/<slug:partner>/", call_answer.call_answer, name="call_answer"),
    path("calls/<int:pk>/views/", call_results.call_views, name="call_views"),
    path("calls/<int:pk>/views/not-answered/", call_results.call_silent, name="call_silent"),
    path("calls/<int:pk>/views/<int:position>/", call_results.call_topic, name="call_topic"),
    path("calls/<int:pk>/views/<int:position>/summary/", call_results.call_summary, name="call_summary"),
    path("meetings/<slug:slug>/calls/new/<int:seat>/", calls.call_new, name="call_new"),
    path("meetings/<slug:slug>/report-back/<int:seat>/", reports_back.report_back_new, name="report_back_new"),
    path("reports-back/<int:pk>/", reports_back.report_back, name="report_back"),
    path("reports-back/<int:pk>/correct/", reports_back.report_correct, name="report_correct"),
    path("boards/<slug:slug>/seats/<int:pk>/reports-back/", reports_back.seat_reports, name="seat_reports"),
    path("meetings/<slug:slug>/items/<int:pk>/input/", input_marks.input_mark_new, name="input_mark_new"),
    path(
        "meetings/<slug:slug>/input/<int:pk>/take-back/", input_marks.input_mark_take_back, name="input_mark_take_back"
    ),
]
