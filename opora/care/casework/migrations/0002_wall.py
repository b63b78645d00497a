"""Row-level security around client files (PostgreSQL)."""

from django.db import migrations

from opora.care.casework import walls


class Migration(migrations.Migration):
    dependencies = [("casework", "0001_initial"), ("register", "0001_initial")]

    operations = [migrations.RunPython(walls.raise_wall, walls.lower_wall)]
