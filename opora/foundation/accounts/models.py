"""People who work here, the roles they hold and the coordinators' posts."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import Q

from opora.foundation.accounts.roles import ROLES
from opora.foundation.territory.models import Region


class UserManager(BaseUserManager["User"]):
    """Accounts are found by e-mail, whatever its letters' case."""

    def get_by_natural_key(self, username: str | None) -> User:
        """By e-mail."""
        return self.get(email__iexact=username)

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A new account; without a password nobody can sign in with it."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person with an account. What they may do stands in their grants, nowhere else."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    organisation = models.CharField(max_length=200, blank=True)
    profession = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    is_active = models.BooleanField(default=True)
    demonstration = models.BooleanField(
        default=False, help_text="may be taken on from the demonstration's first page"
    )
    joined_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects = UserManager()

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        """Name as shown."""
        return self.name


class GrantQuerySet(models.QuerySet["Grant"]):
    """Grants by time."""

    def in_force(self, on: dt.date) -> GrantQuerySet:
        """Those that count on the day."""
        return self.filter(Q(until__isnull=True) | Q(until__gte=on), since__lte=on, ended_at__isnull=True)


class Grant(models.Model):
    """A role held in a place from a day to a day."""

    user = models.ForeignKey(User, models.CASCADE, related_name="grants")
    role = models.CharField(max_length=30, choices=list(ROLES.items()))
    scope = models.CharField(max_length=120, help_text="BG, BG/LOV, BG/LOV/LOV18 or BG/LOV/LOV18/org:1/svc:…")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    given_by = models.CharField(max_length=120, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True, help_text="ended before its last day")
    ended_by = models.CharField(max_length=120, blank=True)
    ended_reason = models.CharField(max_length=300, blank=True)
    post = models.ForeignKey(
        "CoordinatorPost", models.SET_NULL, null=True, blank=True, related_name="tenures"
    )

    objects = GrantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "scope", "since"],
                condition=Q(ended_at__isnull=True),
                name="one_open_grant_a_day",
            )
        ]

    def counts(self, on: dt.date) -> bool:
        """Whether it is in force on the day."""
        return self.ended_at is None and self.since <= on and (self.until is None or self.until >= on)


class CoordinatorPost(models.Model):
    """One of the two coordinator's posts of a region; 56 in the country."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="posts")
    number = models.PositiveSmallIntegerField(choices=[(1, "1"), (2, "2")])
    holder = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="posts")
    since = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["region", "number"], name="two_posts_a_region")]
        ordering = ("region__sort_name", "number")


class Invitation(models.Model):
    """A one-time link by which a person sets name and password. Only the digest of its secret is kept."""

    user = models.ForeignKey(User, models.CASCADE, null=True, blank=True, related_name="invitations")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=120, blank=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    @staticmethod
    def digest_of(secret: str) -> str:
        """What is kept of the secret in the link."""
        return hashlib.sha256(secret.encode()).hexdigest()

    @property
    def for_first_administrator(self) -> bool:
        """Printed in the terminal before anybody has an account."""
        return self.user_id is None


class Attempts(models.Model):
    """Wrong sign-ins counted for one name or one network address (as a digest), and how long it must wait."""

    key = models.CharField(max_length=80, unique=True)
    wrong = models.PositiveIntegerField(default=0)
    counted_from = models.DateTimeField()
    locks = models.PositiveSmallIntegerField(default=0)
    locked_until = models.DateTimeField(null=True, blank=True)


class Session(AbstractBaseSession):
    """One browser in which somebody is, or may become, signed in; without its row it is out."""

    user = models.ForeignKey(User, models.CASCADE, null=True, blank=True, related_name="sessions")
    began_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)
    agent = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=45, blank=True)

    @classmethod
    def get_session_store_class(cls) -> Any:
        """The store that reads and writes these rows."""
        from opora.foundation.accounts.sessions import SessionStore

        return SessionStore
