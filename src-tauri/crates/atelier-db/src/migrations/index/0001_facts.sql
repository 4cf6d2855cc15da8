-- Facts from the chain. This file can always be deleted and rebuilt. Amounts are decimal text in the smallest
-- unit, hashes and addresses "0x" hex text. Everything above a forked block is deleted by its block number.

-- The last block the facts are complete to. One row.
CREATE TABLE checkpoint (
    one          INTEGER PRIMARY KEY CHECK (one = 1),
    chain_id     INTEGER NOT NULL,
    collection   TEXT NOT NULL,
    block_number INTEGER NOT NULL,
    block_hash   TEXT NOT NULL
) STRICT;

-- Headers: every block with a fact, the newest few hundred, and one in ten thousand. By their hashes the
-- common ancestor of any reorg is found.
CREATE TABLE block (
    number      INTEGER PRIMARY KEY,
    hash        TEXT NOT NULL,
    parent_hash TEXT NOT NULL,
    timestamp   INTEGER NOT NULL,
    touched     INTEGER NOT NULL CHECK (touched IN (0, 1))
) STRICT;

-- ERC-721 Transfer events.
CREATE TABLE transfer (
    block_number INTEGER NOT NULL,
    log_index    INTEGER NOT NULL,
    tx_hash      TEXT NOT NULL,
    token        INTEGER NOT NULL,
    sender       TEXT NOT NULL,
    recipient    TEXT NOT NULL,
    PRIMARY KEY (block_number, log_index)
) STRICT, WITHOUT ROWID;
CREATE INDEX transfer_token ON transfer (token, block_number, log_index);

-- Who holds what now: the last transfer of each token that is not burned. Derived from transfer.
CREATE TABLE owner (
    token        INTEGER PRIMARY KEY,
    owner        TEXT NOT NULL,
    block_number INTEGER NOT NULL,
    log_index    INTEGER NOT NULL
) STRICT;
CREATE INDEX owner_holder ON owner (owner, token);

-- How each token came to be. paid_wei is its share of the voucher's price.
CREATE TABLE mint (
    token        INTEGER PRIMARY KEY,
    block_number INTEGER NOT NULL,
    log_index    INTEGER NOT NULL,
    tx_hash      TEXT NOT NULL,
    recipient    TEXT NOT NULL,
    kind         TEXT NOT NULL CHECK (kind IN ('batch', 'voucher', 'other')),
    reference    TEXT,
    paid_wei     TEXT NOT NULL
) STRICT;
CREATE INDEX mint_block ON mint (block_number, log_index);

-- Sales on a market. currency is the zero address for the chain's own coin.
CREATE TABLE sale (
    block_number INTEGER NOT NULL,
    log_index    INTEGER NOT NULL,
    token        INTEGER NOT NULL,
    tx_hash      TEXT NOT NULL,
    market       TEXT NOT NULL,
    seller       TEXT NOT NULL,
    buyer        TEXT NOT NULL,
    currency     TEXT NOT NULL,
    price        TEXT NOT NULL,
    bundle       INTEGER NOT NULL CHECK (bundle IN (0, 1)),
    matched      INTEGER NOT NULL CHECK (matched IN (0, 1)),
    mixed        INTEGER NOT NULL CHECK (mixed IN (0, 1)),
    PRIMARY KEY (block_number, log_index, token)
) STRICT, WITHOUT ROWID;
CREATE INDEX sale_token ON sale (token, block_number, log_index);

-- What the sale owed by ERC-2981 and what the receiver got. basis says when royaltyInfo was asked.
CREATE TABLE royalty (
    block_number INTEGER NOT NULL,
    log_index    INTEGER NOT NULL,
    token        INTEGER NOT NULL,
    receiver     TEXT,
    owed         TEXT,
    received     TEXT NOT NULL,
    basis        TEXT NOT NULL CHECK (basis IN ('block', 'latest', 'unknown')),
    PRIMARY KEY (block_number, log_index, token),
    FOREIGN KEY (block_number, log_index, token) REFERENCES sale (block_number, log_index, token) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
