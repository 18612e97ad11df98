"""Every text of the program is translated, and the tool that says so sees what is missing."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from tests.wording.languages import english_in

ROOT = Path(__file__).parents[2]

TEXTS = """\
from app.wording.language import mark, ntr, tr

WAITING = mark("Waiting")


def told(count):
    return tr("Station {name}"), ntr("{n} scan", "{n} scans", count), tr(WAITING)
"""
CATALOGUE = """\
msgid ""
msgstr ""
"Language: zh_CN\\n"
"Content-Type: text/plain; charset=utf-8\\n"

msgid "Waiting"
msgstr "等待"

msgid "Station {name}"
msgstr "工位 {name}"

msgid "{n} scan"
msgid_plural "{n} scans"
msgstr[0] "{n} 次扫码"
"""


class Project:
    """A folder with the tool, one file of code, and its Chinese."""

    def __init__(self, folder: Path) -> None:
        self.code = folder / "app" / "page.py"
        self.catalogue = folder / "resources" / "i18n" / "zh_CN.po"
        self.tool = folder / "installer" / "translations.py"
        for path in (self.code, self.catalogue, self.tool):
            path.parent.mkdir(parents=True)
        shutil.copy(ROOT / "installer" / "translations.py", self.tool)
        self.code.write_text(TEXTS, "utf-8")
        self.catalogue.write_text(CATALOGUE, "utf-8")
        run(self.tool, "update")

    def edit(self, path: Path, old: str, new: str) -> None:
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")

    def check(self) -> list[str]:
        return run(self.tool, "check", wanted=1).splitlines()


def run(tool: Path, task: str, wanted: int = 0) -> str:
    done = subprocess.run(
        [sys.executable, "-X", "utf8", str(tool), task], capture_output=True, encoding="utf-8", check=False
    )
    assert (done.returncode, done.stderr) == (wanted, ""), done.stdout
    return done.stdout


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


def test_every_text_of_the_program_is_translated() -> None:
    """Where this fails: `python installer/translations.py update`, then fill in the msgstr that it names."""
    assert run(ROOT / "installer" / "translations.py", "check") == "all texts are translated\n"


def test_no_english_is_left_in_any_chinese_text() -> None:
    with (ROOT / "resources" / "i18n" / "zh_CN.po").open("rb") as file:
        texts = [message.string for message in read_po(file) if message.id]
    assert len(texts) > 200
    chinese = [text if isinstance(text, str) else "".join(text or ()) for text in texts]
    plain = [re.sub(r"\{\w*\}|--[a-z-]+", " ", text) for text in chinese]
    assert [text for text in plain if english_in(text)] == []


def test_a_whole_catalogue_passes(project: Project) -> None:
    assert run(project.tool, "check") == "all texts are translated\n"


def test_updating_twice_changes_nothing(project: Project) -> None:
    before = project.catalogue.read_bytes(), project.catalogue.with_suffix(".mo").read_bytes()
    run(project.tool, "update")
    assert (project.catalogue.read_bytes(), project.catalogue.with_suffix(".mo").read_bytes()) == before


def test_line_numbers_are_not_in_the_catalogue(project: Project) -> None:
    before = project.catalogue.read_bytes()
    project.edit(project.code, "WAITING = ", "\n\nWAITING = ")
    run(project.tool, "update")
    assert project.catalogue.read_bytes() == before
    assert b"#: app/page.py\n" in before


def test_a_new_text_is_missing_until_it_is_translated(project: Project) -> None:
    project.edit(project.code, 'mark("Waiting")', 'mark("Waiting"), tr("Reading " "the module")')
    assert project.check() == ["zh_CN: missing: 'Reading the module'"]
    assert run(project.tool, "update") == "zh_CN: to translate: 'Reading the module'\n"
    assert project.check() == ["zh_CN: not translated: 'Reading the module'"]
    project.edit(
        project.catalogue,
        'msgid "Reading the module"\nmsgstr ""',
        'msgid "Reading the module"\nmsgstr "读取"',
    )
    run(project.tool, "update")
    assert run(project.tool, "check") == "all texts are translated\n"


def test_a_text_that_became_a_plural_is_missing(project: Project) -> None:
    project.edit(project.code, 'tr("Station {name}")', 'ntr("Station {name}", "Stations {name}", count)')
    assert project.check() == ["zh_CN: missing: 'Station {name}'", "zh_CN: obsolete: 'Station {name}'"]


def test_a_text_that_is_out_of_use_is_found_and_dropped_aloud(project: Project) -> None:
    project.edit(project.code, 'mark("Waiting")', "1")
    assert project.check() == ["zh_CN: obsolete: 'Waiting'"]
    assert run(project.tool, "update") == "zh_CN: dropped: 'Waiting', was '等待'\n"
    assert run(project.tool, "check") == "all texts are translated\n"


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        ("工位 {name}", "工位 {station}", "other fields than in English: 'Station {name}'"),
        ("工位 {name}", "工位", "other fields than in English: 'Station {name}'"),
        ("工位 {name}", "工位 {name} {", "other fields than in English: 'Station {name}'"),
        ("{n} 次扫码", "扫码", "other fields than in English: '{n} scan'"),
        ("{n} 次扫码", "", "not translated: '{n} scan'"),
        ('msgid "Waiting"', '#, fuzzy\nmsgid "Waiting"', "fuzzy: 'Waiting'"),
    ],
)
def test_a_translation_that_would_fail_is_found(project: Project, old: str, new: str, finding: str) -> None:
    project.edit(project.catalogue, old, new)
    assert f"zh_CN: {finding}" in project.check()


def test_a_catalogue_that_was_not_compiled_is_found(project: Project) -> None:
    project.edit(project.catalogue, "等待", "请等待")
    assert project.check() == ["zh_CN: zh_CN.mo is not made from zh_CN.po"]
    project.catalogue.with_suffix(".mo").unlink()
    assert project.check() == ["zh_CN: zh_CN.mo is not made from zh_CN.po"]


def test_a_new_language_begins_as_an_empty_file(project: Project) -> None:
    project.catalogue.with_name("de.po").write_text("", "utf-8")
    assert "de: to translate: 'Waiting'\n" in run(project.tool, "update")
    assert 'msgid_plural "{n} scans"\nmsgstr[0] ""\nmsgstr[1] ""' in project.catalogue.with_name(
        "de.po"
    ).read_text("utf-8")


def test_the_tool_says_how_it_is_used(project: Project) -> None:
    done = subprocess.run([sys.executable, str(project.tool)], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("usage: ")
