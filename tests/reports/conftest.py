"""What tests of renderings share."""

import pytest

from reports import tasks


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The ids that were given to the worker."""
    ids: list[int] = []
    monkeypatch.setattr(tasks.render, "delay", ids.append)
    return ids
