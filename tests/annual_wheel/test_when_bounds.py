"""Bounds, and items that hang on each other."""

from __future__ import annotations

import datetime as dt

import pytest

from annual_wheel.when import (
    AnchorCircle,
    Anchored,
    Bound,
    Code,
    Precision,
    Relation,
    Unreadable,
    bound_window,
    read,
    read_bound,
    resolve_anchors,
)

YEAR = 2027
APRIL_15 = dt.date(2027, 4, 15)


@pytest.mark.parametrize(
    ("words", "relation", "ref_words", "date", "offset_days"),
    [
        ("i forkant av søknadsfrist 15. april", Relation.BEFORE, "søknadsfrist", APRIL_15, 0),
        ("I forkant av Søknadsfrist 15.4.2027", Relation.BEFORE, "Søknadsfrist", APRIL_15, 0),
        ("før søknadsfristen (15. april)", Relation.BEFORE, "søknadsfristen", APRIL_15, 0),
        ("before the application deadline 15 April", Relation.BEFORE, "the application deadline", APRIL_15, 0),
        ("før 15. april", Relation.BEFORE, "", APRIL_15, 0),
        ("frist 15. april", Relation.BY, "", APRIL_15, 0),
        ("med frist 15. april", Relation.BY, "", APRIL_15, 0),
        ("Søknadsfrist Samordna opptak: 15. april", Relation.BY, "Søknadsfrist Samordna opptak", APRIL_15, 0),
        ("innen utgangen av mai", Relation.BY, "", dt.date(2027, 5, 31), 0),
        ("etter påske", Relation.AFTER, "", dt.date(2027, 3, 29), 0),
        ("før påske", Relation.BEFORE, "", dt.date(2027, 3, 22), 0),
        ("før uke 33", Relation.BEFORE, "", dt.date(2027, 8, 16), 0),
        ("før svarfristen", Relation.BEFORE, "svarfristen", None, 0),
        ("før svarfristen utløper", Relation.BEFORE, "svarfristen", None, 0),
        ("etter møtet i april", Relation.AFTER, "møtet", dt.date(2027, 4, 30), 0),
        ("to uker før søknadsfristen", Relation.BEFORE, "søknadsfristen", None, -14),
        ("2 veker før søknadsfristen", Relation.BEFORE, "søknadsfristen", None, -14),
        ("two weeks before the deadline", Relation.BEFORE, "the deadline", None, -14),
        ("to uker før søknadsfrist 15. april", Relation.BEFORE, "søknadsfrist", APRIL_15, -14),
        ("dagen etter semesterstart", Relation.AFTER, "semesterstart", None, 1),
        ("ti dager etter semesterstart", Relation.AFTER, "semesterstart", None, 10),
        ("Åpen dag 15.4.", Relation.BEFORE, "Åpen dag", APRIL_15, 0),
    ],
)
def test_bounds_as_written(
    words: str, relation: Relation, ref_words: str, date: dt.date | None, offset_days: int
) -> None:
    assert read_bound(words, YEAR) == Bound(words, relation, ref_words, date, offset_days)


@pytest.mark.parametrize(
    ("words", "code", "nearest"),
    [
        ("før 15. aprli", Code.UNKNOWN, "før 15. april"),
        ("før 31. april", Code.NO_SUCH_DAY, "30. april"),
        ("før 15. april 2026", Code.WRONG_YEAR, "før 15. april 2027"),
        ("svarfristen", Code.UNKNOWN, "før svarfristen"),
        ("", Code.EMPTY, None),
        ("før", Code.UNKNOWN, None),
    ],
)
def test_bounds_that_cannot_be_read(words: str, code: Code, nearest: str | None) -> None:
    with pytest.raises(Unreadable) as caught:
        read_bound(words, YEAR)
    assert (caught.value.code, caught.value.nearest) == (code, nearest)


@pytest.mark.parametrize(
    ("relation", "bound_on", "earliest", "latest", "precision"),
    [
        (Relation.BEFORE, "2027-04-15", "2027-04-01", "2027-04-14", Precision.MONTH),
        (Relation.BY, "2027-04-15", "2027-04-01", "2027-04-15", Precision.MONTH),
        (Relation.AFTER, "2027-04-15", "2027-04-16", "2027-04-30", Precision.MONTH),
        (Relation.BEFORE, "2027-05-01", "2027-04-01", "2027-04-30", Precision.MONTH),
        (Relation.AFTER, "2027-03-31", "2027-04-01", "2027-04-30", Precision.MONTH),
        (Relation.BEFORE, "2027-04-02", "2027-04-01", "2027-04-01", Precision.DAY),
        (Relation.BEFORE, "2027-04-01", "2027-03-31", "2027-03-31", Precision.DAY),
        (Relation.BY, "2027-02-15", "2027-02-15", "2027-02-15", Precision.DAY),
        (Relation.AFTER, "2027-06-01", "2027-06-02", "2027-06-02", Precision.DAY),
    ],
)
def test_how_a_bound_cuts_april(
    relation: Relation, bound_on: str, earliest: str, latest: str, precision: Precision
) -> None:
    cut = bound_window(read("april", YEAR), dt.date.fromisoformat(bound_on), relation=relation)
    assert (str(cut.earliest), str(cut.latest), cut.precision) == (earliest, latest, precision)
    assert cut.as_written == "april"


def test_reading_keeps_the_bound_and_the_window_it_cut() -> None:
    window = read("Mai, før svarfrist 20. mai", YEAR)
    assert window.bound == Bound("før svarfrist 20. mai", Relation.BEFORE, "svarfrist", dt.date(2027, 5, 20))
    assert window.within is not None
    assert (str(window.within.latest), str(window.latest)) == ("2027-05-31", "2027-05-19")


def spans(items: dict[str, Anchored[str]]) -> dict[str, str]:
    return {key: f"{w.precision} {w.earliest:%m-%d} {w.latest:%m-%d}" for key, w in resolve_anchors(items).items()}


def test_anchors_are_followed_from_one_to_the_next_in_any_order() -> None:
    unknown = read("hele året", YEAR)
    items = {
        "mail": Anchored(unknown, "draft", offset_days=-7),
        "draft": Anchored(unknown, "deadline", offset_days=-14),
        "deadline": Anchored(read("15. april", YEAR)),
        "content": Anchored(read("april", YEAR), "deadline"),
        "thanks": Anchored(read("april", YEAR), "deadline", Relation.AFTER),
    }
    assert spans(items) == {
        "mail": "day 03-25 03-25",
        "draft": "day 04-01 04-01",
        "deadline": "day 04-15 04-15",
        "content": "month 04-01 04-14",
        "thanks": "month 04-16 04-30",
    }


def test_what_hangs_on_an_item_moves_with_it() -> None:
    words = read("i forkant av søknadsfrist 15. april", YEAR, month=4)
    moved = {
        "content": Anchored(words, "deadline"),
        "mail": Anchored(words, "deadline", offset_days=-14),
        "deadline": Anchored(read("20. april", YEAR)),
    }
    assert spans(moved) == {
        "content": "month 04-01 04-19",
        "mail": "day 04-06 04-06",
        "deadline": "day 04-20 04-20",
    }
    content = resolve_anchors(moved)["content"]
    assert content.bound is not None
    assert (content.bound.as_written, content.bound.date) == (words.as_written, dt.date(2027, 4, 20))


def test_a_vague_anchor_stays_vague() -> None:
    items = {
        "week": Anchored(read("uke 33", YEAR)),
        "month": Anchored(read("mai", YEAR)),
        "two weeks before": Anchored(read("varierer", YEAR), "week", offset_days=-14),
        "a day after": Anchored(read("varierer", YEAR), "week", offset_days=1),
        "same": Anchored(read("varierer", YEAR), "month", offset_days=0),
        "before": Anchored(read("hele året", YEAR), "month", Relation.BEFORE),
    }
    assert spans(items) == {
        "week": "week 08-16 08-22",
        "month": "month 05-01 05-31",
        "two weeks before": "week 08-02 08-08",
        "a day after": "days 08-17 08-23",
        "same": "month 05-01 05-31",
        "before": "days 01-01 04-30",
    }


def test_an_anchored_date_may_cross_into_the_year_before() -> None:
    items = {"a": Anchored(read("januar", YEAR), "b", offset_days=-14), "b": Anchored(read("5. januar", YEAR))}
    assert str(resolve_anchors(items)["a"].latest) == "2026-12-22"


def test_an_anchor_that_is_not_there_leaves_the_window_as_it_is() -> None:
    assert spans({"a": Anchored(read("mai", YEAR), "gone", offset_days=-3)}) == {"a": "month 05-01 05-31"}


@pytest.mark.parametrize(
    ("anchors", "chain"),
    [
        ({"a": "a"}, ("a", "a")),
        ({"a": "b", "b": "a"}, ("a", "b", "a")),
        ({"start": "b", "b": "c", "c": "d", "d": "b"}, ("b", "c", "d", "b")),
        ({"free": None, "x": "free", "a": "b", "b": "a"}, ("a", "b", "a")),
    ],
)
def test_a_circle_is_refused_with_its_chain(anchors: dict[str, str | None], chain: tuple[str, ...]) -> None:
    mai = read("mai", YEAR)
    with pytest.raises(AnchorCircle) as caught:
        resolve_anchors({key: Anchored(mai, anchor, offset_days=1) for key, anchor in anchors.items()})
    assert caught.value.chain == chain
    assert str(caught.value) == " -> ".join(chain)


def test_a_very_long_chain() -> None:
    mai = read("mai", YEAR)
    items = {n: Anchored(mai, n - 1, offset_days=1) for n in range(5000, 0, -1)}
    items[0] = Anchored(read("1. januar", YEAR))
    assert resolve_anchors(items)[5000].latest == dt.date(2027, 1, 1) + dt.timedelta(days=5000)
