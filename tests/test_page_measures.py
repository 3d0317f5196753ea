"""The measures of pages and tasks: what is counted, and how the tables say it."""

from evaluation.pages.tasks import TASKS, Doing, Done, tasks_table
from evaluation.pages.timing import BARE, Place, Timed, places, table


class Control:
    """What is pressed, without a browser."""

    def __init__(self, page: "Window", name: str) -> None:
        self._page, self._name = page, name
        self.first = self

    def click(self) -> None:
        self._page.said.append(f"click {self._name}")


class Window:
    """A page that writes down what is done on it."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.keyboard = self

    def get_by_role(self, role: str, name: str) -> Control:
        return Control(self, f"{role} {name}")

    def type(self, words: str) -> None:
        self.said.append(f"type {words}")

    def press(self, key: str) -> None:
        self.said.append(f"press {key}")


def test_clicks_keys_and_moves_of_the_hand_are_counted() -> None:
    window = Window()
    doing = Doing(window)  # type: ignore[arg-type]  # a page, as far as it is used
    doing.ask("abc")
    doing.click("button", "Ask")
    assert window.said == [
        "click searchbox Your question", "type abc", "press Enter", "click button Ask",
    ]  # fmt: skip
    assert (doing.clicks, doing.keys) == (2, 4)
    # Mind, point and press twice; the hand to the keys and back; mind and four keys.
    assert round(doing.modelled, 2) == round(2 * (1.35 + 1.1 + 0.2) + 2 * 0.4 + 1.35 + 4 * 0.28, 2)


def test_a_task_that_could_not_be_done_says_so() -> None:
    done = [Done(TASKS[0], 7, 15, 5.94, 24.6, True), Done(TASKS[5], 1, 2, 60.0, 3.0, False)]
    assert tasks_table(done).split("\n")[2:] == [
        "| Put three quotations on good practice with repeat victims in Word | 7 | 15 | 5.9 | 25 |",
        "| Find out that something is not in the library (not done) | 1 | 2 | 60.0 | 3 |",
    ]


def test_a_page_stands_beside_the_bare_one_opened_with_it() -> None:
    place = Place("Reports", "/reports", "Reports", "Reports")
    rows = [(Timed(place, 4.0, 3.0, 1.0, None), Timed(BARE, 2.0, 2.0, 0.5, 0.25))]
    said = table(rows).split("\n")
    assert said[2] == "| Reports | 4.00 (× 2.0) | 3.00 (× 1.5) | 1.00 (× 2.0) |  |"
    assert "(again: 0.50)" in said[4]


def test_every_page_of_the_menu_is_timed() -> None:
    timed = places("key", "report-00001", "cell=a&cell=b")
    assert [place.menu for place in timed if place.menu] == [
        "Ask", "Compare", "Good practice", "Reports", "Library", "About this library",
    ]  # fmt: skip
    assert "/compare?cell=a&cell=b" in [place.address for place in timed]
