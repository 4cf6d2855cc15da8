use std::io::{BufRead, BufReader};
use std::process::Stdio;

use atelier_db::file::STATE;
use atelier_db::state::{
    ArtifactKind, Failure, Job, JobState, NewJob, ObjectState, StorageObject, TargetCount, VoucherKey,
    VoucherState,
};
use atelier_db::{DbError, State};

const NOW: i64 = 1_795_000_000_000;

fn fresh() -> (tempfile::TempDir, State) {
    let dir = tempfile::tempdir().unwrap();
    let state = State::open(dir.path()).unwrap();
    (dir, state)
}

fn job(id: &str) -> NewJob {
    NewJob { id: id.into(), kind: "render".into(), title: "Render 100 tokens".into(), input: "{}".into() }
}

fn failure() -> Failure {
    Failure { code: "ART-TRUNCATED".into(), message: "…".into(), details: "{}".into() }
}

/// A job that was walked to `state` by steps that make sense.
fn walk(state: &State, id: &str, to: JobState) {
    state
        .write(|t| {
            let jobs = t.jobs();
            jobs.insert(&job(id), NOW)?;
            if to == JobState::Queued {
                return Ok(());
            }
            jobs.advance(id, JobState::Running, NOW)?;
            match to {
                JobState::Running => Ok(()),
                JobState::Failed => jobs.fail(id, &failure(), NOW),
                JobState::Done => jobs.finish(id, "{}", NOW),
                other => jobs.advance(id, other, NOW),
            }
        })
        .unwrap();
}

#[test]
fn meta_is_one_value_a_name() {
    let (_dir, state) = fresh();
    state
        .write(|t| t.meta().set("network", "practice").and_then(|()| t.meta().set("network", "sepolia")))
        .unwrap();
    assert_eq!(
        state.read(|t| t.meta().get("network")).unwrap().as_deref(),
        Some("sepolia"),
        "the last one counts"
    );
    state.write(|t| t.meta().remove("network")).unwrap();
    assert_eq!(state.read(|t| t.meta().get("network")).unwrap(), None, "gone");
}

#[test]
fn a_job_is_known_by_every_step_it_took() {
    let (_dir, state) = fresh();
    state
        .write(|t| {
            t.jobs().insert(&job("b"), NOW)?;
            t.jobs().insert(&job("a"), NOW)?;
            t.jobs().advance("b", JobState::Running, NOW + 1)?;
            t.jobs().progress("b", 12, 100, "token 13", NOW + 2)?;
            t.jobs().fail("b", &failure(), NOW + 3)
        })
        .unwrap();
    let expected = Job {
        id: "b".into(),
        kind: "render".into(),
        title: "Render 100 tokens".into(),
        input: "{}".into(),
        state: JobState::Failed,
        done: 12,
        total: 100,
        step: "token 13".into(),
        picked_up_at: None,
        error: Some(failure()),
        result: None,
        created_ms: NOW,
        updated_ms: NOW + 3,
    };
    assert_eq!(state.read(|t| t.jobs().get("b")).unwrap(), Some(expected), "every field");
    let ids = |jobs: Vec<Job>| jobs.into_iter().map(|job| job.id).collect::<Vec<_>>();
    assert_eq!(ids(state.read(|t| t.jobs().list(10)).unwrap()), ["b", "a"], "newest first");
    assert_eq!(ids(state.read(|t| t.jobs().active()).unwrap()), ["a"], "what has ended is not active");
    state.write(|t| t.jobs().advance("b", JobState::Queued, NOW + 4)).unwrap();
    let again = state.read(|t| t.jobs().get("b")).unwrap().unwrap();
    assert_eq!((again.error, again.done), (None, 12), "trying again forgets the error, not the progress");
    let error = state.write(|t| t.jobs().insert(&job("a"), NOW)).unwrap_err();
    assert_eq!(error.code(), "DB-CONFLICT", "an id names one job: {error}");
}

#[test]
fn a_job_takes_only_steps_that_make_sense() {
    use JobState::{Cancelled, Done, Failed, Paused, Queued, Running};
    let allowed = [
        (Queued, vec![Running, Paused, Cancelled, Failed]),
        (Running, vec![Paused, Cancelled, Failed, Done]),
        (Paused, vec![Queued, Running, Cancelled, Failed]),
        (Cancelled, vec![Queued]),
        (Failed, vec![Queued]),
        (Done, vec![]),
    ];
    for (from, steps) in allowed {
        for to in [Queued, Running, Paused, Cancelled, Failed, Done] {
            let (_dir, state) = fresh();
            walk(&state, "a", from);
            let step = state.write(|t| t.jobs().advance("a", to, NOW));
            assert_eq!(step.is_ok(), steps.contains(&to), "{from:?} to {to:?}: {step:?}");
            let now = state.read(|t| t.jobs().get("a")).unwrap().unwrap().state;
            assert_eq!(now, if step.is_ok() { to } else { from }, "a refused step changes nothing");
        }
        let (_dir, state) = fresh();
        walk(&state, "a", from);
        let progress = state.write(|t| t.jobs().progress("a", 1, 2, "on", NOW));
        assert_eq!(progress.is_ok(), from == Running, "only a running job gets further: {from:?}");
    }
    let (_dir, state) = fresh();
    let error = state.write(|t| t.jobs().advance("none", Running, NOW)).unwrap_err();
    assert_eq!(error.code(), "DB-NO-ROW", "{error}");
}

#[test]
fn jobs_cut_off_by_a_restart_are_paused_where_they_were() {
    let (_dir, state) = fresh();
    for (id, stands) in [("b", JobState::Running), ("a", JobState::Running), ("c", JobState::Paused)] {
        walk(&state, id, stands);
    }
    state
        .write(|t| t.jobs().progress("b", 41, 100, "", NOW).and(t.jobs().progress("a", 7, 100, "", NOW)))
        .unwrap();
    let cut_off = state.write(|t| t.jobs().interrupt_running(NOW + 9)).unwrap();
    let seen: Vec<_> = cut_off.iter().map(|job| (job.id.as_str(), job.state, job.picked_up_at)).collect();
    assert_eq!(
        seen,
        [("a", JobState::Paused, Some(7)), ("b", JobState::Paused, Some(41))],
        "only those, oldest first"
    );
    let c = state.read(|t| t.jobs().get("c")).unwrap().unwrap();
    assert_eq!((c.picked_up_at, c.updated_ms), (None, NOW), "one paused by a person is not touched");
    assert_eq!(state.write(|t| t.jobs().interrupt_running(NOW + 10)).unwrap(), [], "once is enough");
}

#[test]
fn the_newest_artifact_of_a_kind_counts_and_none_is_lost() {
    let (dir, state) = fresh();
    state
        .write(|t| {
            t.artifacts().append(ArtifactKind::Plan, &[1; 32], "1", NOW)?;
            t.artifacts().append(ArtifactKind::Bundle, &[9; 32], "9", NOW)?;
            t.artifacts().append(ArtifactKind::Plan, &[2; 32], "2", NOW + 1)
        })
        .unwrap();
    let latest = state.read(|t| t.artifacts().latest(ArtifactKind::Plan)).unwrap().unwrap();
    assert_eq!(
        (latest.hash, latest.json.as_str(), latest.created_ms),
        ([2; 32], "2", NOW + 1),
        "the newest plan"
    );
    assert_eq!(
        state.read(|t| t.artifacts().latest_hash(ArtifactKind::Bundle)).unwrap(),
        Some([9; 32]),
        "by kind"
    );
    assert_eq!(state.read(|t| t.artifacts().latest(ArtifactKind::Launch)).unwrap(), None, "none yet");
    let old = state.read(|t| t.artifacts().by_hash(ArtifactKind::Plan, &[1; 32])).unwrap();
    assert_eq!(old.map(|plan| plan.json).as_deref(), Some("1"), "older ones are found by hash");
    assert_eq!(state.read(|t| t.artifacts().history(ArtifactKind::Plan, 10)).unwrap().len(), 2, "and listed");

    let raw = rusqlite::Connection::open(STATE.path(dir.path())).unwrap();
    for sql in ["UPDATE artifact SET json = '0'", "DELETE FROM artifact"] {
        assert!(raw.execute(sql, []).unwrap_err().to_string().contains("append-only"), "{sql}");
    }
}

#[test]
fn stored_files_are_counted_by_what_is_proven() {
    let (_dir, state) = fresh();
    let object = |path: &str, state, verified_ms| StorageObject {
        target: "embedded".to_owned(),
        path: path.to_owned(),
        cid: "bafy".to_owned(),
        bytes: 10,
        state,
        verified_ms,
    };
    state
        .write(|t| {
            t.objects().put(&object("images/2.png", ObjectState::Stored, None))?;
            t.objects().put(&object("images/1.png", ObjectState::Pending, None))?;
            t.objects().put(&object("images/1.png", ObjectState::Proven, Some(NOW)))?;
            t.objects().put(&object("images/3.png", ObjectState::Damaged, Some(NOW - 9)))
        })
        .unwrap();
    let count = state.read(|t| t.objects().count("embedded")).unwrap();
    let expected = TargetCount { pending: 0, stored: 1, proven: 1, damaged: 1, oldest_proof_ms: Some(NOW) };
    assert_eq!(count, expected, "a file stands in one place, and a damaged one is no proof");
    let paths: Vec<_> =
        state.read(|t| t.objects().list("embedded")).unwrap().into_iter().map(|o| o.path).collect();
    assert_eq!(paths, ["images/1.png", "images/2.png", "images/3.png"], "by path");
    state.write(|t| t.objects().clear("embedded")).unwrap();
    assert_eq!(state.read(|t| t.objects().count("embedded")).unwrap(), TargetCount::default(), "forgotten");
}

#[test]
fn undo_and_redo_survive_a_restart() {
    let (dir, state) = fresh();
    state
        .write(|t| {
            t.undo().push("Set Dawn to 12", "v0", "v1", NOW)?;
            t.undo().push("Rename Pool", "v1", "v2", NOW)
        })
        .unwrap();
    let change = state.read(|t| t.undo().next_undo()).unwrap().unwrap();
    assert_eq!(
        (change.name.as_str(), change.before.as_str()),
        ("Rename Pool", "v1"),
        "the last change first"
    );
    state.write(|t| t.undo().mark_undone(change.seq)).unwrap();
    drop(state);

    let state = State::open(dir.path()).unwrap();
    let name = |change: Option<atelier_db::state::Change>| change.map(|change| change.name);
    assert_eq!(
        name(state.read(|t| t.undo().next_undo()).unwrap()).as_deref(),
        Some("Set Dawn to 12"),
        "then the one before"
    );
    let redo = state.read(|t| t.undo().next_redo()).unwrap().unwrap();
    assert_eq!((redo.name.as_str(), redo.after.as_str()), ("Rename Pool", "v2"), "and back");
    let twice = state.write(|t| t.undo().mark_undone(redo.seq)).unwrap_err();
    assert_eq!(twice.code(), "DB-NO-ROW", "what is undone cannot be undone again");
    state.write(|t| t.undo().mark_redone(redo.seq)).unwrap();
    assert_eq!(name(state.read(|t| t.undo().next_redo()).unwrap()), None, "all is done again");

    let seq = state.read(|t| t.undo().next_undo()).unwrap().unwrap().seq;
    state
        .write(|t| t.undo().mark_undone(seq).and_then(|()| t.undo().push("Set supply", "v1", "v3", NOW)))
        .unwrap();
    assert_eq!(
        state.read(|t| t.undo().next_redo()).unwrap(),
        None,
        "a new change ends what could be brought back"
    );
}

#[test]
fn undo_keeps_a_bounded_history() {
    let (_dir, state) = fresh();
    state
        .write(|t| (0..250).try_for_each(|n| t.undo().push(&format!("change {n}"), "a", "b", NOW).map(drop)))
        .unwrap();
    let mut steps = 0;
    while let Some(change) = state.read(|t| t.undo().next_undo()).unwrap() {
        state.write(|t| t.undo().mark_undone(change.seq)).unwrap();
        steps += 1;
    }
    assert_eq!(steps, 200, "the newest two hundred");
}

#[test]
fn a_nonce_is_signed_for_one_voucher_only() {
    let (_dir, state) = fresh();
    let key =
        |nonce: &str| VoucherKey { chain_id: 31_337, drop: "0xabc".to_owned(), nonce: nonce.to_owned() };
    for nonce in ["10", "9", "115792089237316195423570985008687907853269984665640564039457584007913129639935"]
    {
        state.write(|t| t.vouchers().issue(&key(nonce), "{\"a\":1}", "0x01", NOW)).unwrap();
    }
    state.write(|t| t.vouchers().issue(&key("9"), "{\"a\":1}", "0x01", NOW)).expect("the same twice is once");
    let error = state.write(|t| t.vouchers().issue(&key("9"), "{\"a\":2}", "0x02", NOW)).unwrap_err();
    assert!(matches!(error, DbError::Conflict { .. }), "another one under its nonce is refused: {error}");

    state
        .write(|t| {
            t.vouchers().redeemed(&key("9"), "0xhash", 81, NOW + 1)?;
            t.vouchers().cancelled(&key("10"), "0xother", NOW + 1)
        })
        .unwrap();
    let list = state.read(|t| t.vouchers().list(31_337, "0xabc")).unwrap();
    let seen: Vec<_> = list.iter().map(|v| (v.key.nonce.len(), v.state, v.first_token)).collect();
    assert_eq!(
        seen,
        [
            (1, VoucherState::Redeemed, Some(81)),
            (2, VoucherState::Cancelled, None),
            (78, VoucherState::Issued, None)
        ],
        "in the order of their numbers"
    );
    state.write(|t| t.vouchers().reopened(&key("9"), NOW + 2)).unwrap();
    let nine = state.read(|t| t.vouchers().get(&key("9"))).unwrap().unwrap();
    assert_eq!(
        (nine.state, nine.tx_hash, nine.first_token),
        (VoucherState::Issued, None, None),
        "as if it never was"
    );
    let error = state.write(|t| t.vouchers().expired(&key("11"), NOW)).unwrap_err();
    assert_eq!(error.code(), "DB-NO-ROW", "{error}");
}

#[test]
fn a_kill_in_the_middle_of_writing_leaves_a_sound_state() {
    if let Some(folder) = crate::child::folder() {
        let state = State::open(&folder).unwrap();
        for round in 0.. {
            state
                .write(|t| {
                    t.artifacts().append(ArtifactKind::Launch, &[3; 32], &format!("{round}"), NOW)?;
                    t.audit().append(NOW, "studio", "launch.step", &format!("{{\"round\":{round}}}"))
                })
                .unwrap();
            #[expect(clippy::print_stdout, reason = "this is how the parent learns of it")]
            {
                println!("round {round}");
            }
        }
    }
    let dir = tempfile::tempdir().unwrap();
    let mut child =
        crate::child::run("state::a_kill_in_the_middle_of_writing_leaves_a_sound_state", dir.path())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
    let mut rounds = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    let told = rounds.by_ref().filter(|line| line.contains("round ")).take(50).count() as u64;
    child.kill().unwrap();
    child.wait().unwrap();

    let state = State::open(dir.path()).expect("the check at opening finds nothing");
    let (report, artifacts) = state
        .read(|t| Ok((t.audit().verify()?, t.artifacts().history(ArtifactKind::Launch, 1_000_000)?)))
        .unwrap();
    assert!(report.is_intact(), "{report:?}");
    assert!(report.entries >= told, "each round that was told of is there: {} of {told}", report.entries);
    assert_eq!(report.entries, artifacts.len() as u64, "a record and its audit entry happen together");
}
