"""What `labels` is given: presses, outlets, layouts. Libraries are loaded only where they are needed."""

from __future__ import annotations

import secrets
from pathlib import Path

from app.cli.tools import PressOptions
from app.core.label_batch import Outlet, Press
from app.core.label_layout import LabelLayout
from app.core.serial_pattern import Digits
from app.paths import resource


class LabelParts:
    """Implements `app.cli.tools.LabelTools`. `own` is a factory's folder of layouts, where there is one."""

    def __init__(self, own: Path | None = None) -> None:
        self._folders = [*([own] if own else []), resource("templates")]

    def layout(self, name: str) -> LabelLayout:
        from app.adapters.layout_files import LayoutFiles

        return LayoutFiles(self._folders).layout(name)

    def layouts(self) -> list[str]:
        """The names of all that are there."""
        from app.adapters.layout_files import LayoutFiles

        return LayoutFiles(self._folders).names()

    def digits(self) -> Digits:
        return lambda count: str(secrets.randbelow(10**count)).zfill(count)

    def press(self, options: PressOptions) -> Press:
        from app.adapters.code_package import PackagePress, PicturePress
        from app.adapters.label_fonts import LabelFonts
        from app.adapters.label_pdf import PdfPress
        from app.adapters.label_zpl import ZplPress

        fonts = LabelFonts(resource("fonts"))
        match options.kind:
            case "pdf":
                return PdfPress(options.layout, fonts, options.start_at)
            case "zpl":
                return ZplPress(options.layout, fonts, options.layout.dpi)
            case "zip":
                return PackagePress(PicturePress(options.layout, options.also_svg))
            case _:
                return PicturePress(options.layout, options.also_svg)

    def outlet(self, out: str, kind: str, replace: bool) -> Outlet:
        from app.adapters.label_outlets import DeviceOutlet, FileOutlet, FolderOutlet, is_device
        from app.adapters.label_printer import PrinterOutlet, is_printer

        path = Path(out).absolute()
        if kind == "zpl" and is_printer(out):
            return PrinterOutlet(out)
        if kind == "zpl" and is_device(path):
            return DeviceOutlet(path)
        return FolderOutlet(path) if kind == "png" else FileOutlet(path, replace)
