"""Addresses of this room. Of django-allauth's own only those listed here exist."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.webauthn import views as passkeys
from django.urls import URLPattern, URLResolver, path, re_path

from opora.foundation.accounts.views import audit_log, entrance, own, people, posts

RESET = r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", own.me, name="accounts_me"),
    path("sessions/<str:key>/end/", own.end_session, name="accounts_end_session"),
    path("sessions/end-others/", own.end_other_sessions, name="accounts_end_other_sessions"),
    path("keep-alive/", own.keep_alive, name="accounts_keep_alive"),
    path("audit/", audit_log.audit_log, name="accounts_audit"),
    path("audit.csv", audit_log.audit_csv, name="accounts_audit_csv"),
    path("roles/", own.roles_page, name="accounts_roles"),
    path("second-factor/", entrance.second_factor, name="accounts_second_factor"),
    path("join/<str:secret>/", entrance.join, name="accounts_join"),
    path("enter-as/", entrance.enter_as, name="accounts_enter_as"),
    path("enter-as/<str:key>/", entrance.enter_as, name="accounts_enter_as_key"),
    path("people/", people.people, name="accounts_people"),
    path("people/invite/", people.invite, name="accounts_invite"),
    path("people/<int:pk>/", people.person, name="accounts_person"),
    path("people/<int:pk>/link/", people.renew_link, name="accounts_renew_link"),
    path("people/<int:pk>/role/", people.give_role, name="accounts_give_role"),
    path("people/<int:pk>/role/<int:grant_pk>/end/", people.end_role, name="accounts_end_role"),
    path("people/<int:pk>/block/", people.block, name="accounts_block"),
    path("people/<int:pk>/second-factor/", people.forget_second_factor, name="accounts_forget_second_factor"),
    path("people/<int:pk>/unblock/", people.unblock, name="accounts_unblock"),
    path("posts/", posts.posts, name="accounts_posts"),
    path("posts/<str:code>/<int:number>/", posts.post, name="accounts_post"),
    path("posts/<str:code>/<int:number>/appoint/", posts.appoint, name="accounts_appoint"),
    path("posts/<str:code>/<int:number>/release/", posts.release, name="accounts_release"),
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", entrance.ByPassword.as_view(), name="account_reauthenticate"),
    path("password/change/", entrance.PasswordChange.as_view(), name="account_change_password"),
    path("password/reset/", account.password_reset, name="account_reset_password"),
    path("password/reset/sent/", account.password_reset_done, name="account_reset_password_done"),
    path(
        "password/reset/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(RESET, entrance.PasswordReset.as_view(), name="account_reset_password_from_key"),
    path("2fa/", mfa.index, name="mfa_index"),
    path("2fa/authenticate/", mfa.authenticate, name="mfa_authenticate"),
    path("2fa/reauthenticate/", entrance.ByCode.as_view(), name="mfa_reauthenticate"),
    path("2fa/totp/activate/", entrance.TurnOnCodes.as_view(), name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", entrance.TurnOffCodes.as_view(), name="mfa_deactivate_totp"),
    path("2fa/recovery-codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("2fa/recovery-codes/generate/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("2fa/recovery-codes/download/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("2fa/passkeys/", passkeys.list_webauthn, name="mfa_list_webauthn"),
    path("2fa/passkeys/add/", entrance.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path("2fa/passkeys/<int:pk>/remove/", entrance.RemovePasskey.as_view(), name="mfa_remove_webauthn"),
    path("2fa/passkeys/reauthenticate/", entrance.ByPasskey.as_view(), name="mfa_reauthenticate_webauthn"),
    path("2fa/passkeys/login/", entrance.PasskeyLogin.as_view(), name="mfa_login_webauthn"),
]
