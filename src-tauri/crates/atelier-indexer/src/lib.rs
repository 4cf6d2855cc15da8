//! Chain to facts: transfers, holders, mints, sales and the royalty ledger; safe against reorgs.
