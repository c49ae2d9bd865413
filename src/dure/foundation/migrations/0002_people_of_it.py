import django.db.models.deletion
import dure.foundation.clock
import dure.foundation.ids
import dure.foundation.models.webhook
import dure.foundation.tables
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('foundation', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='auditentry',
            name='actor',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        dure.foundation.tables.CreateTables(
            models=[migrations.CreateModel(
                name='Notice',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notices', to=settings.AUTH_USER_MODEL)),
                    ('kind', models.CharField(max_length=60)),
                    ('params', models.JSONField(default=dict)),
                    ('url', models.CharField(blank=True, max_length=300)),
                    ('created_at', models.DateTimeField(default=dure.foundation.clock.now)),
                    ('read_at', models.DateTimeField(null=True)),
                    ('mailed_at', models.DateTimeField(null=True)),
                ],
                options={
                    'ordering': ['-created_at', '-id'],
                    'indexes': [models.Index(fields=['person', '-created_at', '-id'], name='notice_newest_first'), models.Index(condition=models.Q(('mailed_at', None)), fields=['person'], name='notice_unmailed')],
                },
            ), migrations.CreateModel(
                name='NoticePreference',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('kind', models.CharField(max_length=60)),
                    ('mail', models.BooleanField(default=True)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('person', 'kind'), name='one_wish_per_kind')],
                },
            ), migrations.CreateModel(
                name='Webhook',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('url', models.CharField(max_length=500)),
                    ('salt', models.CharField(default=dure.foundation.models.webhook.fresh_salt, max_length=32)),
                    ('failures', models.PositiveSmallIntegerField(default=0)),
                    ('off_at', models.DateTimeField(null=True)),
                    ('created_at', models.DateTimeField(default=dure.foundation.clock.now)),
                ],
            ), migrations.CreateModel(
                name='WebhookDelivery',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uid', models.UUIDField(default=dure.foundation.ids.uuid7, unique=True)),
                    ('webhook', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='foundation.webhook')),
                    ('notice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='foundation.notice')),
                    ('attempts', models.PositiveSmallIntegerField(default=0)),
                    ('next_at', models.DateTimeField(default=dure.foundation.clock.now)),
                    ('tried_at', models.DateTimeField(null=True)),
                    ('done_at', models.DateTimeField(null=True)),
                    ('status', models.PositiveSmallIntegerField(null=True)),
                    ('fault', models.CharField(blank=True, max_length=20)),
                ],
                options={
                    'ordering': ['-id'],
                    'indexes': [models.Index(condition=models.Q(('done_at', None)), fields=['next_at', 'id'], name='webhook_due'), models.Index(fields=['webhook', '-id'], name='webhook_newest_first')],
                },
            )],
        ),
    ]
