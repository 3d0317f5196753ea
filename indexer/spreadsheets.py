"""A cell of a table in, the same cell out as no spreadsheet takes for a formula; and back again."""

# What a spreadsheet takes for a formula or a command, in plain and in full width.
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "|", "%", "'", "\t", "\r", "\n")


def guarded(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe goes before what looks so."""
    is_formula = cell.startswith(_FORMULA) or cell.lstrip().startswith(_FORMULA)
    return f"'{cell}" if is_formula else cell


def unguarded(cell: str) -> str:
    """The cell that was guarded so; any other as it is."""
    return cell[1:] if cell.startswith("'") and guarded(cell[1:]) == cell else cell
