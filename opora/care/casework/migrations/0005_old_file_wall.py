"""The wall looks at where a file went; files that went elsewhere before are read to the day that was said."""

from typing import Any

from django.db import migrations
from django.db.models import OuterRef, Subquery

from opora.care.casework import walls


def fill(apps: Any, schema_editor: Any) -> None:
    """Files handed over before: their team's last day."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("SELECT set_config('opora.whole', 'on', true)", params=None)
    files, transfers = apps.get_model("casework", "ClientFile"), apps.get_model("casework", "Transfer")
    accepted = transfers.objects.filter(file=OuterRef("pk"), made__isnull=False).order_by("-answered_at")
    moved = files.objects.filter(stage="transferred", read_until=None)
    moved.update(read_until=Subquery(accepted.values("ends_on")[:1]))


class Migration(migrations.Migration):
    dependencies = [("casework", "0004_origins")]

    operations = [
        migrations.RunPython(walls.raise_again, migrations.RunPython.noop),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
