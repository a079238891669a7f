from django.db import migrations

from partnership.ui.page_triggers import renew_on_change


class Migration(migrations.Migration):
    dependencies = [("assemblies", "0004_invitation_message"), ("ui", "0002_page_stamp_function")]
    operations = [
        renew_on_change("assemblies_meeting"),
        renew_on_change("assemblies_meetingplace"),
        renew_on_change("assemblies_meetingmove"),
        renew_on_change("assemblies_programmeversion"),
        renew_on_change("assemblies_session"),
        renew_on_change("assemblies_agendaversion"),
        renew_on_change("assemblies_agendaitem"),
        renew_on_change("assemblies_agendaitem_documents"),
        renew_on_change("assemblies_document"),
        renew_on_change("assemblies_exitquestion"),
    ]
