import pytest
from django.conf import settings
from django.core.management import CommandError, call_command


def test_a_real_installation_is_left_alone(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(settings, "SECURE", True)
    with pytest.raises(CommandError) as refused:
        call_command("demo_reset")
    assert str(refused.value) == (
        "BASE_URL begins with https, so this looks like a real installation: nothing was changed."
    )
