"""Labels that are drawn in another process are those that would be drawn here."""

from __future__ import annotations

import pickle

from app.adapters.label_work import LabelWork
from tests.labelled import CHINESE, FONTS, labels, layout


def test_the_work_is_sent_without_the_fonts_and_comes_to_the_same() -> None:
    work, wanted = LabelWork(layout(), 300, FONTS), labels(3, CHINESE)
    here = work(wanted)
    sent = pickle.dumps(work)
    assert len(sent) < 20_000
    there = pickle.loads(sent)(pickle.loads(pickle.dumps(wanted)))
    assert pickle.loads(pickle.dumps(there)).labels == here.labels
