"""Addresses of audits."""

from django.urls import path

from dure.talent.audits import pages, pages_answers

urls = [
    path("audits", pages.reports_page, name="audits"),
    path("audits/ask", pages.ask, name="audit_ask"),
    path("audits/<uuid:uid>", pages.report_page, name="audit_report"),
    path("audits/<uuid:uid>/report.csv", pages.report_csv, name="audit_csv"),
    path("audits/<uuid:uid>/report.pdf", pages.report_pdf, name="audit_pdf"),
    path("audits/<uuid:uid>/record.json", pages.report_record, name="audit_record"),
    path("me/demographics", pages_answers.answers_page, name="demographics"),
    path("me/demographics/delete", pages_answers.delete_answers, name="demographics_delete"),
]
