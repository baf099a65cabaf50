import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome")


def find_chromium() -> str | None:
    """The system's own Chromium: the browsers that Playwright would fetch are never used."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)
