"""What does the platform hold of these devices? Asked with the fewest requests."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from app.core.errors import Why
from app.core.platform import (
    Held,
    Page,
    PlatformRefused,
    PlatformSilent,
    PlatformUnclear,
    Refusal,
    SignInRefused,
)
from app.ports.upload import Platform

_WORTH_A_PAGE = 3
"""For fewer devices even a list of one page could need as many requests."""


_UNCLEAR_AT_MOST = 5
"""Where so many answers make no sense, and none does, the others would make none either."""


class Asking:
    """Asks for the devices of one lot; what is known so far stays also after an exception.

    Devices are found in the product's list where that has no more pages than there are devices. Only a list
    that was complete proves that a device is absent. `before_each` comes before each request and may raise.
    """

    def __init__(
        self,
        platform: Platform,
        pk: str,
        imeis: Sequence[str],
        before_each: Callable[[], None] = lambda: None,
    ) -> None:
        self._platform, self._pk, self._imeis = platform, pk, imeis
        self._before_each = before_each
        self.found: dict[str, Held | None] = {}
        self.refused: dict[str, Refusal] = {}
        """The platform says no to the very question."""
        self.unclear: set[str] = set()
        """What the platform says of these cannot be understood."""

    def ask(self) -> None:
        """Ends early where a person must act before anything can be asked.

        Raises:
            PlatformSilent, SignInRefused: nothing more can be asked now.
        """
        if len(self._imeis) >= _WORTH_A_PAGE:
            self._look_through_the_list()
        for imei in self._imeis:
            if imei not in self.found and not any(refusal.stops for refusal in self.refused.values()):
                self._ask_for(imei)

    def _ask_for(self, imei: str) -> None:
        self._before_each()
        try:
            self.found[imei] = self._platform.find(self._pk, imei)
        except SignInRefused:
            raise
        except PlatformRefused as refused:
            self.refused[imei] = refused.refusal
        except PlatformUnclear as unclear:
            self.unclear.add(imei)
            if self._is_in_vain():
                raise PlatformSilent(unclear.reason, left=True) from unclear

    def _is_in_vain(self) -> bool:
        return len(self.unclear) >= _UNCLEAR_AT_MOST and not self.found

    def _look_through_the_list(self) -> None:
        """A list without an end or with holes proves nothing: then each device is asked for."""
        wanted, listed, total = set(self._imeis), set[str](), None
        for page in self._pages():
            if total not in (None, page.total):
                return  # devices came or went meanwhile: what was not seen may have moved to another page
            total = page.total
            listed |= page.devices.keys()
            self.found |= {imei: held for imei, held in page.devices.items() if imei in wanted}
            if wanted <= self.found.keys():
                return
        if total == len(listed):
            self.found |= dict.fromkeys(wanted - listed)

    def _pages(self) -> Iterator[Page]:
        """Ends where the list would need more requests than the devices do, or is not to be had."""
        number, pages = 1, 1
        while number <= pages <= len(self._imeis):
            self._before_each()
            try:
                page = self._platform.page(self._pk, number)
            except SignInRefused:
                raise
            except (PlatformRefused, PlatformUnclear):
                return
            except PlatformSilent as silent:
                if silent.reason.why is Why.PLATFORM_NOT_ITSELF:
                    return
                raise
            yield page
            number, pages = number + 1, page.pages
