"""A good practice as a card: what it is, what it needs, what came of it and how sure that is."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from opora.care.casework.models import ToolkitVersion
from opora.foundation.core.models import Scoped, Versioned
from opora.improvement.practice import stages
from opora.register.models import Service, ServiceType, TargetGroup

GRADES = [
    (0, _("Разказ на екипа")),
    (1, _("Видяно от двама наблюдатели")),
    (2, _("Измерено преди и след")),
    (3, _("Измерено и сравнено с други услуги")),
    (4, _("Потвърдено и на друго място")),
]
"""How well the effect is known, from least to most; given at publication by who publishes, never by the service."""
TEXTS = ("problem", "for_whom", "solution", "method", "team", "cost", "effect", "evidence", "visit")
"""Parts of a card in the order they are read."""


class PracticeQuerySet(Scoped):
    """Cards by state."""

    def published(self) -> Self:
        """Those everybody may read."""
        return self.filter(stage=stages.PUBLISHED)


class Practice(Versioned):
    """One card. `stage` repeats the newest `PracticeStage`; `path` is the scope of the service it comes from."""

    code = models.CharField(max_length=20, unique=True)
    service = models.ForeignKey(Service, models.PROTECT, related_name="practices")
    path = models.CharField(max_length=120, db_index=True)
    title = models.CharField(max_length=160)
    title_en = models.CharField(max_length=160, blank=True)
    summary = models.CharField(max_length=400)
    summary_en = models.CharField(max_length=400, blank=True)
    groups = models.ManyToManyField(TargetGroup, related_name="practices", blank=True)
    problem = models.TextField(blank=True)
    for_whom = models.TextField(blank=True)
    solution = models.TextField(blank=True)
    method = models.TextField(blank=True)
    team = models.TextField(blank=True)
    cost = models.TextField(blank=True)
    effect = models.TextField(blank=True)
    evidence = models.TextField(blank=True)
    visit = models.TextField(blank=True)
    grade = models.PositiveSmallIntegerField(null=True, blank=True, choices=GRADES)
    grade_why = models.TextField(blank=True)
    stage = models.CharField(
        max_length=10, choices=list(stages.CARD.items()), default=stages.DRAFT, db_index=True
    )
    search_text = models.TextField(blank=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=120)
    published_at = models.DateTimeField(null=True, blank=True)

    objects = PracticeQuerySet.as_manager()

    class Meta:
        ordering = ("-published_at", "-id")
        constraints = [
            models.CheckConstraint(
                condition=Q(grade__isnull=True) | Q(grade__lte=4), name="grade_from_0_to_4"
            ),
            models.CheckConstraint(
                condition=~Q(stage=stages.PUBLISHED) | Q(grade__isnull=False),
                name="published_practice_is_graded",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def name(self) -> str:
        """The title in the language of the page, where it was translated."""
        return self.title_en if self._english and self.title_en else self.title

    @property
    def lead(self) -> str:
        """The summary in the language of the page, where it was translated."""
        return self.summary_en if self._english and self.summary_en else self.summary

    @property
    def name_lang(self) -> str:
        """Language of `name`, for screen readers."""
        return "en" if self._english and self.title_en else "bg"

    @property
    def lead_lang(self) -> str:
        """Language of `lead`."""
        return "en" if self._english and self.summary_en else "bg"

    @property
    def is_published(self) -> bool:
        """Open to everybody."""
        return self.stage == stages.PUBLISHED

    @property
    def _english(self) -> bool:
        return (get_language() or "").startswith("en")


class PracticeStage(models.Model):
    """A state the card entered: when, by whom, with what words."""

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="stages")
    stage = models.CharField(max_length=10, choices=list(stages.CARD.items()))
    at = models.DateTimeField()
    by = models.CharField(max_length=120)
    organisation = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ("-at", "-id")


class Condition(models.Model):
    """What must be in place before somebody takes the practice over; all but `other` can be read in the register."""

    KINDS = [
        ("group", _("работи с целева група")),
        ("type", _("е от вид услуга")),
        ("places", _("има най-малко места")),
        ("free", _("има свободни места")),
        ("post", _("има заети щатни бройки")),
        ("beside", _("в общината има и услуга от вид")),
        ("other", _("друго, което услугата сама потвърждава")),
    ]

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="conditions")
    kind = models.CharField(max_length=8, choices=KINDS)
    group = models.ForeignKey(TargetGroup, models.PROTECT, null=True, blank=True, related_name="+")
    type = models.ForeignKey(ServiceType, models.PROTECT, null=True, blank=True, related_name="+")
    profession = models.CharField(max_length=120, blank=True)
    amount = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    text = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("id",)


class Element(models.Model):
    """A core of the practice: without it, it is another practice. Fidelity is marked against these."""

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="elements")
    text = models.CharField(max_length=300)

    class Meta:
        ordering = ("id",)


class Outcome(models.Model):
    """What is measured to know whether the practice works, and what it was where the practice comes from."""

    DIRECTIONS = [("up", _("повече е по-добре")), ("down", _("по-малко е по-добре"))]

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="outcomes")
    title = models.CharField(max_length=160)
    unit = models.CharField(max_length=60, blank=True)
    better = models.CharField(max_length=4, choices=DIRECTIONS, default="up")
    before = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)
    after = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)
    people = models.PositiveIntegerField(
        null=True, blank=True, help_text="over how many people it was measured"
    )

    class Meta:
        ordering = ("id",)


class Tool(models.Model):
    """Something to work with: a form, a method, a toolkit. The file, if any, is an attachment `practice.tool`."""

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="tools")
    title = models.CharField(max_length=160)
    text = models.CharField(max_length=400, blank=True)
    token = models.CharField(max_length=32, blank=True, help_text="of the attachment")
    file_name = models.CharField(max_length=200, blank=True)
    toolkit = models.ForeignKey(
        ToolkitVersion, models.PROTECT, null=True, blank=True, related_name="shared_as",
        help_text="a toolkit of client files that an adapting service takes over, as it was when it was shared",
    )  # fmt: skip
    added_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)


class Feedback(models.Model):
    """What a reader said of a published card; no name is asked."""

    VERDICTS = [("useful", _("Полезна ми е")), ("unclear", _("Нещо не е ясно")), ("tried", _("Опитахме я"))]

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="feedback")
    verdict = models.CharField(max_length=8, choices=VERDICTS)
    text = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=120, blank=True, help_text="only of people who are signed in")
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ("-at", "-id")
