"""Texts in other languages: `update` brings the catalogues up to the code, `check` lists what is missing.

A language is a file `resources/i18n/<code>.po`; a new one begins as an empty file and `update`.
"""

from __future__ import annotations

import io
import string
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
CATALOGUES = ROOT / "resources" / "i18n"
KEYWORDS = {"tr": None, "ntr": (1, 2), "mark": None}
HEADER = "# Made from the texts in app/ by installer/translations.py; people edit the msgstr lines only."
HEADER_FIELDS = ("Language", "Plural-Forms", "MIME-Version", "Content-Type", "Content-Transfer-Encoding")


class TextCatalog(Catalog):
    """A catalogue whose header holds no dates and versions: it changes only where a text does."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        return [(name, value) for name, value in super().mime_headers if name in HEADER_FIELDS]


def extracted(locale: str) -> TextCatalog:
    """The texts of the code, in the order of files and lines, without translations."""
    catalog = TextCatalog(locale, header_comment=HEADER, fuzzy=False)
    for path in sorted((ROOT / "app").rglob("*.py")):
        place = path.relative_to(ROOT).as_posix()
        for _line, text, _comments, _context in extract_from_file("python", path, KEYWORDS):
            catalog.add(text, locations=[(place, 0)])
    return catalog


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=path.stem)


def texts(catalog: Catalog) -> Iterator[Message]:
    return (message for message in catalog if message.id)


def name(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def translations(message: Message) -> tuple[str, ...]:
    found = message.string or ""
    return (found,) if isinstance(found, str) else tuple(found)


def same(catalog: Catalog, message: Message) -> Message | None:
    """The message with this text, and this plural or none, in another catalogue."""
    found = catalog.get(message.id)
    return found if found is not None and found.id == message.id else None


def compiled(catalog: Catalog, locale: str) -> bytes:
    """The content of the `.mo` file."""
    bare = TextCatalog(locale, fuzzy=False)
    for message in texts(catalog):
        bare.add(message.id, message.string, flags=message.flags)
    buffer = io.BytesIO()
    write_mo(buffer, bare)
    return buffer.getvalue()


def update(path: Path) -> list[str]:
    """Writes `.po` and `.mo` of a language; says what is left to translate and what went out of use."""
    old, new = read(path), extracted(path.stem)
    for message in texts(new):
        known = same(old, message)
        if known is not None:
            message.string = known.string
            message.flags |= known.flags & {"fuzzy"}
            message.user_comments = known.user_comments
    with path.open("wb") as file:
        write_po(file, new, width=0, include_lineno=False)
    path.with_suffix(".mo").write_bytes(compiled(new, path.stem))
    untranslated = [f"to translate: {name(message)!r}" for message in texts(new) if not _is_whole(message)]
    dropped = [message for message in texts(old) if same(new, message) is None]
    return untranslated + [f"dropped: {name(message)!r}, was {message.string!r}" for message in dropped]


def check(path: Path) -> list[str]:
    """What is wrong with a language: nothing where it is whole."""
    catalog, code = read(path), extracted(path.stem)
    findings = [f"missing: {name(message)!r}" for message in texts(code) if same(catalog, message) is None]
    findings += [f"obsolete: {name(message)!r}" for message in catalog.obsolete.values()]
    for message in texts(catalog):
        if same(code, message) is None:
            findings.append(f"obsolete: {name(message)!r}")
        if message.fuzzy:
            findings.append(f"fuzzy: {name(message)!r}")
        if not _is_whole(message):
            findings.append(f"not translated: {name(message)!r}")
        elif not _keeps_fields(message):
            findings.append(f"other fields than in English: {name(message)!r}")
    machine = path.with_suffix(".mo")
    if not machine.is_file() or machine.read_bytes() != compiled(catalog, path.stem):
        findings.append(f"{machine.name} is not made from {path.name}")
    return findings


def _is_whole(message: Message) -> bool:
    return all(translations(message))


def _keeps_fields(message: Message) -> bool:
    """Each form of a plural must have the fields of the English plural: any number may come to it."""
    text = message.id if isinstance(message.id, str) else message.id[1]
    return all(_fields(translation) == _fields(text) for translation in translations(message))


def _fields(text: str) -> set[str] | None:
    """The fields to be filled in, or None where braces are unbalanced."""
    try:
        return {field for _, field, _, _ in string.Formatter().parse(text) if field is not None}
    except ValueError:
        return None


def main(arguments: list[str]) -> int:
    tasks = {"update": update, "check": check}
    if len(arguments) != 1 or arguments[0] not in tasks:
        print("usage: python installer/translations.py update | check", file=sys.stderr)
        return 2
    task = tasks[arguments[0]]
    findings = [f"{path.stem}: {line}" for path in sorted(CATALOGUES.glob("*.po")) for line in task(path)]
    print("\n".join(findings) or "all texts are translated")
    return 1 if findings and arguments[0] == "check" else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
