use atelier_db::State;
use atelier_db::file::STATE;
use atelier_db::state::{AuditBreak, AuditReport, Flaw};
use proptest::prelude::*;
use rusqlite::Connection;

const NOW: i64 = 1_795_000_000_000;

fn log_of(entries: u64) -> (tempfile::TempDir, State) {
    let dir = tempfile::tempdir().unwrap();
    let state = State::open(dir.path()).unwrap();
    state
        .write(|t| {
            (1..=entries).try_for_each(|n| {
                t.audit().append(NOW + n as i64, "studio", "plan.made", &format!("{{\"n\":{n}}}")).map(drop)
            })
        })
        .unwrap();
    (dir, state)
}

fn verify(state: &State) -> AuditReport {
    state.read(|t| t.audit().verify()).unwrap()
}

/// Somebody with a text editor for databases.
fn tamper(dir: &tempfile::TempDir, sql: &str) {
    let connection = Connection::open(STATE.path(dir.path())).unwrap();
    connection
        .execute_batch(&format!(
            "DROP TRIGGER audit_no_update; DROP TRIGGER audit_no_delete; DROP TRIGGER audit_no_replace; {sql}"
        ))
        .unwrap();
}

#[test]
fn the_chain_is_the_one_the_description_gives() {
    let dir = tempfile::tempdir().unwrap();
    let state = State::open(dir.path()).unwrap();
    let (first, second) = state
        .write(|t| {
            Ok((
                t.audit().append(NOW, "user", "project.opened", "{}")?,
                t.audit().append(NOW + 1, "studio", "plan.made", "{\"name\":\"Größe\"}")?,
            ))
        })
        .unwrap();
    // Computed with Python's hashlib and struct from the text at the head of src/state/audit.rs.
    assert_eq!(
        hex::encode(first.hash),
        "69d255b1a3ea7bbad761dba38bcc7c93ed3308d2518523ce3a01811c957810f4",
        "the first entry follows zero"
    );
    assert_eq!(
        hex::encode(second.hash),
        "e2dffa4a0265e96d2f82c0672ea3fd0c4ca8f4268259fbaa5231d6820d49191a",
        "lengths are in bytes"
    );
    assert_eq!(verify(&state), AuditReport { entries: 2, head: second.hash, broken: None }, "and it holds");
}

#[test]
fn an_empty_log_holds() {
    let (_dir, state) = log_of(0);
    assert_eq!(
        verify(&state),
        AuditReport { entries: 0, head: [0; 32], broken: None },
        "nothing is wrong with nothing"
    );
}

#[test]
fn the_first_broken_entry_is_named() {
    for (sql, seq, flaw) in [
        ("UPDATE audit SET details = '{\"n\":5000}' WHERE seq = 5", 5, Flaw::Changed),
        ("UPDATE audit SET at_ms = at_ms - 1 WHERE seq = 1", 1, Flaw::Changed),
        ("UPDATE audit SET actor = 'studiop', action = 'lan.made' WHERE seq = 3", 3, Flaw::Changed),
        ("UPDATE audit SET hash = 'nonsense' WHERE seq = 8", 8, Flaw::Changed),
        ("DELETE FROM audit WHERE seq = 4", 4, Flaw::Missing),
        ("DELETE FROM audit WHERE seq = 1", 1, Flaw::Missing),
        ("DELETE FROM audit WHERE seq = 8", 8, Flaw::Missing),
        ("DELETE FROM audit", 1, Flaw::Missing),
        ("UPDATE audit SET prev = (SELECT prev FROM audit WHERE seq = 2) WHERE seq = 6", 6, Flaw::Unlinked),
        (
            "UPDATE audit SET seq = 100 WHERE seq = 2; UPDATE audit SET seq = 2 WHERE seq = 3;
             UPDATE audit SET seq = 3 WHERE seq = 100",
            2,
            Flaw::Unlinked,
        ),
    ] {
        let (dir, state) = log_of(8);
        tamper(&dir, sql);
        assert_eq!(verify(&state).broken, Some(AuditBreak { seq, flaw }), "{sql}");
    }
}

#[test]
fn sqlite_itself_refuses_to_change_it() {
    let (dir, state) = log_of(3);
    let connection = Connection::open(STATE.path(dir.path())).unwrap();
    for sql in [
        "UPDATE audit SET actor = 'nobody'",
        "DELETE FROM audit WHERE seq = 3",
        "INSERT OR REPLACE INTO audit SELECT seq, at_ms, 'nobody', action, details, prev, hash FROM audit WHERE seq = 2",
    ] {
        let error = connection.execute(sql, []).unwrap_err().to_string();
        assert!(error.contains("append-only"), "{sql}: {error}");
    }
    assert!(verify(&state).is_intact(), "nothing happened");
}

#[test]
fn details_are_json() {
    let (_dir, state) = log_of(0);
    let error = state.write(|t| t.audit().append(NOW, "studio", "plan.made", "{supply: 1}")).unwrap_err();
    assert_eq!(error.code(), "DB-AUDIT-DETAILS", "{error}");
    assert_eq!(verify(&state).entries, 0, "and nothing was written");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// Whatever the texts are, the chain holds; whichever single character changes, it does not.
    #[test]
    fn any_change_of_any_text_is_noticed(
        texts in prop::collection::vec((".{0,12}", ".{0,12}", ".{0,12}"), 1..6),
        victim in any::<prop::sample::Index>(),
        column in prop::sample::select(vec!["actor", "action", "details"]),
    ) {
        let (dir, state) = log_of(0);
        state
            .write(|t| {
                texts.iter().try_for_each(|(actor, action, details)| {
                    let details = serde_json::to_string(details).unwrap();
                    t.audit().append(NOW, actor, action, &details).map(drop)
                })
            })
            .unwrap();
        prop_assert!(verify(&state).is_intact());
        let seq = victim.index(texts.len()) as u64 + 1;
        tamper(&dir, &format!("UPDATE audit SET {column} = {column} || ' ' WHERE seq = {seq}"));
        prop_assert_eq!(verify(&state).broken, Some(AuditBreak { seq, flaw: Flaw::Changed }));
    }
}
