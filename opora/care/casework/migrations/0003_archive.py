"""Archives of whole files (TRUST R23), and the alert when somebody takes out many."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from opora.care.casework import walls


def shut(apps, schema_editor):
    """The new table stands behind the wall too."""
    if schema_editor.connection.vendor == "postgresql":
        for statement in walls.shutting(apps, only=["filearchive"]):
            schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0002_wall'),
        ('documents', '0001_initial'),
        ('jobs', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='alert',
            name='kind',
            field=models.CharField(choices=[('hour', 'много досиета за час'), ('day', 'много досиета за ден, спряно'), ('bait', 'наблюдавано досие'), ('bulk', 'много архиви на досиета за ден')], max_length=4),
        ),
        migrations.CreateModel(
            name='FileArchive',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by', models.CharField(max_length=120)),
                ('why', models.CharField(max_length=300)),
                ('asked_at', models.DateTimeField()),
                ('made_at', models.DateTimeField(blank=True, null=True)),
                ('until', models.DateTimeField(blank=True, help_text='until when it can be taken', null=True)),
                ('rows', models.PositiveIntegerField(default=0, help_text='rows of the file in it')),
                ('parts', models.PositiveIntegerField(default=0, help_text='files in it')),
                ('size', models.PositiveBigIntegerField(default=0)),
                ('digest', models.CharField(blank=True, help_text='SHA-256 of the archive', max_length=64)),
                ('taken', models.PositiveSmallIntegerField(default=0, help_text='how often')),
                ('attachment', models.ForeignKey(help_text='the sealed bytes; empty once they are gone', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='documents.attachment')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='archives', to='casework.clientfile')),
                ('job', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='jobs.job')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-asked_at', '-id'),
                'constraints': [models.UniqueConstraint(condition=models.Q(('job__isnull', False), ('made_at__isnull', True)), fields=('file', 'user'), name='one_archive_in_the_making')],
            },
        ),
        migrations.RunPython(shut, migrations.RunPython.noop),
    ]
