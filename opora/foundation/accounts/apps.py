"""As Django knows this room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "opora.foundation.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Offer the pages to the frame and the check to Django."""
        from opora.foundation.accounts import checks, panels, policies
        from opora.foundation.ui import nav
        from opora.foundation.ui import panels as slots

        nav.register(nav.NavItem(_("Хора"), "accounts_people", policies.see_people, order=80))
        nav.register(nav.NavItem(_("Координатори"), "accounts_posts", policies.see_posts, order=70))
        nav.register(nav.NavItem(_("Дневник"), "accounts_audit", policies.read_audit, order=75))
        nav.register_place("account", "accounts_me")
        nav.register_place("sign_in", "account_login")
        nav.register_place("sign_out", "account_logout")
        nav.register_place("keep_alive", "accounts_keep_alive")
        slots.offer("territory.region", panels.coordinators)
        assert checks.demonstration_over_real_accounts
