"""When the people touched were told the first time, kept with the breach."""

from django.db import migrations, models


def first_told(apps, editor):
    told = apps.get_model("protection", "BreachTold").objects.filter(whom="people").order_by("-at")
    for notice in told:  # the earliest comes last and stays
        apps.get_model("protection", "Breach").objects.filter(pk=notice.breach_id).update(people_told_at=notice.at)


class Migration(migrations.Migration):
    dependencies = [("protection", "0002_append_only")]

    operations = [
        migrations.AddField("breach", "people_told_at", models.DateTimeField(blank=True, null=True)),
        migrations.RunPython(first_told, migrations.RunPython.noop),
    ]
