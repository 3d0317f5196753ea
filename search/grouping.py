"""What was found in, groups of it out: forces side by side, years in order, practice by force."""

from collections.abc import Collection, Mapping, Sequence

from indexer.types import FindingKind, ReportDetails
from search.bodies import NO_BODY
from search.finding import Finder, Found
from search.ranking import Ranked
from search.types import Group, Match

# A group holds at most so many, and nothing much weaker than the best passage found.
_MOST = 3
_SHARE = 0.75
_FORCES = 8
_KINDS: tuple[tuple[FindingKind, str], ...] = (
    ("strength", "strengths"),
    ("improvement", "areas for improvement"),
)


class Grouping:
    """Groups the passages found for one question."""

    def __init__(
        self,
        details: Mapping[str, ReportDetails],
        finder: Finder,
        found: Found,
    ) -> None:
        self._places = found.places
        self._details = details
        self._finder = finder
        self._found = found
        best = found.ranked[0].score if found.ranked else 0.0
        self._strong = [each for each in found.ranked if each.score >= _SHARE * best]

    def groups(self, forces: Sequence[str]) -> tuple[Group, ...]:
        """The groups that the question's intent asks for; none where it asks for none.

        `forces` are those asked about that the library holds.
        """
        question = self._found.question
        if question.intent == "compare" and len(forces) > 1:
            return self._compared(forces)
        if question.intent == "over_time":
            return self._over_time()
        if "good_practice" in question.findings and question.intent == "find":
            return self._practice()
        return ()

    def _compared(self, forces: Sequence[str]) -> tuple[Group, ...]:
        """Strengths against strengths, improvements against improvements."""
        return tuple(
            Group(f"{force}: {name}", self._matches(self._of(self._strong, force, {kind})))
            for kind, name in _KINDS
            for force in forces
        )

    def _over_time(self) -> tuple[Group, ...]:
        """Each report with something on it, in order of date."""
        by_report: dict[str, list[Ranked]] = {}
        for each in self._strong:
            by_report.setdefault(self._places[each.row].report, []).append(each)
        dated = sorted(by_report, key=lambda report: (self._details[report].year or 0, report))
        if len(dated) < 2:
            return ()
        return tuple(
            Group(self._named(report), self._matches(by_report[report])) for report in dated
        )

    def _practice(self) -> tuple[Group, ...]:
        """Good practice and strengths by force, what each had to improve on the same beside it."""
        groups: list[Group] = []
        for force in dict.fromkeys(self._force(each) for each in self._strong):
            practice = self._of(self._strong, force, {"good_practice"})
            strengths = self._of(self._strong, force, {"strength"})
            matches = self._matches([*practice, *strengths])
            if matches:
                on = {match.passage.framework for match in matches}
                weak = self._of(self._found.ranked, force, {"improvement"})
                also = [each for each in weak if self._places[each.row].framework in on]
                groups.append(Group(force or NO_BODY, matches, self._matches(also)))
        return tuple(groups[:_FORCES])

    def _of(
        self, ranked: Sequence[Ranked], force: str, kinds: Collection[FindingKind]
    ) -> list[Ranked]:
        """Those of a force that are of these kinds, in their order."""
        return [
            each
            for each in ranked
            if self._force(each) == force and self._places[each.row].finding in kinds
        ]

    def _force(self, ranked: Ranked) -> str:
        return self._details[self._places[ranked.row].report].force

    def _named(self, report: str) -> str:
        details = self._details[report]
        return f"{details.force} {details.year or ''}".strip() or details.title

    def _matches(self, ranked: Sequence[Ranked]) -> tuple[Match, ...]:
        # A few more than are shown, since some may repeat others.
        return self._finder.matches(ranked[: 2 * _MOST], self._found, _MOST)
