"""Forms of this room: sign-in in our own words, people, roles and posts."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account_forms
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as passkey_forms
from django import forms
from django.contrib.auth import password_validation
from django.utils.translation import gettext_lazy as _

from opora.foundation.accounts import scopes
from opora.foundation.accounts.models import User
from opora.foundation.accounts.roles import ROLES
from opora.foundation.ui.fields import DateField

PASSWORD_HINT = _(
    "Поне 15 знака, а с втори фактор поне 12. Няколко думи с интервали между тях се помнят лесно."
)


class InOurWords:
    """Labels of a library's form replaced by `words`, placeholders and help texts taken away."""

    words: dict[str, Any] = {}
    hints: dict[str, Any] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():  # type: ignore[attr-defined]
            field.widget.attrs.pop("placeholder", None)
            field.label = self.words.get(name, field.label)
            field.help_text = self.hints.get(name, "")


class LoginForm(InOurWords, account_forms.LoginForm):
    words = {"login": _("Електронна поща"), "password": _("Парола")}


class ChangePasswordForm(InOurWords, account_forms.ChangePasswordForm):
    words = {
        "oldpassword": _("Сегашна парола"),
        "password1": _("Нова парола"),
        "password2": _("Нова парола още веднъж"),
    }
    hints = {"password1": PASSWORD_HINT}


class ResetPasswordForm(InOurWords, account_forms.ResetPasswordForm):
    words = {"email": _("Електронна поща")}


class ResetPasswordKeyForm(InOurWords, account_forms.ResetPasswordKeyForm):
    words = {"password1": _("Нова парола"), "password2": _("Нова парола още веднъж")}
    hints = {"password1": PASSWORD_HINT}


class ReauthenticateForm(InOurWords, account_forms.ReauthenticateForm):
    words = {"password": _("Парола")}


class AuthenticateForm(InOurWords, mfa_forms.AuthenticateForm):
    words = {"code": _("Код")}
    hints = {"code": _("Шест цифри от приложението на телефона или един от резервните кодове.")}


class ReauthenticateCodeForm(InOurWords, mfa_forms.ReauthenticateForm):
    words = {"code": _("Код")}
    hints = {"code": _("Шест цифри от приложението на телефона или един от резервните кодове.")}


class ActivateTOTPForm(InOurWords, totp_forms.ActivateTOTPForm):
    words = {"code": _("Код от приложението")}
    hints = {"code": _("Шест цифри. Приложението показва нови на всеки 30 секунди.")}


class AddPasskeyForm(InOurWords, passkey_forms.AddWebAuthnForm):
    words = {"name": _("Име на ключа"), "passwordless": _("Влизане само с този ключ, без парола")}
    hints = {
        "name": _("За да го познаете после: „Служебен телефон“."),
        "passwordless": _("Ключът трябва да иска пръстов отпечатък, лице или ПИН."),
    }


class PasswordFields(forms.Form):
    """A new password twice, checked by the rules for `self.person`."""

    person: Any = None
    password1 = forms.CharField(
        label=_("Парола"),
        help_text=PASSWORD_HINT,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label=_("Парола още веднъж"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_password1(self) -> str:
        """The rules of passwords.py."""
        password = str(self.cleaned_data["password1"])
        password_validation.validate_password(password, self.person)
        return password

    def clean(self) -> dict[str, Any]:
        """Both the same."""
        both = self.cleaned_data.get("password1"), self.cleaned_data.get("password2")
        if all(both) and both[0] != both[1]:
            self.add_error("password2", _("Двете пароли са различни. Въведете ги отново."))
        return self.cleaned_data


class JoinForm(PasswordFields):
    """The invited person sets a password."""

    def __init__(self, *args: Any, person: User | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person


class FirstAdministratorForm(PasswordFields):
    """The first administrator also says who they are."""

    name = forms.CharField(
        label=_("Име и фамилия"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=_("Служебна електронна поща"), widget=forms.EmailInput(attrs={"autocomplete": "username"})
    )
    field_order = ("name", "email", "password1", "password2")

    def clean_password1(self) -> str:
        """With the name and e-mail just written, and the second factor this role needs."""
        password = str(self.cleaned_data["password1"])
        self.person = _Newcomer(self.cleaned_data.get("email", ""), self.cleaned_data.get("name", ""))
        password_validation.validate_password(password, self.person)
        return password


class _Newcomer:
    """Whom the rules compare a password with before there is an account."""

    def __init__(self, email: str, name: str) -> None:
        self.email, self.name, self.organisation = email, name, ""


class InviteForm(forms.Form):
    """A colleague to be invited."""

    name = forms.CharField(label=_("Име и фамилия"), max_length=120)
    email = forms.EmailField(label=_("Служебна електронна поща"))
    organisation = forms.CharField(label=_("Организация"), max_length=200, required=False)
    profession = forms.CharField(label=_("Длъжност"), max_length=120, required=False)


class RoleForm(forms.Form):
    """First step of giving a role: which."""

    role = forms.ChoiceField(label=_("Роля"), choices=[(c, w) for c, w in ROLES.items() if c != "public"])


class GrantForm(forms.Form):
    """Second step: where, from when, until when and why."""

    scope = forms.ChoiceField(label=_("Къде"))
    since = DateField(
        label=_("От дата"), required=False, help_text=_("Празно означава от днес. Например 22.11.2026")
    )
    until = DateField(label=_("До дата"), required=False, help_text=_("Празно означава безсрочно."))
    reason = forms.CharField(
        label=_("Основание"), max_length=300, help_text=_("Например: заповед № 14 от 20.11.2026")
    )

    def __init__(self, *args: Any, role: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = list(scopes.choices_for(role))
        self.places = len(places)
        first = [("", _("изберете"))] if self.places > 1 else []
        self.fields["scope"].choices = first + places  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=_("Основание"), max_length=300, help_text=_("Например: заповед № 14 от 20.11.2026")
    )


class AppointForm(ReasonForm):
    """Who takes the post, and why."""

    person: Any = forms.ModelChoiceField(label=_("Координатор"), queryset=None, empty_label=_("изберете"))
    field_order = ("person", "reason")

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]
        self.fields["person"].label_from_instance = _described  # type: ignore[attr-defined]


class PeopleFilter(forms.Form):
    """What the list of people is narrowed by."""

    q = forms.CharField(label=_("Име, поща или организация"), required=False)
    role = forms.ChoiceField(
        label=_("Роля"),
        required=False,
        choices=[("", _("всички роли")), *[(c, w) for c, w in ROLES.items() if c != "public"]],
    )


def _described(person: User) -> str:
    return f"{person.name}, {person.organisation}" if person.organisation else person.name
