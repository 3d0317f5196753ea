"""An `Answer` in, the JSON object that other programs read out. Its form is a contract."""

from typing import Any

from search.types import Answer, Match


def as_json(answer: Answer, question_id: str | None = None) -> dict[str, Any]:
    """The answer as a JSON object; offsets are into the report's cleaned text."""
    question = answer.question
    refusal = answer.refusal
    return {
        "id": question_id,
        "question": question.text,
        "understood": {
            "forces": list(question.forces),
            "years": list(question.years),
            "frameworks": list(question.frameworks),
            "findings": list(question.findings),
            "grades": list(question.grades),
            "intent": question.intent,
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
        "quotations": [
            {
                "passage": quotation.match.rank,
                "start": quotation.span.start,
                "end": quotation.span.end,
                "text": quotation.text,
                "citation": str(quotation.match.citation),
                "source": quotation.match.details.source,
            }
            for quotation in answer.quotations
        ],
        "took_ms": round(answer.took_ms, 1),
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
        "start": passage.span.start,
        "end": passage.span.end,
        "text": passage.text,
        "source": details.source,
    }
