"""Annual wheels and their entries; their years come to life in `life`."""

from typing import Any

from annual_wheel.models import Entry, EntryResponsibility, Wheel
from organisation.models import User
from reports.demo.documents import EDITORS, Json, Known, add_lines, choose
from reports.demo.store import Store, read_all
from strategy.models import Document


def load(store: Store) -> list[Wheel]:
    """Make the wheels and entries that are missing and return all the demo's wheels."""
    return [_wheel(store, content) for content in read_all("wheels")]


def _wheel(store: Store, content: Json) -> Wheel:
    known = Known.now()
    by = store.user(EDITORS[content["owner"]])
    wheel = Wheel.objects.filter(slug=content["slug"]).first()
    if wheel is None:
        document = Document.objects.get(slug=content["document"]) if content["document"] else None
        owner = known.units[content["owner"]]
        wheel = store.add(
            Wheel(slug=content["slug"], title=content["title"], owner=owner, document=document, is_public=True), by
        )
    have = {entry.key: entry for entry in wheel.entries.all()}
    new = [fields for fields in content["entries"] if fields["key"] not in have]
    position_of = {fields["key"]: position for position, fields in enumerate(content["entries"])}
    for fields in new:
        have[fields["key"]] = _entry(store, known, wheel, fields, position_of[fields["key"]], by)
    for fields in new:
        _hang(have, fields)
    return wheel


def _entry(store: Store, known: Known, wheel: Wheel, content: Json, position: int, by: User) -> Entry:
    names = ("key", "text", "kind", "month", "ticks", "modality", "links", "source")
    bound = content["bound"] or {"as_written": ""}
    plain: dict[str, Any] = {name: content[name] for name in names}
    row = Entry(wheel=wheel, position=position, when_words=content["when"], bound_words=bound["as_written"], **plain)
    entry = store.add(row, by)
    choose(entry.measures, known.items, content["measures"])
    choose(entry.target_groups, known.target_groups, content["target_groups"])
    add_lines(store, known, EntryResponsibility, {"entry": entry}, content, by)
    return entry


def _hang(entries: dict[str, Entry], content: Json) -> None:
    """Point an entry at the one that bounds it and the one its date hangs on."""
    entry, bound, anchor = entries[content["key"]], content["bound"], content["anchor"]
    if bound and bound["entry"]:
        entry.bound_entry = entries[bound["entry"]]
    if anchor:
        entry.anchor, entry.anchor_offset_days = entries[anchor["entry"]], anchor["offset_days"]
    if entry.bound_entry or entry.anchor:
        entry.save()
