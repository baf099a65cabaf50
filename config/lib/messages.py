"""Translations without gettext on the machine: .po files are compiled where they are used, never committed compiled."""

import re
from pathlib import Path

import polib

PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sdf]|\{\w*\}")


def message_files(locale: Path) -> list[Path]:
    return sorted(locale.glob("*/LC_MESSAGES/*.po"))


def compile_messages(locale: Path) -> list[Path]:
    """Compiles what has changed since the last time, and returns the files it wrote."""
    written = []
    for file in message_files(locale):
        target = file.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < file.stat().st_mtime:
            polib.pofile(str(file)).save_as_mofile(str(target))
            written.append(target)
    return written


def faults(file: Path) -> list[str]:
    """Texts that are fuzzy, not translated, or have other placeholders than what they translate."""
    return [fault for entry in polib.pofile(str(file)) if not entry.obsolete for fault in faults_of(entry)]


def faults_of(entry: polib.POEntry) -> list[str]:
    if entry.fuzzy:
        return [f"fuzzy: {entry.msgid}"]
    if not entry.translated():
        return [f"not translated: {entry.msgid}"]
    return [
        f"other placeholders: {text}" for source, text in forms(entry) if placeholders(source) != placeholders(text)
    ]


def forms(entry: polib.POEntry) -> list[tuple[str, str]]:
    """Each text beside its source; a plural's form 0 is the singular in the languages we have."""
    if not entry.msgid_plural:
        return [(entry.msgid, entry.msgstr)]
    return [(entry.msgid_plural if number else entry.msgid, text) for number, text in entry.msgstr_plural.items()]


def placeholders(text: str) -> list[str]:
    return sorted(PLACEHOLDER.findall(text))


if __name__ == "__main__":
    compile_messages(Path(__file__).resolve().parents[2] / "locale")
