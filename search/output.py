"""An `Answer` in, the JSON object that other programs read out. Its form is a contract."""

from typing import Any

from search.types import Answer, Conflict, Group, Match, Quotation, Table


def as_json(answer: Answer, question_id: str | None = None) -> dict[str, Any]:
    """The answer as a JSON object; offsets are into the report's cleaned text."""
    question = answer.question
    refusal = answer.refusal
    return {
        "id": question_id,
        "question": question.typed or question.text,
        "understood": {
            "forces": list(question.forces),
            "years": list(question.years),
            "frameworks": list(question.frameworks),
            "findings": list(question.findings),
            "grades": list(question.grades),
            "intent": question.intent,
            "corrections": [[each.typed, each.read_as] for each in question.corrections],
            "also_searched": [[each.word, each.added] for each in question.expansions],
        },
        "refused": refusal is not None,
        "refusal": refusal
        and {
            "reason": refusal.reason,
            "message": refusal.message,
            "suggestions": list(refusal.suggestions),
        },
        "answer": answer.text,
        "notes": list(answer.notes),
        "passages": [_passage(match) for match in answer.matches],
        "table": answer.table and _table(answer.table),
        "groups": [_group(group) for group in answer.groups],
        "conflicts": [_conflict(conflict) for conflict in answer.conflicts],
        "quotations": [_quotation(quotation) for quotation in answer.quotations],
        "evidence": round(answer.evidence, 3),
        "took_ms": round(answer.took_ms, 1),
    }


def _quotation(quotation: Quotation) -> dict[str, Any]:
    return {
        "passage": quotation.match.rank,
        "report": quotation.match.details.id,
        "start": quotation.span.start,
        "end": quotation.span.end,
        "text": quotation.text,
        "citation": str(quotation.match.citation),
        "source": quotation.match.details.source,
        "read_by_ocr": quotation.match.citation.is_ocr,
    }


def _table(table: Table) -> dict[str, Any]:
    return {
        "caption": table.caption,
        "columns": list(table.columns),
        "rows": [
            [
                {"text": cell.text, "quotation": cell.quotation and _quotation(cell.quotation)}
                for cell in row
            ]
            for row in table.rows
        ],
    }


def _group(group: Group) -> dict[str, Any]:
    return {
        "title": group.title,
        "passages": [_passage(match) for match in group.matches],
        "also": [_passage(match) for match in group.also],
    }


def _conflict(conflict: Conflict) -> dict[str, Any]:
    return {
        "about": conflict.about,
        "one": _quotation(conflict.one),
        "other": _quotation(conflict.other),
    }


def _passage(match: Match) -> dict[str, Any]:
    passage, details = match.passage, match.details
    label = f"{passage.code} {passage.framework}".strip()
    return {
        "rank": match.rank,
        "score": match.score,
        "report": details.id,
        "file": details.file,
        "force": details.force,
        "year": details.year,
        "section": list(passage.path),
        "framework": label or None,
        "finding": passage.finding,
        "first_page": passage.first_page,
        "last_page": passage.last_page,
        "printed_page": passage.printed or None,
        "read_by_ocr": passage.is_ocr,
        "start": passage.span.start,
        "end": passage.span.end,
        "text": passage.text,
        "source": details.source,
        "why": {
            "words": list(match.why.words),
            "added": [list(pair) for pair in match.why.added],
            "meaning": match.why.meaning,
        },
        "repeats": [_passage(repeat) for repeat in match.repeats],
    }
