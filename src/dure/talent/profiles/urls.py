"""Addresses of evidence, endorsements, profile and consent."""

from django.urls import path

from dure.talent.profiles import pages, pages_data, pages_endorsing, pages_profile

urls = [
    path("me/talent", pages.evidence_page, name="evidence"),
    path("me/talent/skills/<slug:slug>", pages.skill_page, name="evidence_of_skill"),
    path("me/talent/evidence/<uuid:uid>", pages.fact_page, name="fact"),
    path("me/talent/evidence/<uuid:uid>/act", pages.act, name="fact_act"),
    path("me/talent/claims", pages.claim, name="claim"),
    path("me/talent/claims/<uuid:uid>/remove", pages.remove_claim, name="claim_remove"),
    path("me/talent/endorsements", pages_endorsing.endorsements_page, name="endorsements"),
    path("me/talent/endorsements/ask", pages_endorsing.ask, name="endorsement_ask"),
    path("me/talent/endorsements/<uuid:uid>", pages_endorsing.endorsement_page, name="endorsement"),
    path("me/talent/endorsements/<uuid:uid>/act", pages_endorsing.act, name="endorsement_act"),
    path("me/talent/profile", pages_profile.profile_page, name="profile"),
    path("me/talent/consent", pages_profile.consent_page, name="consent"),
    path("me/talent/consent/<uuid:uid>/take-back", pages_profile.take_back, name="consent_take_back"),
    path("me/talent/looks", pages_profile.looks_page, name="looks"),
    path("me/talent/data", pages_data.data_page, name="data"),
    path("me/talent/data/keep", pages_data.keep, name="data_keep"),
    path("me/talent/data/delete", pages_data.delete, name="data_delete"),
    path("me/talent/receipts/<uuid:uid>", pages_data.receipt_page, name="receipt"),
    path("me/talent/receipts/<uuid:uid>/file", pages_data.receipt_file, name="receipt_file"),
    path("talent/contested", pages.contested_page, name="contested"),
    path("talent/contested/<uuid:uid>", pages.contested_fact, name="contested_fact"),
    path("talent/contested/<uuid:uid>/act", pages.decide, name="contested_act"),
]
