from pathlib import Path

import pytest
from django.conf import settings

from config.lib.messages import compile_messages, faults, message_files

HEADER = (
    'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
)
GOOD = 'msgid "%(count)s mål i {plan}"\nmsgstr "{plan}: %(count)s goals"\n\n'
PLURAL = 'msgid "ett mål"\nmsgid_plural "%d mål"\nmsgstr[0] "one goal"\nmsgstr[1] "%d goals"\n\n'


def write(folder: Path, text: str) -> Path:
    file = folder / "en" / "LC_MESSAGES" / "django.po"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(HEADER + text, encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (GOOD + PLURAL, []),
        ('msgid "Lagre"\nmsgstr ""\n', ["not translated: Lagre"]),
        ('#, fuzzy\nmsgid "Lagre"\nmsgstr "Sing"\n', ["fuzzy: Lagre"]),
        ('msgid "Hei %(name)s"\nmsgstr "Hi %(nme)s"\n', ["other placeholders: Hi %(nme)s"]),
        (PLURAL.replace("%d goals", "goals"), ["other placeholders: goals"]),
        ('#~ msgid "Gammel"\n#~ msgstr ""\n', []),
    ],
)
def test_faults_in_a_translation_are_named(tmp_path: Path, text: str, expected: list[str]):
    assert faults(write(tmp_path, text)) == expected


def test_compiles_only_what_has_changed(tmp_path: Path):
    file = write(tmp_path, GOOD)
    assert compile_messages(tmp_path) == [file.with_suffix(".mo")]
    assert compile_messages(tmp_path) == []


def test_our_own_translations_have_no_faults():
    files = message_files(Path(settings.BASE_DIR) / "locale")
    assert {file.name: faults(file) for file in files} == {file.name: [] for file in files}
