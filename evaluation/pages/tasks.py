"""Six tasks done as somebody does them who sees the program for the first time, counted.

Clicks and keys are counted as they are made. Seconds are those spent waiting, by the clock, and
those that hands and mind take, by the keystroke-level model of Card, Moran and Newell (1980);
reading what is found comes on top.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from evaluation.pages.browser import Browser, Error, Page, drawn, opened

# Seconds by the model: a key of an average typist, pointing with the mouse, pressing its button,
# moving the hand between mouse and keys, and making up one's mind.
_KEY, _POINT, _PRESS, _HAND, _MIND = 0.28, 1.1, 0.2, 0.4, 1.35
_ASK = "Ask the inspection reports"


@dataclass
class Doing:
    """What is done in a window, counted: clicks, keys, and how often the hand or mind moves."""

    page: Page
    clicks: int = 0
    keys: int = 0
    _modelled: float = 0.0
    _at_keys: bool = field(default=False)

    @property
    def modelled(self) -> float:
        """The seconds that hands and mind take, by the model."""
        return self._modelled

    def click(self, role: str, name: str) -> None:
        """Point at the first control of a role that begins with a name, and press it."""
        control = self.page.get_by_role(role, name=name)  # type: ignore[arg-type]  # any role
        control.first.click()
        self.clicks += 1
        self._modelled += _MIND + _POINT + _PRESS + (_HAND if self._at_keys else 0.0)
        self._at_keys = False

    def write(self, words: str) -> None:
        """Type words into the box that the focus is in, and Enter."""
        self.page.keyboard.type(words)
        self.page.keyboard.press("Enter")
        self.keys += len(words) + 1
        self._modelled += _MIND + _KEY * (len(words) + 1) + (0.0 if self._at_keys else _HAND)
        self._at_keys = True

    def ask(self, words: str) -> None:
        """Ask a question on the Ask page."""
        self.click("searchbox", "Your question")
        self.write(words)

    def sees(self, words: str) -> None:
        """Wait until the page shows these words. Raises the browser's error where it never does."""
        self.page.get_by_text(words).first.wait_for()


@dataclass(frozen=True, slots=True)
class Task:
    """A task in words, and how it is done."""

    name: str
    do: Callable[[Doing], None]


@dataclass(frozen=True, slots=True)
class Done:
    """What a task took; `is_done` is false where the page never showed what was wanted."""

    task: Task
    clicks: int
    keys: int
    waited: float
    modelled: float
    is_done: bool


def _practice_to_word(doing: Doing) -> None:
    doing.click("link", "Good practice")
    drawn(doing.page, "Good practice")
    doing.click("searchbox", "Look for")
    doing.write("repeat victims")
    doing.sees("Best first.")
    for count in range(1, 4):
        doing.click("button", "Add to briefing")
        doing.sees(f"Briefing ({count})")
    doing.click("link", "Briefing (3)")
    doing.sees("checked word for word")
    with doing.page.expect_download() as download:
        doing.click("button", "Download Word")
    assert download.value.suggested_filename.endswith(".docx")


def _check_a_quotation(doing: Doing) -> None:
    doing.ask("how do forces stop neighbourhood officers being pulled off their beat?")
    doing.sees("Was this right?")
    doing.click("link", "Read in the report")
    doing.sees("The passage cited")
    doing.page.get_by_role("img", name="The passage cited is boxed on it").first.wait_for()


def _poor_or_fair(doing: Doing) -> None:
    doing.ask("Which forces were Poor or Fair on protecting vulnerable people?")
    doing.sees("are Fair or Poor")


def _compare_two(doing: Doing) -> None:
    doing.ask("compare call handling in Staffordshire and West Midlands")
    doing.sees("Staffordshire Police: strengths")
    doing.sees("West Midlands Police: strengths")


def _what_changed(doing: Doing) -> None:
    doing.ask("what changed for West Midlands between 2006 and 2007?")
    doing.sees("West Midlands Police 2006")
    doing.sees("West Midlands Police 2007")


def _not_held(doing: Doing) -> None:
    doing.ask("what do the reports say about facial recognition?")
    doing.sees("Nothing in these reports on that")


TASKS = (
    Task("Put three quotations on good practice with repeat victims in Word", _practice_to_word),
    Task("Check a quotation in its page", _check_a_quotation),
    Task("Say which forces were Poor or Fair on protecting vulnerable people", _poor_or_fair),
    Task("Compare two forces on call handling", _compare_two),
    Task("See what changed for a force", _what_changed),
    Task("Find out that something is not in the library", _not_held),
)


def do_tasks(
    browser: Browser, site: str, tell: Callable[[str], None], tasks: Sequence[Task] = TASKS
) -> list[Done]:
    """Do each task in a browser that has seen nothing yet, from the first page on."""
    return [_do(browser, site, task, tell) for task in tasks]


def _do(browser: Browser, site: str, task: Task, tell: Callable[[str], None]) -> Done:
    tell(task.name)
    with opened(browser) as page:
        page.goto(site)
        drawn(page, _ASK)
        doing = Doing(page)
        started = time.perf_counter()
        is_done = True
        try:
            task.do(doing)
        except Error as error:  # the table says that it could not be done
            tell(str(error).partition("\n")[0])
            is_done = False
        waited = time.perf_counter() - started
        return Done(task, doing.clicks, doing.keys, waited, doing.modelled, is_done)


def tasks_table(done: Sequence[Done]) -> str:
    """The tasks as a table in Markdown."""
    lines = [
        "| task | clicks | keys | seconds waiting | seconds of hand and mind |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    for each in done:
        name = each.task.name if each.is_done else f"{each.task.name} (not done)"
        lines.append(
            f"| {name} | {each.clicks} | {each.keys} | {each.waited:.1f} | {each.modelled:.0f} |"
        )
    return "\n".join(lines)
