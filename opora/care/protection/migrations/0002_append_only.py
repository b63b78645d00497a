"""The history of a breach is never changed nor deleted."""

from django.db import migrations

from opora.care.protection import triggers


def put(apps, editor):
    triggers.put(editor.connection)


def lift(apps, editor):
    triggers.lift(editor.connection)


class Migration(migrations.Migration):
    dependencies = [("protection", "0001_initial")]

    operations = [migrations.RunPython(put, lift)]
