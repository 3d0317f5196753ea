"""The tables of a library, as SQLite makes them. Their rows go in and out by `indexer.tables`."""

# What is long stands last in a report's row: SQLite reads a row as far as the last column wanted.
SCHEMA = """
CREATE TABLE reports (
    id TEXT PRIMARY KEY, file TEXT, title TEXT, force TEXT, programme TEXT, year INTEGER,
    published TEXT, publisher TEXT, source TEXT, warnings TEXT, inspected TEXT, superseded_by TEXT,
    confidence REAL, key TEXT, text TEXT, raw TEXT, pieces TEXT, pages TEXT, blocks TEXT
);
CREATE TABLE sections (
    report TEXT, number INTEGER, start INTEGER, "end" INTEGER, path TEXT, finding TEXT, code TEXT,
    framework TEXT, field TEXT, PRIMARY KEY (report, number)
);
CREATE TABLE judgements (
    report TEXT, number INTEGER, force TEXT, year INTEGER, programme TEXT, framework TEXT,
    title TEXT, grade TEXT, direction TEXT, national TEXT, start INTEGER, "end" INTEGER,
    page INTEGER, summary_start INTEGER, summary_end INTEGER,
    counted_start INTEGER, counted_end INTEGER, PRIMARY KEY (report, number)
);
CREATE TABLE terms (
    report TEXT, number INTEGER, acronym TEXT, meaning TEXT, start INTEGER, "end" INTEGER,
    PRIMARY KEY (report, number)
);
CREATE TABLE passages (
    row INTEGER PRIMARY KEY, report TEXT, start INTEGER, "end" INTEGER, lead_start INTEGER,
    lead_end INTEGER, text TEXT, heading TEXT, path TEXT, code TEXT, framework TEXT, finding TEXT,
    field TEXT, first_page INTEGER, last_page INTEGER, key TEXT, standing TEXT, words TEXT,
    printed TEXT, is_ocr INTEGER
);
CREATE TABLE sentences (
    number INTEGER PRIMARY KEY, row INTEGER, start INTEGER, "end" INTEGER, key TEXT
);
CREATE TABLE extents (
    report TEXT PRIMARY KEY, first_row INTEGER, passages INTEGER, first_sentence INTEGER,
    sentences INTEGER
);
CREATE TABLE words (word TEXT PRIMARY KEY, count INTEGER) WITHOUT ROWID;
CREATE INDEX passages_by_report ON passages (report, start);
"""
