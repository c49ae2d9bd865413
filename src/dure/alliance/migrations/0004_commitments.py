"""Commitments; what was written down of a delivery is never changed: PostgreSQL itself refuses it."""

import django.core.validators
import django.db.models.deletion
import dure.foundation.clock
import dure.foundation.ids
from django.conf import settings
from django.db import migrations, models


FORWARD = """
create trigger delivery_never_changes
before update of commitment_id, quantity, delivered_on, evidence, noted_at or delete on alliance_delivery
for each row execute function alliance_refuse_change();
"""
BACKWARD = "drop trigger delivery_never_changes on alliance_delivery;"


class Migration(migrations.Migration):

    dependencies = [
        ('alliance', '0003_agreements'),
        ('people', '0002_skills'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Commitment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state_since', models.DateTimeField(default=dure.foundation.clock.now)),
                ('uid', models.UUIDField(default=dure.foundation.ids.uuid7, editable=False, unique=True)),
                ('state', models.CharField(choices=[('pledged', 'Pledged'), ('confirmed', 'Confirmed'), ('delivering', 'Being delivered'), ('short', 'Fell short'), ('fulfilled', 'Fulfilled'), ('settled_short', 'Settled short'), ('cancelled', 'Cancelled')], default='pledged', max_length=32)),
                ('kind', models.CharField(choices=[('hours', 'Accelerator hours'), ('people', 'People'), ('money', 'Money'), ('dataset', 'Datasets'), ('seats', 'Seats'), ('space', 'Space'), ('equipment', 'Equipment')], max_length=12)),
                ('unit', models.CharField(choices=[('hour', 'hours'), ('person_day', 'person-days'), ('KRW', 'KRW'), ('CAD', 'CAD'), ('USD', 'USD'), ('EUR', 'EUR'), ('dataset', 'datasets'), ('seat', 'seats'), ('m2', 'm²'), ('piece', 'pieces')], max_length=12)),
                ('accelerator', models.CharField(blank=True, max_length=40)),
                ('quantity', models.DecimalField(decimal_places=4, max_digits=20, validators=[django.core.validators.MinValueValidator(0)])),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField()),
                ('what_ko', models.CharField(blank=True, max_length=300)),
                ('what_en', models.CharField(blank=True, max_length=300)),
                ('reason', models.TextField(blank=True, max_length=2000)),
                ('created_at', models.DateTimeField(default=dure.foundation.clock.now)),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='commitments', to='alliance.agreement')),
                ('beneficiary', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
                ('donor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pledges', to='people.organisation')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['ends_on', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=dure.foundation.ids.uuid7, editable=False, unique=True)),
                ('quantity', models.DecimalField(decimal_places=4, max_digits=20)),
                ('delivered_on', models.DateField()),
                ('evidence', models.CharField(max_length=500)),
                ('noted_at', models.DateTimeField(default=dure.foundation.clock.now)),
                ('commitment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deliveries', to='alliance.commitment')),
                ('noted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-delivered_on', '-id'],
            },
        ),
        migrations.AddIndex(
            model_name='commitment',
            index=models.Index(fields=['state', 'ends_on'], name='commitment_by_state'),
        ),
        migrations.AddConstraint(
            model_name='commitment',
            constraint=models.CheckConstraint(condition=models.Q(('quantity__gt', 0)), name='commitment_of_something'),
        ),
        migrations.AddConstraint(
            model_name='commitment',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='commitment_ends_after_start'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.CheckConstraint(condition=models.Q(('quantity', 0), _negated=True), name='delivery_of_something'),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
