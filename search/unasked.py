"""Text in, whether it is an order to the tool rather than a question to reports.

Reports tell of officers who ignore instructions and fabricate evidence, so that words alone decide
nothing: an order is told by where it stands, at the start of a sentence, by what it is to make, or
by whose rules it is about.
"""

import re

# What stands between words, to be one sign: no run of them is to be tried from each of its places.
_BETWEEN = re.compile(r"\W{2,}|[\n\r\t]")
_STOPS = re.compile(r"[.!?;\n\r\"“”»)\]]")
# Where an order begins: at the start, after a stop, or after what softens it.
_START = (
    r"(?:^|[.:] |, (?:and |then |but |so |just |please |now )?)"
    r"(?>(?:please|pls|plz|just|now|ok(?:ay)?|right|so|well|then|and|but|hey|hi|dear \w+"
    r"|first|kindly|simply|instead|(?:can|could|would|will) (?:you|u)(?: please| just| kindly)?"
    r"|i(?:['’]?d| would) (?:like|love) you to|i (?:want|need|order|command) you to"
    r"|you (?:must|should|will|have to|are to|need to)|let(?:['’]?s| us)|go on(?: and)?"
    r"|do me a favou?r(?: and)?|feel free to)[ ,:.]{1,2})*"
)
_GIVEN = r"(?:(?:me|us|up|out|down|him|her|them|it) )*"
_FEW = r"(?:[^\s.!?]+ ){0,6}?"
# What it is never for reports to make.
_MADE = (
    r"(?:poems?|limericks?|haikus?|sonnets?|odes?|songs?|raps?|lyrics|jokes?|stor(?:y|ies)|tales?"
    r"|e-?mails?|letters?|essays?|tweets?|posts?|blogs?|speech(?:es)?|press releases?|articles?"
    r"|scripts?|functions?|programs?|programmes? (?:that|which|in)|code|sql|regex|web ?(?:site"
    r"|page)s?"
    r"|recipes?|menus?|itinerar(?:y|ies)|work-?outs?|cv|cover(?:ing)? letters?|quiz(?:zes)?"
    r"|slogans?|adverts?|dialogues?|conversations?|scenes?|diar(?:y|ies)|reviews?|songs?|picture"
    r"|pictures?|images?|logos?|cartoons?|plan (?:for|to) (?:my|a|get|lose)|holiday)"
)
# What may be asked for, but only as it was written.
_THEIRS = (
    r"(?:quotes?|quotations?|lines?|sentences?|paragraphs?|passages?|extracts?|excerpts?|findings?"
    r"|grades?|gradings?|figures?|statistics?|stats?|numbers?|evidence|statements?|sections?"
    r"|reports?|inspections?|recommendations?|judg(?:e)?ments?|words|wording|citations?|sources?"
    r"|references?|inspectors?|hmic\w*|praise|criticisms?|one|something|anything|it|them|this|that)"
)
_INVENT = (
    r"make[ -](?:up|it up)|invent|fabricate|concoct|falsify|forge|doctor|embellish|exaggerate"
    r"|re-?word|re-?write|re-?phrase|twist|tweak|alter|fudge|soften|harden|sharpen|tone down"
    r"|sex up|jazz up|dress up|spice(?: up)?|beef up|fake|dream up|cook up|imagine|misquote"
)
_RULES = (
    r"(?:instructions?|rules?|prompts?|guidelines?|guidance|restrictions?|constraints?|training"
    r"|programming|safeguards?|safety|filters?|guard-?rails?|limits?|limitations?|commands?"
    r"|directions?|system|orders?|policies|everything|anything|all that)"
)
_SET_ASIDE = (
    r"(?:ignore|disregard|forget|override|bypass|skip|drop|discard|set aside|break|overrule|erase"
    r"|switch off|turn off|disable|stop following|do(?:n['’]?t| not) follow)"
)
_INSIDES = (
    r"(?:(?:your|ur|the|its|this|these|that|hidden|secret|initial|system|original|own|internal"
    r"|underlying|full|current|first|exact|above|text|of)\s+)*"
    r"(?:system (?:prompt|message|instructions?)|(?:hidden|secret|initial|original) "
    r"(?:prompt|instructions?|rules|message)|prompt|source code|config(?:uration)?(?: files?)?"
    r"|settings files?|environment(?: variables?)?|env(?: vars?| file)?|api[ -]?keys?|secret keys?"
    r"|passwords?|credentials|tokens?|data ?base|schema|log files?|server|etc/passwd|file system"
    r"|directory|folders?|developer message)"
)

_ORDERS: tuple[re.Pattern[str], ...] = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # Something to be written, drawn or planned that no report holds.
        rf"{_START}(?:write|compose|pen|draft|sing|rap|draw|paint|bake|generate|create|produce"
        rf"|design|code|program|knock up|come up with|tell|give|make|do|plan|build|prepare)\s+"
        rf"{_GIVEN}(?:an?|some|my|your|two|three|one|another)\s+{_FEW}{_MADE}\b",
        rf"{_START}(?:write|compose|sing|draw|bake|plan|code|cook)\s+(?:me|us)\s+(?:an?|some)\b"
        r"(?! (?:list|table|summary|note|quote))",
        rf"{_START}(?:sing|rap|bake|translate|calculate|solve|debug|hack|flatter|insult|compliment"
        r"|cheer|tweet|decode|encode|repeat after|narrate)\b",
        rf"{_START}(?:text|e-?mail|message|whatsapp|ring|phone) (?:my|our|his|her|the)\b",
        r"^(?:speech|tweet|poem|e-?mail|press release|essay|toast|eulogy|haiku|limerick|song)"
        r" (?:for|about|to|on|in)\b",
        r"\bin the (?:style|voice|manner|accent) of\b",
        # Words that the inspectors did not write.
        rf"{_START}(?:{_INVENT})\s+{_GIVEN}{_FEW}{_THEIRS}\b",
        rf"\b(?:{_INVENT})\s+(?:an?|some|any|me|us|your own|one|two|three"
        rf"|a few)\s+{_FEW}{_THEIRS}\b",
        r"\b(?:made[ -]up|fake|false|fictional|fictitious|imaginary|invented|bogus|phon(?:e)?y)\s+"
        r"(?:hmic\w*\s+|inspectors?['’]?s?\s+)?(?:quotes?|quotations?|extracts?|excerpts?|lines?"
        r"|sentences?|passages?|paragraphs?|findings?|citations?)\b",
        rf"{_START}(?:change|edit|turn|swap|replace|adjust)\s+{_FEW}(?:quotes?|quotations?"
        r"|wording|grades?|figures?|sentences?|words)\s+(?:so|to|into|from|with|in)\b",
        rf"{_START}(?:attribute|credit|put)\s+{_FEW}(?:to|in|into)\s+(?:the\s+)?(?:inspectors?"
        r"|hmic\w*)\b",
        r"\b(?:does(?:n['’]?t| not)|needn['’]?t|need not|don['’]?t) (?:have|need) to be (?:true"
        r"|real|in there|accurate|exact|genuine)\b|\bany(?: old)? (?:quote|line|figure) will do\b"
        r"|\bmake (?:one|it|them|some|something) up\b|\bmake (?:it|them|this) (?:say|sound|look)\b",
        rf"{_START}quote\s+{_FEW}(?:that|which) (?:does(?:n['’]?t| not)|never|did(?:n['’]?t"
        rf"| not))\b",
        rf"{_START}(?:guess|predict|speculate)\b",
        r"\b(?:what|how) (?:would|might|could|should) .{0,60}\b(?:inspectors?|hmi\w*|ofsted|report)"
        r"\b.{0,30}\bhave (?:said|written|graded|found|put)\b",
        # Someone else to be, or another world to speak of.
        rf"{_START}(?:pretend|role-?play|act (?:as|like)|behave (?:as|like)|speak (?:as|like)"
        rf"|talk (?:as|like)|answer (?:as|like) (?:if|an?)|play the (?:part|role) of"
        rf"|imagine (?:that )?(?:you|the report|inspectors?|hmic|a report)|simulate"
        rf"|suppose (?:that )?(?:the report|inspectors?|hmic|you)|assume (?:the role|you are"
        rf"|you're)|say (?:that )?the report had|from now on|take on the (?:role|persona))\b",
        r"\byou(?:['’]?re| are) (?:now|no longer|going to be|actually|free)\b",
        # Its rules, and what is inside it.
        rf"{_START}{_SET_ASIDE}\s+{_FEW}{_RULES}\b",
        rf"\b{_SET_ASIDE}\s+{_FEW}(?:your|previous|prior|above|earlier|preceding)\s+(?:\w+\s+)?"
        rf"{_RULES}\b",
        rf"{_START}(?:show|print|reveal|display|repeat|output|dump|list|tell|give|read|leak|expose"
        rf"|echo|share|disclose|open|cat|send|what(?:['’]?s| is| are| was| were)|where(?:['’]?s"
        rf"| is)|recite|type|paste)\s+{_GIVEN}{_INSIDES}\b(?!\s+(?:for|on|of|used|held|systems?"
        rf"|records?"
        r"|in|at|by|and|unit|team)\b)",
        r"\bsystem prompt\b|\byour (?:prompt|instructions|source code|configuration|api key"
        r"|guidelines|programming|training data)\b|\bjailbr(?:eak|oken)\b|\bdan mode\b"
        r"|\bdeveloper mode\b|\bprompt injection\b",
        r"\byour new (?:name|role|rule|instructions?|task)\b|\bnew rules?\s*:|\bwithout (?:the"
        r"|any|your) (?:filters?|guard-?rails?|restrictions?|safety)\b|\bworking directory\b"
        r"|\.env\b",
        rf"{_START}(?:system|assistant|user|developer|admin)\s*(?:message|prompt|override"
        rf"|note)?\s*:",
    )
)


def is_order(text: str) -> bool:
    """Whether `text` orders something to be made or done."""
    words = _BETWEEN.sub(_as_one, text).strip()
    return any(pattern.search(words) for pattern in _ORDERS)


def _as_one(between: re.Match[str]) -> str:
    """What stands between two words, as a stop, a colon, a comma or a space."""
    signs = between.group()
    if _STOPS.search(signs):
        return ". "
    return ": " if ":" in signs else ", " if "," in signs else " "
