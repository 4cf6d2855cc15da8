//! Storage targets behind one trait: embedded block store with gateway, Kubo RPC, Arweave data items.
