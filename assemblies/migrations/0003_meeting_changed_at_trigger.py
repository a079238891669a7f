from django.db import migrations

# The database itself says when something people see in their calendars last changed: a bulk update, or a row mended by
# hand, counts as well, and an object that was read earlier cannot put an older time back.
SEEN = (
    "title", "slug", "kind", "summary", "starts_at", "ends_at", "format", "venue_name", "venue_address", "venue_access",
    "joining_link", "joining_instructions", "by_invitation", "state", "cancelled_reason", "sequence",
)  # fmt: skip


def row(name: str) -> str:
    return "ROW(" + ", ".join(f"{name}.{column}" for column in SEEN) + ")"


FORWARDS = f"""
CREATE FUNCTION assemblies_meeting_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF {row("OLD")} IS DISTINCT FROM {row("NEW")} THEN
        NEW.changed_at := clock_timestamp();
    ELSE
        NEW.changed_at := OLD.changed_at;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER meeting_changed BEFORE UPDATE ON assemblies_meeting
    FOR EACH ROW EXECUTE FUNCTION assemblies_meeting_changed();
"""
BACKWARDS = """
DROP TRIGGER meeting_changed ON assemblies_meeting;
DROP FUNCTION assemblies_meeting_changed();
"""


class Migration(migrations.Migration):
    dependencies = [("assemblies", "0002_meeting_changed_at")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
