-- IF NOT EXISTS: two programs may begin at the same moment.
-- Documents are whole, chunks are what is searched. Keys are never used twice (AUTOINCREMENT), so
-- that a reader that holds vectors by key can tell new ones from those it has.
CREATE TABLE IF NOT EXISTS documents (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    source TEXT NOT NULL,
    part_of TEXT,  -- the id of the document that this one is inside of (a mail's attachment)
    language TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    meta TEXT NOT NULL,
    markdown TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS documents_by_source ON documents (source);
CREATE INDEX IF NOT EXISTS documents_by_whole ON documents (part_of) WHERE part_of IS NOT NULL;

CREATE TABLE IF NOT EXISTS access (
    principal TEXT NOT NULL,
    document INTEGER NOT NULL REFERENCES documents (key) ON DELETE CASCADE,
    PRIMARY KEY (principal, document)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS access_by_document ON access (document);

CREATE TABLE IF NOT EXISTS chunks (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    document INTEGER NOT NULL REFERENCES documents (key) ON DELETE CASCADE,
    content TEXT,
    meta TEXT NOT NULL,
    text_hash TEXT NOT NULL,
    embedding BLOB
);
CREATE INDEX IF NOT EXISTS chunks_by_document ON chunks (document);
CREATE INDEX IF NOT EXISTS chunks_by_text ON chunks (text_hash);

-- Contentless: the terms are made from the chunks again where they have to be removed. So detail has to be
-- full: bm25() of a contentless table with less gives 0 for every row. The categories hold all that \w does.
CREATE VIRTUAL TABLE IF NOT EXISTS stem_terms USING fts5 (
    stems, content = '', tokenize = "unicode61 categories 'L* M* N* Co' tokenchars '_'"
);
CREATE VIRTUAL TABLE IF NOT EXISTS fourgram_terms USING fts5 (
    fourgrams, content = '', tokenize = "unicode61 categories 'L* M* N* Co' tokenchars '_'"
);

CREATE VIRTUAL TABLE IF NOT EXISTS stem_frequencies USING fts5vocab (stem_terms, col);
CREATE VIRTUAL TABLE IF NOT EXISTS fourgram_frequencies USING fts5vocab (fourgram_terms, col);

-- What is known of the index as a whole (fingerprint, calibration), as JSON.
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- Vectors of the sentences that the calibration asks, so that none is embedded twice.
CREATE TABLE IF NOT EXISTS question_embeddings (text_hash TEXT PRIMARY KEY, embedding BLOB NOT NULL) WITHOUT ROWID;
