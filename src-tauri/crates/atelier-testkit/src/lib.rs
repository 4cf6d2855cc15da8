//! Builders, fault proxies and golden helpers for tests.
