"""QR pictures in a folder or a package, as the platform gives them out."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from app.adapters.code_package import PackagePress, PicturePress
from app.adapters.code_reader import codes_in_png
from app.adapters.sn_package import read_issued
from app.core.label_batch import LabelFile
from app.core.labels import make_label
from app.core.payload import PLATFORM_FORMAT
from tests.labelled import device, labels, layout

ALONE = layout("roll-50x30").code_alone()
PLATFORMS = Path(__file__).parents[1] / "data" / "samples" / "sn_package.zip"


def test_a_package_has_the_files_of_the_platforms(tmp_path: Path) -> None:
    press, wanted = PackagePress(PicturePress(ALONE)), labels(5)
    made = press.make(wanted)
    assert list(press.read_back(made, 5)) == [(label.payload,) for label in wanted]
    path = tmp_path / "mine.zip"
    path.write_bytes(made.files[0].content)
    with zipfile.ZipFile(path) as mine, zipfile.ZipFile(PLATFORMS) as theirs:
        assert mine.testzip() is None
        assert {name.split("/")[0] for name in mine.namelist()} == {
            name.split("/")[0] for name in theirs.namelist()
        }
        assert mine.read("SN_list.csv").splitlines()[0] == theirs.read("SN_list.csv").splitlines()[0]
        for label in wanted:
            assert codes_in_png(mine.read(f"QR/{label.device.sn}.png")) == (label.payload,)
    assert [(one.pk, one.sn) for one in read_issued(path).sns] == [
        ("p11sf2", one.device.sn) for one in wanted
    ]


def test_svg_pictures_are_read_back_too() -> None:
    press, wanted = PicturePress(ALONE, also_svg=True), labels(2)
    made = press.make(wanted)
    assert [file.name.split("/")[0] for file in made.files] == ["QR", "SVG", "QR", "SVG", "SN_list.csv"]
    assert list(press.read_back(made, 2)) == [(label.payload,) for label in wanted]
    swapped = (made.files[0], replace(made.files[1], content=made.files[3].content), *made.files[2:])
    assert next(press.read_back(replace(made, files=swapped), 2)) != (wanted[0].payload,)


@pytest.mark.parametrize("names", [("ab1", "AB1"), ("con", "CON"), ("COM1", "com1", "COM1x")])
def test_sns_that_windows_takes_for_one_file_or_a_device_have_their_own(
    names: tuple[str, ...],
) -> None:
    press = PicturePress(ALONE)
    wanted = [make_label(device(name), PLATFORM_FORMAT, [PLATFORM_FORMAT]) for name in names]
    made = press.make(wanted)
    files = [file.name.casefold() for file in made.files]
    assert len(set(files)) == len(names) + 1
    assert not {"qr/con.png", "qr/com1.png"} & set(files)
    assert list(press.read_back(made, len(names))) == [(label.payload,) for label in wanted]


def test_a_picture_has_the_size_and_quiet_zone_that_was_asked_for() -> None:
    chosen = replace(ALONE, dpi=300, qr=replace(ALONE.qr, size=20, quiet_zone=6))
    (file, _) = PicturePress(chosen).make(labels(1)).files
    with Image.open(io.BytesIO(file.content)) as picture:
        inches = picture.width / round(picture.info["dpi"][0])
        assert 20 * 0.8 < inches * 25.4 <= 20
        assert picture.convert("L").crop((0, 0, 30, picture.height)).getextrema() == (255, 255)


def test_a_wrong_picture_is_seen() -> None:
    press, wanted = PicturePress(ALONE), labels(2)
    made = press.make(wanted)
    wrong = (LabelFile(made.files[0].name, made.files[1].content), *made.files[1:])
    assert next(press.read_back(replace(made, files=wrong), 2)) == (wanted[1].payload,)


def test_a_large_batch_is_made_by_several_processes_in_its_order() -> None:
    press, wanted = PackagePress(PicturePress(ALONE)), labels(2100)
    made = press.make(wanted)
    assert list(press.read_back(made, 2100)) == [(label.payload,) for label in wanted]
    assert made.second_opinions >= 42
