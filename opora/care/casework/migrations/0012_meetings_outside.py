"""A meeting with somebody whose file is sealed stays in the week of who goes there: when and what kind, no more."""

from django.db import migrations

from opora.care.casework import walls


class Migration(migrations.Migration):
    dependencies = [("casework", "0011_old_file_two_persons")]

    operations = [migrations.RunPython(walls.raise_again, migrations.RunPython.noop)]
