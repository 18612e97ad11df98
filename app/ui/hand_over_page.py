"""Handing the shift over: whoever takes it shows who they are, with their badge or their PIN."""

from __future__ import annotations

from app.ui.sign_in_page import SignInPage
from app.wording.language import tr


class HandOverPage(SignInPage):
    """The same list and PIN as for signing in; who takes the shift over is signed in afterwards."""

    @property
    def heading(self) -> str:
        return tr("Hand over the shift")

    @property
    def told(self) -> str:
        return tr("Scan your badge to take over, or choose your name.")

    def retranslate(self) -> None:
        super().retranslate()
        self.card.name_verb(tr("Take over"))
        self.sign_out.setVisible(False)
        self._arrange()
