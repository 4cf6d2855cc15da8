//! Intents to transactions, exactly once: the outbox, nonce rows, receipts, and the voucher endpoint.
