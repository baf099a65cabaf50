"""What a web server gets is read to the end, and set aside from what is looked through for garbage."""

import subprocess
import sys

from django.conf import settings

SEEN = "import config.wsgi, gc, sys; print('planning.views.editing' in sys.modules, gc.get_freeze_count() > 50_000)"


def test_every_view_is_read_and_set_aside_before_the_first_page() -> None:
    told = subprocess.run(
        [sys.executable, "-c", SEEN], cwd=settings.BASE_DIR, capture_output=True, text=True, check=True
    )
    assert told.stdout.split() == ["True", "True"]
