"""Rows of the people."""

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kaname.ground.calendars.models import WorkCalendar
from kaname.ground.people.types import DayPart, Employment, LeaveKind, SkillLevel
from kaname.kernel.records import Record


class Department(Record):
    """A node of the organisation; `path` is `/1/4/`, the ids from the root down to itself, kept by the operations."""

    id = models.BigAutoField(primary_key=True)
    name = models.CharField(_("name"), max_length=100)
    name_en = models.CharField(_("English name"), max_length=100, blank=True)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("parent department"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
    )
    manager = models.ForeignKey(
        "Person", verbose_name=_("manager"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    path = models.CharField(max_length=200, blank=True, db_index=True)
    position = models.PositiveIntegerField(_("position"), default=0)
    archived_at = models.DateTimeField(_("archived"), null=True, blank=True)

    class Meta:
        verbose_name = _("department")
        verbose_name_plural = _("departments")

    def __str__(self) -> str:
        return self.name

    @property
    def depth(self) -> int:
        """How far below the top it stands; 0 for a department at the top."""
        return max(self.path.count("/") - 2, 0)


class Partner(Record):
    """A partner company whose people work with us."""

    id = models.BigAutoField(primary_key=True)
    name = models.CharField(_("name"), max_length=100, unique=True)
    reading = models.CharField(_("reading"), max_length=100, blank=True)
    calendar = models.ForeignKey(
        WorkCalendar, verbose_name=_("calendar"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    archived_at = models.DateTimeField(_("archived"), null=True, blank=True)

    class Meta:
        verbose_name = _("partner company")
        verbose_name_plural = _("partner companies")

    def __str__(self) -> str:
        return self.name


class Person(Record):
    """Somebody who works here; sorted by `reading` (hiragana) where names are Japanese."""

    id = models.BigAutoField(primary_key=True)
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    employee_number = models.CharField(_("employee number"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=100)
    reading = models.CharField(_("reading"), max_length=100)
    name_latin = models.CharField(_("name in Latin letters"), max_length=100, blank=True)
    email = models.EmailField(_("e-mail"), max_length=254, blank=True)
    department = models.ForeignKey(
        Department, verbose_name=_("department"), on_delete=models.PROTECT, related_name="people"
    )
    partner = models.ForeignKey(
        Partner,
        verbose_name=_("partner company"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="people",
    )
    employment = models.CharField(_("employment"), max_length=10, choices=Employment, default=Employment.PERMANENT)
    place = models.CharField(_("place of work"), max_length=60, blank=True)
    calendar = models.ForeignKey(
        WorkCalendar, verbose_name=_("calendar"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    joined_on = models.DateField(_("joined on"))
    left_before = models.DateField(_("left before"), null=True, blank=True)

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        indexes = [models.Index(fields=["reading", "id"], name="people_reading")]
        constraints = [
            models.CheckConstraint(
                condition=Q(left_before=None) | Q(left_before__gt=F("joined_on")), name="people_period"
            ),
            models.CheckConstraint(condition=Q(employment__in=Employment.values), name="people_employment_known"),
            models.CheckConstraint(
                condition=~Q(employment=Employment.PARTNER) | Q(partner__isnull=False),
                name="people_partner_has_company",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def last_day(self) -> date | None:
        """The last day of work; `None` for who stays."""
        return self.left_before - timedelta(days=1) if self.left_before else None


class PartTimePeriod(Record):
    """Days `[starts_on, ends_before)` in which a person follows another weekly pattern (`calendars.types.Week`)."""

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(
        Person, verbose_name=_("person"), on_delete=models.CASCADE, related_name="part_time_periods"
    )
    starts_on = models.DateField(_("from"))
    ends_before = models.DateField(_("until before"), null=True, blank=True)
    week = models.JSONField(_("weekly pattern"))
    reason = models.CharField(_("reason"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("part-time period")
        verbose_name_plural = _("part-time periods")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_before=None) | Q(ends_before__gt=F("starts_on")), name="people_part_time_period"
            ),
            models.UniqueConstraint(fields=["person", "starts_on"], name="people_part_time_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.starts_on}"

    @property
    def ends_on(self) -> date | None:
        """The last day; `None` for what goes on."""
        return self.ends_before - timedelta(days=1) if self.ends_before else None


class Leave(Record):
    """Days `[starts_on, ends_before)`, or a part of each of them, on which a person is away."""

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(Person, verbose_name=_("person"), on_delete=models.CASCADE, related_name="leaves")
    kind = models.CharField(_("kind"), max_length=9, choices=LeaveKind)
    part = models.CharField(_("part of the day"), max_length=9, choices=DayPart, default=DayPart.WHOLE)
    starts_on = models.DateField(_("from"))
    ends_before = models.DateField(_("until before"))

    class Meta:
        verbose_name = _("leave")
        verbose_name_plural = _("leaves")
        constraints = [
            models.CheckConstraint(condition=Q(ends_before__gt=F("starts_on")), name="people_leave_period"),
            models.CheckConstraint(condition=Q(kind__in=LeaveKind.values), name="people_leave_kind_known"),
            models.UniqueConstraint(fields=["person", "starts_on", "part"], name="people_leave_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.starts_on}"

    @property
    def ends_on(self) -> date:
        """The last day."""
        return self.ends_before - timedelta(days=1)


class CostRate(Record):
    """What an hour of a person costs from a day on, in whole yen; the row before it ends there."""

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(Person, verbose_name=_("person"), on_delete=models.CASCADE, related_name="cost_rates")
    starts_on = models.DateField(_("from"))
    per_hour = models.PositiveIntegerField(_("rate per hour"))

    class Meta:
        verbose_name = _("cost rate")
        verbose_name_plural = _("cost rates")
        constraints = [models.UniqueConstraint(fields=["person", "starts_on"], name="people_rate_once")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.starts_on}"


class Skill(Record):
    """Something that people can do, in both languages."""

    id = models.BigAutoField(primary_key=True)
    name = models.CharField(_("name"), max_length=60, unique=True)
    name_en = models.CharField(_("English name"), max_length=60, blank=True)
    category = models.CharField(_("category"), max_length=60, blank=True)
    archived_at = models.DateTimeField(_("archived"), null=True, blank=True)

    class Meta:
        verbose_name = _("skill")
        verbose_name_plural = _("skills")

    def __str__(self) -> str:
        return self.name


class PersonSkill(Record):
    """How well a person masters a skill, who said so and when."""

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(Person, verbose_name=_("person"), on_delete=models.CASCADE, related_name="skills")
    skill = models.ForeignKey(Skill, verbose_name=_("skill"), on_delete=models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField(_("level"), choices=SkillLevel)
    assessed_on = models.DateField(_("assessed on"))
    assessed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("assessed by"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    evidence = models.CharField(_("evidence"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("skill of a person")
        verbose_name_plural = _("skills of people")
        constraints = [
            models.UniqueConstraint(fields=["person", "skill"], name="people_skill_once"),
            models.CheckConstraint(condition=Q(level__range=(0, 5)), name="people_skill_level"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.skill_id} {self.level}"
