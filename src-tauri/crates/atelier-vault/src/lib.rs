//! Secrets and signing: OS keychain, role keys, and the encrypted vault. The only crate that sees key bytes.
