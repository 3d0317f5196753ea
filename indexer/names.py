"""Names of files: the id that a report's has, and a safe name for one that comes from elsewhere."""

import hashlib
import re
import unicodedata

# Files of a corpus folder that are no reports.
NOT_REPORTS = frozenset({"reports.csv", "README.md"})
# In bytes: file systems take 255, and copies get a few more characters.
_LONGEST = 120
# Windows opens a device in place of a file of such a name, whatever its ending.
_DEVICE = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])", re.IGNORECASE)
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,8}$")


def report_id(file: str) -> str:
    """The id of the report in `file`: its name in lower case, letters, digits and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", file.casefold()).strip("-")


def safe_name(name: str) -> str:
    """A name that any file system takes as a plain, visible file's, as near to `name` as can be.

    Folders before it, signs that mean something to a system, hidden and device names are dropped
    or altered. A name of other letters than Latin ones gets a short mark of its own at the end,
    since ids keep Latin letters only.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    kept = "".join(
        c for c in last if not unicodedata.category(c).startswith(("C", "Z")) or c == " "
    )
    kept = " ".join(re.sub(r'[<>:"|?*]', "-", kept).split()).strip(" .-~")
    ending = _ENDING.search(kept)
    suffix = ending.group() if ending else ""
    stem = kept.removesuffix(suffix).strip(" .-~") or "report"
    device = _DEVICE.fullmatch(stem.partition(".")[0].strip())
    if device or f"{stem}{suffix}".casefold() in {each.casefold() for each in NOT_REPORTS}:
        stem = f"report-{stem}"
    shortened = _shortened(stem, _LONGEST - len(suffix))
    if shortened != stem or _loses_letters(stem):
        shortened = f"{shortened}-{hashlib.sha256(stem.encode()).hexdigest()[:8]}"
    return f"{shortened}{suffix}"


def _shortened(stem: str, most: int) -> str:
    return stem.encode()[:most].decode("utf-8", "ignore").rstrip(" .-") if most > 0 else ""


def _loses_letters(stem: str) -> bool:
    """Whether its id would lack most of its letters, or be empty."""
    letters = [c for c in stem if c.isalpha()]
    return sum(not c.isascii() for c in letters) * 2 > len(letters) or not report_id(stem)
