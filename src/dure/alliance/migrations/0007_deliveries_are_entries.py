"""What was written down of commitments before they were counted in the ledger becomes entries there."""

from datetime import UTC, date, datetime, time

from django.db import migrations


def unit_of(unit, accelerator):
    """As `commitments.units` said when this was written; a type of accelerator that is none is left out."""
    if unit != "hour":
        return unit.lower()
    kind, _colon, device = accelerator.strip().lower().partition(":")
    return f"{kind}_h:{device}" if kind in ("gpu", "npu") and device else ""


def forward(apps, _editor):
    model = lambda name: apps.get_model("alliance", name)  # noqa: E731 - three letters less at each call
    for one in model("Delivery").objects.select_related("commitment").order_by("pk"):
        unit = unit_of(one.commitment.unit, one.commitment.accelerator)
        if not unit or model("LedgerTransaction").objects.filter(source_id=f"delivery:{one.uid}").exists():
            continue
        day = one.delivered_on
        starts_on = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
        later = model("LedgerPeriod").objects.filter(starts_on__gte=starts_on, state="closed").order_by("-starts_on").first()
        if later is not None:
            after = later.starts_on.month + 3
            starts_on = date(later.starts_on.year + after // 13, (after - 1) % 12 + 1, 1)
        period = model("LedgerPeriod").objects.get_or_create(starts_on=starts_on)[0]
        made = model("LedgerTransaction").objects.create(
            source="hand",
            source_id=f"delivery:{one.uid}",
            what=one.evidence[:300],
            occurred_at=datetime.combine(day, time(), UTC),
            period=period,
            commitment=one.commitment,
            recorded_by=one.noted_by,
        )
        for side, who, quantity in (
            ("gave", one.commitment.donor_id, one.quantity),
            ("used", one.commitment.beneficiary_id, -one.quantity),
        ):
            model("LedgerEntry").objects.create(
                transaction=made, period=period, organisation_id=who, side=side, unit=unit, quantity=quantity
            )


class Migration(migrations.Migration):
    dependencies = [("alliance", "0006_entries_name_commitments")]
    operations = [migrations.RunPython(forward, migrations.RunPython.noop)]
