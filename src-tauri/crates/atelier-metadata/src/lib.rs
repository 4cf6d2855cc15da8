//! Templates, ERC-721 and ERC-7572 JSON, lint, canonical JSON. Pure.
