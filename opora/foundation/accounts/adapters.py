"""What we tell django-allauth: no sign-up, our limits, our words, encrypted secrets, our own QR code."""

from __future__ import annotations

import logging
from typing import Any

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opora.foundation.accounts import limits, queries, sealing, sessions
from opora.foundation.accounts.actors import VISITOR
from opora.foundation.accounts.doors import actor_of
from opora.foundation.accounts.fresh import stale
from opora.foundation.audit.actions import record

SHOWN_OF_NAME = 20
"""Enough of the digest to see in the audit that one name was tried again and again, known or not."""
log = logging.getLogger(__name__)
SAID = {
    "account/messages/logged_out.txt": gettext_lazy("Излязохте от Опора."),
    "account/messages/password_changed.txt": gettext_lazy(
        "Паролата е сменена. Другите Ви сесии са прекратени."
    ),
    "mfa/messages/totp_activated.txt": gettext_lazy("Приложението за кодове е включено."),
    "mfa/messages/totp_deactivated.txt": gettext_lazy("Приложението за кодове е изключено."),
    "mfa/messages/recovery_codes_generated.txt": gettext_lazy(
        "Новите резервни кодове са готови. Старите вече не важат."
    ),
    "mfa/messages/webauthn_added.txt": gettext_lazy("Ключът за достъп е добавен."),
    "mfa/messages/webauthn_removed.txt": gettext_lazy("Ключът за достъп е премахнат."),
}
"""Results the person is told; what is not listed is not said."""
ANNOUNCED = {
    "account/email/password_changed": gettext_lazy("Паролата Ви в Опора беше сменена."),
    "account/email/password_reset": gettext_lazy("Паролата Ви в Опора беше подновена."),
    "mfa/email/totp_activated": gettext_lazy("За профила Ви в Опора беше включено приложение за кодове."),
    "mfa/email/totp_deactivated": gettext_lazy(
        "За профила Ви в Опора беше изключено приложението за кодове."
    ),
    "mfa/email/recovery_codes_generated": gettext_lazy(
        "За профила Ви в Опора бяха направени нови резервни кодове."
    ),
    "mfa/email/webauthn_added": gettext_lazy("За профила Ви в Опора беше добавен ключ за достъп."),
    "mfa/email/webauthn_removed": gettext_lazy("От профила Ви в Опора беше премахнат ключ за достъп."),
}


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in of people who were invited."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": gettext_lazy(
            "Пощата и паролата не отговарят на профил. Проверете ги и опитайте отново."
        ),
        "too_many_login_attempts": gettext_lazy(
            "Опитите бяха много. Изчакайте 15 минути и опитайте отново, или подновете паролата си."
        ),
        "incorrect_password": gettext_lazy("Паролата не е тази. Опитайте отново."),
        "enter_current_password": gettext_lazy("Въведете сегашната си парола."),
        "rate_limited": gettext_lazy("Опитите бяха много. Изчакайте малко и опитайте отново."),
        "invalid_password_reset": gettext_lazy("Връзката вече не важи. Поискайте нова."),
    }

    def is_open_for_signup(self, request: Any) -> bool:
        """Nobody signs up: people are invited."""
        return False

    def authenticate(self, request: Any, **credentials: Any) -> Any:
        """The active account of these credentials within the limits, or None."""
        name, address = str(credentials.get("email", "")), self.get_client_ip(request)
        if not limits.take(name, address):
            raise self.validation_error("too_many_login_attempts")
        user = authenticate(request, **credentials)
        AuthenticationBackend.unstash_authenticated_user()
        if user is not None:
            limits.give_back(name, address)
        else:
            record(VISITOR, "accounts.refused", limits.name_key(name)[:SHOWN_OF_NAME])
        return user

    def login(self, request: Any, user: Any) -> None:
        """Begin the session, and say so in the audit."""
        super().login(request, user)
        sessions.begin(request)
        record(queries.actor_for(user), "accounts.signed_in", f"account:{user.pk}")

    def logout(self, request: Any) -> None:
        """End the session, and say so in the audit."""
        record(actor_of(request), "accounts.signed_out", f"account:{request.user.pk}")
        super().logout(request)

    def reauthenticate(self, user: Any, password: str) -> bool:
        """Whether the signed-in person knows the password; counts like a sign-in."""
        found = self.authenticate(context.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not within five minutes of signing in, however that was done."""
        return stale(context.request, settings.ACCOUNT_REAUTHENTICATION_TIMEOUT)

    def add_message(  # noqa: PLR0917  (allauth's own signature)
        self,
        request: Any,
        level: int,
        message_template: str | None = None,
        message_context: Any = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Our words instead of allauth's templates."""
        text = message or SAID.get(message_template or "")
        if text:
            messages.add_message(request, level, str(text), extra_tags=extra_tags)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Only letters we have words for; a mail server that is away does not stop the person."""
        if template_prefix == "account/email/password_reset_key":
            try:
                super().send_mail(template_prefix, email, context)
            except OSError:
                log.warning("a letter about a new password could not be sent: the mail server is away")

    def send_notification_mail(
        self, template_prefix: str, user: Any, context: Any = None, email: Any = None
    ) -> None:
        """Tell the person by e-mail that something about their sign-in changed."""
        what = ANNOUNCED.get(template_prefix)
        if what and not user.demonstration:
            body = render_to_string("account/email/changed.txt", {"name": user.name, "what": what})
            send_mail(_("Промяна в профила Ви в Опора"), body, None, [user.email], fail_silently=True)

    def format_email_subject(self, subject: str) -> str:
        """As written."""
        return subject

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Ways to show who one is, in our words."""
        said = {
            "reauthenticate": _("С парола"),
            "mfa_reauthenticate": _("С код от приложението"),
            "mfa_reauthenticate:webauthn": _("С ключ за достъп"),
        }
        return [way | {"description": said[way["id"]]} for way in super().get_reauthentication_methods(user)]


class MfaAdapter(DefaultMFAAdapter):
    """Second factors: secrets are kept encrypted."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": gettext_lazy("Кодът не е приет. Въведете следващия код от приложението."),
        "cannot_delete_authenticator": gettext_lazy("Вторият фактор не може да бъде изключен."),
        "cannot_generate_recovery_codes": gettext_lazy(
            "Първо включете приложение за кодове или ключ за достъп."
        ),
    }

    def get_totp_issuer(self) -> str:
        """What the application on the phone shows."""
        return settings.INSTITUTION_NAME or "Опора"

    def build_totp_svg(self, url: str) -> str:
        """The QR code, dark on light, as SVG."""
        svg: str = segno.make(url, error="m").svg_inline(scale=4, border=4, dark="#1b2421", light="#ffffff")
        return svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)

    def encrypt(self, text: str) -> str:
        """With the key of this installation."""
        return sealing.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        """The opposite."""
        return sealing.decrypt(encrypted_text)

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        """A first name for a new passkey."""
        return _("Моят ключ")

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Who asks for the passkey; the name of the host, without port."""
        return {"id": context.request.get_host().partition(":")[0], "name": "Опора"}
