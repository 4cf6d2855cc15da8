use atelier_db::file::STATE;
use atelier_db::{Database, DbError};

fn keys(database: &Database) -> u64 {
    database.read(|db| Ok(db.query_row("SELECT count(*) FROM meta", [], |row| row.get(0))?)).unwrap()
}

#[test]
fn a_transaction_happens_whole_or_not_at_all() {
    let dir = tempfile::tempdir().unwrap();
    let database = Database::open(dir.path(), &STATE).unwrap();
    let refused: Result<(), _> = database.transaction(|tx| {
        tx.execute("INSERT INTO meta VALUES ('a', '1')", [])?;
        Err(DbError::NoRow { what: "reason", id: "to go on".to_owned() })
    });
    assert_eq!(refused.unwrap_err().code(), "DB-NO-ROW", "the closure's own error comes back");
    assert_eq!(keys(&database), 0, "an error takes everything back");

    let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        database.transaction::<()>(|tx| {
            tx.execute("INSERT INTO meta VALUES ('a', '1')", [])?;
            panic!("in the middle");
        })
    }));
    assert!(panicked.is_err(), "the panic goes on");
    assert_eq!(keys(&database), 0, "so does a panic, and the database stays usable");

    database.transaction(|tx| Ok(tx.execute("INSERT INTO meta VALUES ('a', '1')", [])?)).unwrap();
    assert_eq!(keys(&database), 1, "what succeeded is seen by readers");
}

#[test]
fn a_read_sees_one_moment_and_cannot_write() {
    let dir = tempfile::tempdir().unwrap();
    let database = Database::open(dir.path(), &STATE).unwrap();
    let error = database.read(|db| Ok(db.execute("INSERT INTO meta VALUES ('a', '1')", [])?)).unwrap_err();
    assert_eq!(error.code(), "DB-READ-ONLY", "{error}");
    let (before, after): (u64, u64) = database
        .read(|db| {
            let count = || db.query_row("SELECT count(*) FROM meta", [], |row| row.get(0));
            let before = count()?;
            // A reader does not hold up the writer, and does not see it either.
            database.transaction(|tx| Ok(tx.execute("INSERT INTO meta VALUES ('a', '1')", [])?))?;
            Ok((before, count()?))
        })
        .unwrap();
    assert_eq!((before, after, keys(&database)), (0, 0, 1), "the snapshot stands still");
}

#[test]
fn a_full_disk_is_named_and_loses_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let database = Database::open(dir.path(), &STATE).unwrap();
    database.transaction(|tx| Ok(tx.execute("INSERT INTO meta VALUES ('kept', '1')", [])?)).unwrap();
    let big = "x".repeat(1 << 20);
    let error = database
        .transaction(|tx| {
            // SQLite's own limit gives the error that a full disk gives.
            tx.query_row("PRAGMA max_page_count = 60", [], |_| Ok(()))?;
            Ok(tx.execute("INSERT INTO meta VALUES ('big', ?1)", [&big])?)
        })
        .unwrap_err();
    assert!(matches!(&error, DbError::DiskFull { path } if path.ends_with("state.sqlite")), "{error}");
    assert_eq!(keys(&database), 1, "what was there is there");
}

#[test]
fn a_file_held_by_another_program_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let database = Database::open(dir.path(), &STATE).unwrap();
    let other = rusqlite::Connection::open(STATE.path(dir.path())).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let error = database.transaction(|_| Ok(())).unwrap_err();
    assert!(matches!(&error, DbError::Busy { file } if file.ends_with("state.sqlite")), "{error}");
    other.execute_batch("COMMIT").unwrap();
    database.transaction(|_| Ok(())).expect("it goes on when the other lets go");
}
