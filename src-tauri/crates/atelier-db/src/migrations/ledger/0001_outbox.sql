-- The outbox. Wei are decimal text (they do not fit SQLite's integers), hashes and addresses "0x" hex text.

-- A budget. reserved + spent never passes the limit when something is reserved.
CREATE TABLE campaign (
    id           TEXT PRIMARY KEY,
    limit_wei    TEXT NOT NULL,
    reserved_wei TEXT NOT NULL DEFAULT '0',
    spent_wei    TEXT NOT NULL DEFAULT '0'
) STRICT, WITHOUT ROWID;

-- What should happen, once per key.
CREATE TABLE intent (
    id               INTEGER PRIMARY KEY AUTOINCREMENT,
    key              TEXT NOT NULL UNIQUE,
    payload_hash     TEXT NOT NULL,
    chain_id         INTEGER NOT NULL,
    signer           TEXT NOT NULL,
    target           TEXT,
    calldata         BLOB NOT NULL,
    value_wei        TEXT NOT NULL,
    gas_limit        INTEGER,
    campaign         TEXT NOT NULL REFERENCES campaign (id),
    subject          TEXT,
    units            INTEGER NOT NULL,
    reserved_wei     TEXT NOT NULL,
    state            TEXT NOT NULL CHECK (state IN
        ('queued', 'reserved', 'signed', 'sent', 'included', 'final', 'reverted', 'refused', 'done-elsewhere')),
    attention_code   TEXT,
    attention_reason TEXT
) STRICT;
CREATE INDEX intent_open ON intent (chain_id, signer, id)
    WHERE state IN ('queued', 'reserved', 'signed', 'sent', 'included');
CREATE INDEX intent_subject ON intent (campaign, subject) WHERE subject IS NOT NULL;

-- A nonce is a row, not a counter. A slot that went to a foreign transaction stays: the nonce is used.
CREATE TABLE slot (
    chain_id     INTEGER NOT NULL,
    signer       TEXT NOT NULL,
    nonce        INTEGER NOT NULL,
    intent       INTEGER NOT NULL REFERENCES intent (id),
    foreign_hash TEXT,
    PRIMARY KEY (chain_id, signer, nonce)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX slot_live ON slot (intent) WHERE foreign_hash IS NULL;

-- Signed bytes, on disk before they are on the wire.
CREATE TABLE attempt (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    hash          TEXT NOT NULL UNIQUE,
    intent        INTEGER NOT NULL REFERENCES intent (id),
    nonce         INTEGER NOT NULL,
    raw           BLOB NOT NULL,
    max_fee_wei   TEXT NOT NULL,
    tip_wei       TEXT NOT NULL,
    kind          TEXT NOT NULL CHECK (kind IN ('original', 'bump')),
    sent_at_block INTEGER
) STRICT;
CREATE INDEX attempt_intent ON attempt (intent, nonce, id);

-- The block that holds an attempt.
CREATE TABLE inclusion (
    intent              INTEGER PRIMARY KEY REFERENCES intent (id),
    hash                TEXT NOT NULL UNIQUE REFERENCES attempt (hash),
    block_number        INTEGER NOT NULL,
    block_hash          TEXT NOT NULL,
    success             INTEGER NOT NULL CHECK (success IN (0, 1)),
    gas_used            INTEGER NOT NULL,
    effective_price_wei TEXT NOT NULL,
    cost_wei            TEXT NOT NULL,
    settled             INTEGER NOT NULL CHECK (settled IN (0, 1))
) STRICT;

-- Every wei that left a signer through a nonce this ledger took. Foreign transactions have no campaign.
CREATE TABLE spend (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    chain_id     INTEGER NOT NULL,
    signer       TEXT NOT NULL,
    hash         TEXT NOT NULL UNIQUE,
    intent       INTEGER REFERENCES intent (id),
    campaign     TEXT REFERENCES campaign (id),
    cost_wei     TEXT NOT NULL,
    block_number INTEGER NOT NULL,
    block_hash   TEXT NOT NULL
) STRICT;
CREATE INDEX spend_lane ON spend (chain_id, signer);
