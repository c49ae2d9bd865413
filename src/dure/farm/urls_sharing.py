"""Addresses of what members give, were granted and used."""

from django.urls import path

from dure.farm.pages import accelerators, allocations, contributions, sites, usage

urls = [
    path("farm/accelerators", accelerators.listing, name="accelerators"),
    path("farm/accelerators/new", accelerators.new, name="accelerator_new"),
    path("farm/accelerators/<str:key>/edit", accelerators.edit, name="accelerator_edit"),
    path("farm/contributions", contributions.listing, name="contributions"),
    path("farm/contributions/new", contributions.new, name="contribution_new"),
    path("farm/contributions/<uuid:uid>", contributions.contribution, name="contribution"),
    path("farm/contributions/<uuid:uid>/edit", contributions.edit, name="contribution_edit"),
    path("farm/contributions/<uuid:uid>/act", contributions.act, name="contribution_act"),
    path("farm/allocations", allocations.listing, name="allocations"),
    path("farm/allocations/new", allocations.new, name="allocation_new"),
    path("farm/allocations/<uuid:uid>", allocations.allocation, name="allocation"),
    path("farm/allocations/<uuid:uid>/act", allocations.act, name="allocation_act"),
    path("farm/allocations/<uuid:uid>/changes", allocations.ask_change, name="allocation_change"),
    path("farm/changes/<uuid:uid>/act", allocations.act_on_change, name="change_act"),
    path("farm/sites", sites.listing, name="sites"),
    path("farm/sites/new", sites.new, name="site_new"),
    path("farm/sites/<uuid:uid>", sites.site, name="site"),
    path("farm/sites/<uuid:uid>/close", sites.close, name="site_close"),
    path("farm/usage", usage.listing, name="usages"),
    path("farm/usage/<slug:slug>", usage.usage, name="usage"),
    path("farm/usage/<slug:slug>/csv", usage.usage_file, name="usage_csv"),
]
