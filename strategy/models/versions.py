"""The words that were frozen, and from when they hold."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Case, Q, When
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from config.lib import clock
from config.lib.kept import told
from organisation.models import User
from strategy.models.documents import Decision, Document, FrozenError, held

SAME_WORDS = gettext_noop("Ordene er som i utgave %(number)s")


def head_of(content: Mapping[str, Any]) -> dict[str, Any] | None:
    """What `Document.head_in_force` keeps of frozen words."""
    if "title" not in content:
        return None
    period = content.get("period") or {"from": None, "to": None}
    return {"title": content["title"], "from": period["from"], "to": period["to"]}


class VersionQuerySet(models.QuerySet["Version"]):
    def as_read(self, *, today: date) -> "VersionQuerySet":
        """A document's versions, what readers read that day first: the newest that holds, else what holds first."""
        waits = Q(holds_from__gt=today)
        return self.order_by(
            Case(When(waits, then=1), default=0), Case(When(waits, then="holds_from"), default=None), "-number"
        )

    def correction_in(self, number: int) -> "Version | None":
        """Where the words of a document's version with this number were last corrected, in it or in what it repeats.

        None where they are as they were adopted (one query).
        """
        until_then = self.filter(number__lte=number).defer("content").select_related("frozen_by").order_by("-number")
        by_id = {version.pk: version for version in until_then}
        found = next(iter(by_id.values()), None)
        while found is not None and found.only_repeats:
            found = by_id.get(found.corrects_id or 0)
        return found if found is not None and found.corrects_id else None


class Version(models.Model):
    """The words of a whole document as they were adopted; written once, never changed.

    A corrected typing error makes a version of its own, which `corrects` the one before and says `why`: the decision
    stays with that one. `content` is the outline of `strategy.outline`, keyed by the identities of its items.
    Readers read it from `holds_from` on, until a version with a higher number holds.
    """

    document = models.ForeignKey(Document, models.PROTECT, related_name="versions", verbose_name=_("dokument"))
    number = models.PositiveSmallIntegerField(_("nummer"))
    holds_from = models.DateField(_("gjelder fra"))
    decision = models.OneToOneField(
        Decision, models.PROTECT, null=True, blank=True, related_name="version", verbose_name=_("vedtak")
    )
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="corrected_by", verbose_name=_("retter")
    )
    why = models.CharField(_("hva som er rettet"), max_length=100, blank=True)
    content = models.JSONField(_("innhold"))
    frozen_at = models.DateTimeField(_("fryst"))
    frozen_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("av"))

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("utgave")
        verbose_name_plural = _("utgaver")
        ordering = ("document", "-number")
        constraints = [
            models.UniqueConstraint(fields=("document", "number"), name="strategy_version_number"),
            models.CheckConstraint(
                name="strategy_version_correction_with_reason",
                condition=Q(corrects__isnull=True, why="")
                | Q(corrects__isnull=False, decision__isnull=True) & ~Q(why=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document}, {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Without a day of its own it holds from the day of what it corrects, else from the one it is frozen on."""
        if not self._state.adding:
            raise FrozenError(f"version {self} never changes")
        self.holds_from = self.holds_from or self._usual_start()
        super().save(*args, **kwargs)
        stored = Document.objects.filter(pk=self.document_id)
        self.document.head_in_force = self._kept_in(stored.values_list("head_in_force", flat=True).get() or {})
        stored.update(head_in_force=self.document.head_in_force)

    def _usual_start(self) -> date:
        return self.corrects.holds_from if self.corrects else min(localdate(self.frozen_at), clock.today())

    def _kept_in(self, before: dict[str, Any]) -> dict[str, Any] | None:
        """The heads of the document with this one among them: first what is read today, then what waits for its day."""
        own, today = head_of(self.content), clock.today().isoformat()
        if own is None:
            return None
        own["holds_from"] = start = self.holds_from.isoformat()
        now = dict(held(before) or own)
        waiting = [one for one in now.pop("next", before.get("next", [])) if today < one["holds_from"] < start]
        never_held = now.get("holds_from", "") > today
        if start <= today or (never_held and start <= now["holds_from"]):
            return own
        return {**now, "next": [*waiting, own]}

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise FrozenError(f"version {self} is never deleted")

    @property
    def why_told(self) -> str:
        """What was corrected, as whoever did wrote it; what the program says, in the reader's language."""
        return told(self.why, (SAME_WORDS,))

    @property
    def only_repeats(self) -> bool:
        """Whether nothing is corrected in it: it was frozen again since what is read before it was corrected."""
        return self.why.startswith(SAME_WORDS.partition("%")[0])

    def decisions_until_then(self) -> models.QuerySet[Decision]:
        """What was decided about the document, without what later versions were adopted by."""
        adopted = self
        while adopted.corrects is not None:
            adopted = adopted.corrects
        later = Version.objects.filter(document=self.document_id, number__gt=adopted.number, decision__isnull=False)
        return Decision.objects.filter(document=self.document_id).exclude(pk__in=later.values("decision"))
