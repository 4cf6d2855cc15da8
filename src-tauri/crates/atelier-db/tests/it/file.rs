use std::path::Path;

use atelier_db::file::{self, Durability, INDEX, LEDGER, STATE, Schema};
use atelier_db::{Database, DbError};
use rusqlite::Connection;

const ONE: Schema = Schema {
    file: "shelf.sqlite",
    application_id: 7,
    durability: Durability::Normal,
    rebuildable: false,
    migrations: &["CREATE TABLE book (title TEXT NOT NULL) STRICT;"],
};
const TWO: Schema =
    Schema { migrations: &[ONE.migrations[0], "ALTER TABLE book ADD COLUMN pages INTEGER;"], ..ONE };
const BROKEN: Schema = Schema {
    migrations: &[
        ONE.migrations[0],
        "ALTER TABLE book ADD COLUMN pages INTEGER; CREATE TABLE book (again TEXT);",
    ],
    ..ONE
};

fn shelf_with(folder: &Path, title: &str) {
    let connection = file::open(folder, &ONE).unwrap();
    connection.execute("INSERT INTO book VALUES (?1)", [title]).unwrap();
}

fn pragma(connection: &Connection, name: &str) -> String {
    connection
        .pragma_query_value(None, name, |row| row.get::<_, rusqlite::types::Value>(0))
        .map(|value| match value {
            rusqlite::types::Value::Text(text) => text,
            other => format!("{other:?}"),
        })
        .unwrap()
}

#[test]
fn the_three_files_open_twice_and_promise_what_they_should() {
    let dir = tempfile::tempdir().unwrap();
    for round in ["new", "known"] {
        for schema in [&STATE, &LEDGER, &INDEX] {
            let connection = file::open(dir.path(), schema).unwrap();
            assert_eq!(
                pragma(&connection, "journal_mode"),
                "wal",
                "{} {round}: readers beside the writer",
                schema.file
            );
            let synchronous = if schema.durability == Durability::Full { "Integer(2)" } else { "Integer(1)" };
            assert_eq!(pragma(&connection, "synchronous"), synchronous, "{} {round}", schema.file);
            assert_eq!(pragma(&connection, "foreign_keys"), "Integer(1)", "{} {round}", schema.file);
        }
    }
    assert_eq!(LEDGER.durability, Durability::Full, "money is on the disk before a commit returns");
    assert!(!dir.path().join(".atelier/backups").exists(), "nothing was migrated, so nothing was copied");
}

#[test]
fn an_older_file_is_copied_and_migrated() {
    let dir = tempfile::tempdir().unwrap();
    shelf_with(dir.path(), "Moby-Dick");
    let connection = file::open(dir.path(), &TWO).unwrap();
    let row: (String, Option<i64>) = connection
        .query_row("SELECT title, pages FROM book", [], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap();
    assert_eq!(row, ("Moby-Dick".to_owned(), None), "the row is there, in the new format");

    let copy = Connection::open(dir.path().join(".atelier/backups/shelf.format-1.sqlite")).unwrap();
    let columns: i64 =
        copy.query_row("SELECT count(*) FROM pragma_table_info('book')", [], |row| row.get(0)).unwrap();
    let title: String = copy.query_row("SELECT title FROM book", [], |row| row.get(0)).unwrap();
    assert_eq!((columns, title.as_str()), (1, "Moby-Dick"), "the copy is the file before, with its log");
}

#[test]
fn a_failing_migration_changes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    shelf_with(dir.path(), "Moby-Dick");
    let error = file::open(dir.path(), &BROKEN).unwrap_err();
    assert_eq!(error.code(), "DB-MIGRATION", "{error}");
    let connection = file::open(dir.path(), &ONE).expect("the file still has its old format");
    let columns: i64 =
        connection.query_row("SELECT count(*) FROM pragma_table_info('book')", [], |row| row.get(0)).unwrap();
    assert_eq!(columns, 1, "the half that worked was taken back");
}

#[test]
fn a_newer_file_is_refused_and_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    drop(file::open(dir.path(), &TWO).unwrap());
    let before = std::fs::read(ONE.path(dir.path())).unwrap();
    let error = file::open(dir.path(), &ONE).unwrap_err();
    assert!(matches!(error, DbError::TooNew { found: 2, known: 1, .. }), "{error}");
    assert_eq!(std::fs::read(ONE.path(dir.path())).unwrap(), before, "not a byte was changed");
}

#[test]
fn another_file_under_the_name_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    drop(file::open(dir.path(), &LEDGER).unwrap());
    std::fs::copy(LEDGER.path(dir.path()), STATE.path(dir.path())).unwrap();
    let error = file::open(dir.path(), &STATE).unwrap_err();
    assert_eq!(error.code(), "DB-WRONG-FILE", "the ledger is not the state: {error}");

    std::fs::remove_file(STATE.path(dir.path())).unwrap();
    Connection::open(STATE.path(dir.path())).unwrap().execute_batch("CREATE TABLE theirs (x)").unwrap();
    let error = file::open(dir.path(), &STATE).unwrap_err();
    assert_eq!(error.code(), "DB-WRONG-FILE", "another program's tables stay its own: {error}");
}

#[test]
fn damage_is_found_before_the_file_is_used() {
    let dir = tempfile::tempdir().unwrap();
    let path = STATE.path(dir.path());
    std::fs::create_dir(dir.path().join(".atelier")).unwrap();
    std::fs::write(&path, "this is not a database, it is a letter; ".repeat(40)).unwrap();
    let error = file::open(dir.path(), &STATE).unwrap_err();
    assert!(matches!(error, DbError::Damaged { .. }), "{error}");
    assert!(error.to_string().contains("backup"), "says what to do: {error}");

    std::fs::remove_file(&path).unwrap();
    {
        let connection = file::open(dir.path(), &STATE).unwrap();
        for key in 0..2_000 {
            connection.execute("INSERT INTO meta VALUES (?1, 'value')", [format!("key {key}")]).unwrap();
        }
    }
    let mut bytes = std::fs::read(&path).unwrap();
    // The B-tree page headers of the second half become nonsense; the first page stays what it was.
    let half = bytes.len() / 2 / 4096 * 4096;
    for page in bytes[half..].chunks_mut(4096) {
        page[..8].fill(0xA5);
    }
    std::fs::write(&path, &bytes).unwrap();
    let error = file::open(dir.path(), &STATE).unwrap_err();
    assert_eq!(error.code(), "DB-DAMAGED", "a sound first page does not hide the rest: {error}");
    assert_eq!(std::fs::read(&path).unwrap(), bytes, "what may still be rescued was not touched");

    std::fs::copy(&path, INDEX.path(dir.path())).unwrap();
    let error = file::open(dir.path(), &INDEX).unwrap_err();
    assert!(matches!(error, DbError::DamagedRebuildable { .. }), "the index comes from the chain: {error}");
}

#[test]
fn two_that_open_at_once_migrate_once() {
    let dir = tempfile::tempdir().unwrap();
    std::thread::scope(|scope| {
        let openers: Vec<_> =
            (0..4).map(|_| scope.spawn(|| file::open(dir.path(), &STATE).map(drop))).collect();
        for opener in openers {
            opener.join().unwrap().expect("whoever came second found the work done");
        }
    });
}

#[cfg(unix)]
#[test]
fn a_read_only_folder_is_named() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    use std::os::unix::process::CommandExt;

    if let Some(project) = crate::child::folder() {
        for (what, error) in [
            ("a new file", file::open(&project, &INDEX).map(drop).unwrap_err()),
            ("a known file", Database::open(&project, &STATE).map(drop).unwrap_err()),
            ("the lock", atelier_db::ProjectLock::acquire(&project).map(drop).unwrap_err()),
        ] {
            assert_eq!(error.code(), "DB-READ-ONLY", "{what}: {error}");
        }
        return;
    }

    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join(".atelier");
    drop(Database::open(dir.path(), &STATE).unwrap());
    let mode =
        |path: &Path, mode| std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    // The system administrator may write anywhere, so such a run needs a process of somebody else's.
    let binary = dir.path().join("test");
    std::fs::copy(std::env::current_exe().unwrap(), &binary).unwrap();
    mode(&binary, 0o755);
    mode(dir.path(), 0o755);
    mode(&STATE.path(dir.path()), 0o444);
    mode(&folder, 0o555);
    let mut child = crate::child::run_copy(&binary, "file::a_read_only_folder_is_named", dir.path());
    if std::fs::metadata(&binary).unwrap().uid() == 0 {
        child.uid(65_534).gid(65_534);
    }
    let output = child.current_dir("/").output().unwrap();
    mode(&folder, 0o755);
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success() && said.contains("1 passed"),
        "{said}{}",
        String::from_utf8_lossy(&output.stderr)
    );
}
