//! SQLite behind one writer: migrations, tables, and the hash-chained audit log.
