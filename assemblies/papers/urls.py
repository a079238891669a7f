"""Agendas, programmes, documents, cover reports and how a board signs them off."""

from django.urls import path

from assemblies.papers.views import agenda, board_chain, document, documents, programme, report, report_step, reports

MANAGE = "meetings/<slug:slug>/manage/"
REPORT = "reports/<int:pk>/"
CHAIN = "boards/<slug:slug>/chain/"

urlpatterns = [
    path("meetings/<slug:slug>/documents/<int:pk>/", document.document, name="document"),
    path(f"{MANAGE}programme/", programme.manage_programme, name="manage_programme"),
    path(f"{MANAGE}programme/release/", programme.manage_programme_release, name="manage_programme_release"),
    path(f"{MANAGE}programme/discard/", programme.manage_programme_discard, name="manage_programme_discard"),
    path(f"{MANAGE}documents/", documents.manage_documents, name="manage_documents"),
    path(f"{MANAGE}documents/add/", documents.manage_document_add, name="manage_document_add"),
    path(f"{MANAGE}documents/<int:pk>/", documents.manage_document, name="manage_document"),
    path(f"{MANAGE}documents/<int:pk>/replace/", documents.manage_document_replace, name="manage_document_replace"),
    path(f"{MANAGE}documents/<int:pk>/release/", documents.manage_document_release, name="manage_document_release"),
    path(f"{MANAGE}documents/<int:pk>/shift/", documents.manage_document_shift, name="manage_document_shift"),
    path(
        f"{MANAGE}documents/<int:pk>/withdraw/",
        documents.manage_document_withdraw,
        name="manage_document_withdraw",
    ),
    path(f"{MANAGE}agenda/", agenda.manage_agenda, name="manage_agenda"),
    path(f"{MANAGE}agenda/items/add/", agenda.manage_agenda_item_add, name="manage_agenda_item_add"),
    path(f"{MANAGE}agenda/items/<int:pk>/", agenda.manage_agenda_item, name="manage_agenda_item"),
    path(
        f"{MANAGE}agenda/items/<int:pk>/remove/",
        agenda.manage_agenda_item_remove,
        name="manage_agenda_item_remove",
    ),
    path(f"{MANAGE}agenda/items/<int:pk>/shift/", agenda.manage_agenda_item_shift, name="manage_agenda_item_shift"),
    path(f"{MANAGE}agenda/fill/", agenda.manage_agenda_fill, name="manage_agenda_fill"),
    path(f"{MANAGE}agenda/read/", agenda.manage_agenda_read, name="manage_agenda_read"),
    path(f"{MANAGE}agenda/revise/", agenda.manage_agenda_revise, name="manage_agenda_revise"),
    path(f"{MANAGE}agenda/discard/", agenda.manage_agenda_discard, name="manage_agenda_discard"),
    path(f"{MANAGE}agenda/publish/", agenda.manage_agenda_publish, name="manage_agenda_publish"),
    path("reports/", reports.reports, name="reports"),
    path("reports/new/<int:item>/", reports.report_new, name="report_new"),
    path(REPORT, report.report, name="report"),
    path(f"{REPORT}work/", reports.report_work, name="report_work"),
    path(f"{REPORT}write/", reports.report_write, name="report_write"),
    path(f"{REPORT}preview/", reports.report_preview, name="report_preview"),
    path(f"{REPORT}submit/", reports.report_submit, name="report_submit"),
    path(f"{REPORT}take-back/", reports.report_take_back, name="report_take_back"),
    path(f"{REPORT}revise/", reports.report_revise, name="report_revise"),
    path(f"{REPORT}appendices/add/", reports.report_appendix_add, name="report_appendix_add"),
    path(f"{REPORT}appendices/<int:appendix>/", reports.report_appendix_file, name="report_appendix_file"),
    path(f"{REPORT}appendices/<int:appendix>/remove/", reports.report_appendix_remove, name="report_appendix_remove"),
    path(f"{REPORT}steps/<int:step>/", report_step.report_step, name="report_step"),
    path(f"{REPORT}steps/<int:step>/hand-over/", report_step.report_step_hand_over, name="report_step_hand_over"),
    path(f"{REPORT}versions/<int:number>/", report.report_version, name="report_version"),
    path(f"{REPORT}versions/<int:number>/compare/", report.report_compare, name="report_compare"),
    path(CHAIN, board_chain.board_chain, name="board_chain"),
    path(f"{CHAIN}add/", board_chain.board_chain_step_new, name="board_chain_step_new"),
    path(f"{CHAIN}<int:pk>/", board_chain.board_chain_step, name="board_chain_step"),
    path(f"{CHAIN}<int:pk>/remove/", board_chain.board_chain_step_remove, name="board_chain_step_remove"),
    path(f"{CHAIN}<int:pk>/shift/", board_chain.board_chain_step_shift, name="board_chain_step_shift"),
]
