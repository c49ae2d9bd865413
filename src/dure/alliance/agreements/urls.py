"""Addresses of agreements."""

from django.urls import path

from dure.alliance.agreements import pages, pages_drafting, pages_signing

ONE = "agreements/<uuid:uid>"
urls = [
    path("agreements", pages.agreements_page, name="agreements"),
    path("agreements/new", pages_drafting.new, name="agreement_new"),
    path(ONE, pages.agreement_page, name="agreement"),
    path(f"{ONE}/act", pages.act, name="agreement_act"),
    path(f"{ONE}/edit", pages_drafting.edit, name="agreement_edit"),
    path(f"{ONE}/payments", pages_drafting.payments, name="agreement_payments"),
    path(f"{ONE}/follow", pages_drafting.follow, name="agreement_follow"),
    path(f"{ONE}/revisions", pages_drafting.revisions, name="agreement_revisions"),
    path(f"{ONE}/revisions/<int:number>", pages_drafting.revision, name="agreement_revision"),
    path(f"{ONE}/revisions/<int:number>/agreement.pdf", pages_drafting.revision_pdf, name="agreement_pdf"),
    path(f"{ONE}/discussion", pages.discussion, name="agreement_discussion"),
    path(f"{ONE}/parties/<uuid:party>/sign", pages_signing.sign, name="agreement_sign"),
    path(f"{ONE}/parties/<uuid:party>/prove", pages_signing.prove, name="agreement_prove"),
    path(f"{ONE}/parties/<uuid:party>/leave", pages_signing.leave, name="agreement_leave"),
    path(f"{ONE}/signatures/<uuid:signature>", pages_signing.signed_file, name="agreement_signed_file"),
]
