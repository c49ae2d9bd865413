"""Addresses of people."""

from django.urls import path

from dure.people.pages import (
    account,
    entrance,
    imports,
    invitations,
    organisations,
    profile,
    roles,
    skills,
    tokens,
)

app_name = "people"
urlpatterns = [
    path("enter/<str:token>", entrance.enter, name="enter"),
    path("organisations", organisations.organisation_list, name="organisations"),
    path("organisations/new", organisations.organisation_create, name="organisation-create"),
    path("organisations/<slug:slug>", organisations.organisation_page, name="organisation"),
    path("organisations/<slug:slug>/edit", organisations.organisation_edit, name="organisation-edit"),
    path("organisations/<slug:slug>/people", organisations.organisation_people, name="organisation-people"),
    path("memberships/<uuid:uid>/role", organisations.membership_role, name="membership-role"),
    path("memberships/<uuid:uid>/end", organisations.membership_end, name="membership-end"),
    path("invitations", organisations.platform_invitations, name="invitations"),
    path("invitations/<uuid:uid>/revoke", invitations.revoke, name="invitation-revoke"),
    path("invitations/<uuid:uid>/accept", invitations.accept, name="invitation-accept"),
    path("invitations/<str:token>", invitations.invitation, name="invitation"),
    path("people", profile.people_list, name="people"),
    path("people/<uuid:uid>", profile.person_page, name="person"),
    path("skills", skills.skill_list, name="skills"),
    path("skills/<slug:slug>", skills.skill_page, name="skill"),
    path("texts/<slug:key>/new", account.text_edit, name="text-edit"),
    path("texts/<slug:key>/<int:version>", account.consent_text, name="consent-text"),
    path("me", profile.profile, name="profile"),
    path("me/invitations", invitations.my_invitations, name="my-invitations"),
    path("me/tokens", tokens.token_list, name="tokens"),
    path("me/tokens/<uuid:uid>/revoke", tokens.token_revoke, name="token-revoke"),
    path("me/consents", account.consent_page, name="consents"),
    path("me/consents/<int:consent_id>/withdraw", account.consent_withdraw, name="consent-withdraw"),
    path("me/export", account.export, name="export"),
    path("me/delete", account.account_delete, name="account-delete"),
    path("accounts", roles.account_list, name="accounts"),
    path("accounts/<uuid:uid>", roles.account_roles, name="account-roles"),
    path("accounts/<uuid:uid>/role", roles.role_change, name="role-change"),
    path("accounts/<uuid:uid>/active", roles.account_active, name="account-active"),
    path("imports", imports.import_list, name="imports"),
    path("imports/template.<slug:form>", imports.import_template, name="import-template"),
    path("imports/<uuid:uid>", imports.import_page, name="import"),
    path("imports/<uuid:uid>/apply", imports.import_apply, name="import-apply"),
]
