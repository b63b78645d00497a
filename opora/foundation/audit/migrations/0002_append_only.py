from django.db import migrations

from opora.foundation.audit import triggers


def put(apps, editor):
    triggers.put(editor.connection)


def lift(apps, editor):
    triggers.lift(editor.connection)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [migrations.RunPython(put, lift)]
