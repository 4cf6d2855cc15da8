use atelier_storage::policy::Policy;
use atelier_storage::{FetchFailure, Kind, Proof};

const MANIFEST: [u8; 32] = [9; 32];

fn proof(target: &str) -> Proof {
    Proof {
        target: target.into(),
        kind: Kind::Kubo,
        manifest_sha256: hex::encode(MANIFEST),
        files_proven: 3,
        files_asked: 3,
        files_total: 3,
        bytes_proven: 30,
        failures: Vec::new(),
    }
}

#[test]
fn only_proven_copies_of_this_version_count() {
    let good = proof("a");
    let mut old = proof("b");
    old.manifest_sha256 = hex::encode([8; 32]);
    let mut failed = proof("c");
    let failure =
        FetchFailure { path: "images/1.png".into(), token: Some(1), code: "X".into(), reason: "lost".into() };
    failed.failures = vec![failure.clone(), failure];
    let mut partial = proof("d");
    partial.files_proven = 2;
    let mut nothing = proof("e");
    (nothing.files_proven, nothing.files_asked) = (0, 0);
    let targets = [
        ("a", Kind::Embedded, Some(&good)),
        ("b", Kind::Kubo, Some(&old)),
        ("c", Kind::Kubo, Some(&failed)),
        ("d", Kind::Kubo, Some(&partial)),
        ("e", Kind::Kubo, Some(&nothing)),
        ("f", Kind::Kubo, None),
    ];
    let verdict = Policy { copies: 1, one_permanent: false }.judge(MANIFEST, targets);
    assert!(verdict.met, "one is enough");
    assert_eq!(verdict.proven, ["a"], "only one counts");
    let lacking: Vec<_> = verdict.lacking.iter().map(|lack| lack.target.as_str()).collect();
    assert_eq!(lacking, ["b", "c", "d", "e", "f"], "each other says why");
    assert_eq!(verdict.lacking[1].reason, "lost (1 more files failed)", "the reason is the node's");
    assert!(!Policy { copies: 2, one_permanent: false }.judge(MANIFEST, targets).met, "two are not there");
}

#[test]
fn one_target_is_one_copy_and_permanence_is_asked_for() {
    let (a, b) = (proof("a"), proof("b"));
    let twice = [("a", Kind::Kubo, Some(&a)), ("a", Kind::Kubo, Some(&a))];
    assert!(!Policy { copies: 2, one_permanent: false }.judge(MANIFEST, twice).met, "the same place twice");
    let borrowed = [("a", Kind::Kubo, Some(&b))];
    assert!(
        !Policy { copies: 1, one_permanent: false }.judge(MANIFEST, borrowed).met,
        "another target's proof"
    );
    let policy = Policy { copies: 1, one_permanent: true };
    assert!(policy.judge(MANIFEST, [("a", Kind::Kubo, Some(&a))]).permanent_missing, "a node may forget");
    assert!(policy.judge(MANIFEST, [("a", Kind::Arweave, Some(&a))]).met, "Arweave does not");
    assert!(!Policy { copies: 0, one_permanent: false }.judge(MANIFEST, []).met, "no copy is never enough");
}
