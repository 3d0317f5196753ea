"""A scripted reader: asks, reads, collects, takes away; an editor adds reports besides."""

import asyncio
import random
import re
from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import parse_qs

from evaluation.soak.window import ConnectionLost, Drawn, Window
from indexer.errors import MeasureError

Place = tuple[str, int, int]
_ADD, _REMOVE = "Add to briefing", "Remove from briefing"
_START = "Start a briefing"
# As many quotations as a briefing of some ten pages has: with these, the next one is begun.
_FULL = 30
_PLACE = re.compile(r"collect-(.+)-(\d+)-(\d+)-\d+$")
_PAGES = ("compare", "good_practice", "reports", "library", "about")
# Said to one who changes the library while another does: not an error, an answer.
_WAIT = "Wait until that is done"
# Titles of the pages that stand in for a page which cannot be drawn.
_BROKEN = (
    "The library is damaged", "The library is not ready", "That cannot be done", "Not just yet",
    "A part of Findings is missing", "The reports cannot be used as they are",
    "The library is from another version", "The briefings cannot be used",
)  # fmt: skip


@dataclass
class Kept:
    """What one reader did and saw. `briefings` holds the places shown as collected in each."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    errors: Counter[str] = field(default_factory=Counter)
    waits: int = 0
    briefings: dict[str, set[Place]] = field(default_factory=dict)

    def take(self, kind: str, drawn: Drawn) -> Drawn:
        """Note how long a page took and what was wrong with it."""
        self.seconds.setdefault(kind, []).append(drawn.seconds)
        self.waits += sum(_WAIT in each for each in drawn.errors)
        for said in drawn.faults + [each for each in drawn.errors if _WAIT not in each]:
            self.errors[f"{kind}: {said[:120]}"] += 1
        for title in _BROKEN:
            if title in drawn.texts:
                self.errors[f"{kind}: {title}"] += 1
        return drawn


class Reader:
    """One reader in one window. `number` makes what they do their own."""

    def __init__(self, site: str, questions: list[str], number: int, pause: float) -> None:
        self.kept = Kept()
        self._window = Window(site)
        self._questions = questions
        self._random = random.Random(number)  # the same reader does the same each time
        self._number = number
        self._pause = pause
        self._places: set[Place] = set()  # of the briefing in hand, whose key a page has yet to say

    async def stay(self, until: float, is_editor: bool) -> None:
        """Use the site until that moment of the loop's clock."""
        clock = asyncio.get_running_loop().time
        await asyncio.sleep(self._random.uniform(0, self._pause))
        deeds = [self._ask, self._ask, self._collect, self._collect, self._look, self._take_away]
        try:
            await self._window.open()
            while clock() < until:
                deed = self._random.choice([*deeds, self._add] if is_editor else deeds)
                try:
                    await deed()
                except MeasureError as error:
                    self.kept.errors[str(error)] += 1
                    if isinstance(error, ConnectionLost):
                        await self._window.open()  # as a browser connects again
                await asyncio.sleep(self._random.uniform(0.5, 1.5) * self._pause)
            await self._take_away()
        except (OSError, TimeoutError, MeasureError) as error:
            self.kept.errors[f"connection: {type(error).__name__} {error}"[:120]] += 1
        finally:
            await self._window.close()

    async def _ask(self) -> tuple[str, Drawn]:
        question = self._random.choice(self._questions)
        drawn = self.kept.take("ask", await self._window.visit("", {"q": question}))
        return question, drawn

    async def _look(self) -> None:
        page = self._random.choice(_PAGES)
        self.kept.take("page", await self._window.visit(page, {}))

    async def _collect(self) -> None:
        _, drawn = await self._ask()
        if _ADD not in drawn.buttons:
            return
        button = self._random.choice(drawn.buttons[_ADD])
        after = self.kept.take("collect", await self._window.press("", drawn.address, button))
        is_there = {_place(each) for each in after.buttons.get(_REMOVE, [])}
        if _place(button) in is_there:
            self._places.add(_place(button))
        else:
            # A library built again meanwhile may no longer hold the place: then it is said.
            self.kept.waits += 1

    async def _take_away(self) -> None:
        drawn = self.kept.take("briefing", await self._window.visit("briefing", {}))
        key = parse_qs(drawn.address).get("briefing", [""])[0]
        if key:
            self.kept.briefings[key] = self._places
        if "Download Word" not in drawn.downloads:
            return
        content, after = await self._window.download("briefing", drawn, "Download Word")
        self.kept.take("export", after)
        if not content.startswith(b"PK"):
            self.kept.errors["export: no Word file came"] += 1
        if len(self._places) >= _FULL:
            button = after.buttons[_START][0]
            self.kept.take("briefing", await self._window.press("briefing", after.address, button))
            self._places = set()

    async def _add(self) -> None:
        drawn = self.kept.take("page", await self._window.visit("library", {}))
        if not drawn.uploader:
            return
        number = self._random.randrange(10**9)
        text = (
            f"Call handling in Kent\n\n3 May 2015\n\nKent Police answered {number} calls in time."
        )
        await self._window.upload(drawn.uploader, f"soak-{self._number}.txt", text.encode())
        chosen = await self._window.again("library", drawn.address)
        button = chosen.buttons.get("Add to the library", [""])[0]
        self.kept.take("add", await self._window.press("library", drawn.address, button))


def _place(button: str) -> Place:
    """The place that a button of collecting is about."""
    found = _PLACE.search(button)
    if found is None:
        raise MeasureError(f"{button} is no button of collecting.")
    return found[1], int(found[2]), int(found[3])
