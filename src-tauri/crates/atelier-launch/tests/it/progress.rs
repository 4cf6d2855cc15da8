use alloy::primitives::B256;
use atelier_launch::{Event, LaunchPlan, Progress, StepState};

use crate::world::input;

const SENT: Event = Event::Sent { transaction: B256::repeat_byte(1) };
const INCLUDED: Event = Event::Included {
    transaction: B256::repeat_byte(1),
    block_number: 7,
    block_hash: B256::repeat_byte(7),
    gas_used: 21_000,
};

fn progress() -> Progress {
    Progress::of(&LaunchPlan::build(&input()).expect("it is a plan"))
}

#[test]
fn a_launch_runs_to_its_end() {
    let mut progress = progress();
    while let Some(index) = progress.next() {
        let id = progress.steps[index].id.clone();
        for event in [SENT, INCLUDED, Event::Finalised] {
            progress.apply(&id, event).unwrap_or_else(|error| panic!("{error}"));
        }
    }
    assert!(progress.is_done());
    let stored = serde_json::to_vec(&progress).expect("it serialises");
    let read: Progress = serde_json::from_slice(&stored).expect("it is readable");
    assert_eq!(read, progress, "a stored launch is the same launch");
}

#[test]
fn a_reorganisation_opens_a_step_again_and_keeps_its_transaction() {
    let mut progress = progress();
    for event in [SENT, INCLUDED, Event::Reorganised] {
        progress.apply("create-drop", event).expect("it may happen");
    }
    let step = &progress.steps[2];
    assert_eq!((step.state, step.block), (StepState::Sent, None));
    assert_eq!(step.transaction, Some(B256::repeat_byte(1)), "the same bytes are sent again");
    progress.apply("create-drop", INCLUDED).expect("and included again");
    progress.apply("create-drop", INCLUDED).expect("saying it twice, as after a restart, does no harm");
}

#[test]
fn a_failed_step_holds_everything_behind_it() {
    let mut progress = progress();
    progress.apply("deploy-implementation", SENT).expect("it is sent");
    progress.apply("deploy-implementation", Event::Reverted).expect("it reverts");
    assert_eq!(progress.next(), None, "nothing is sent over a failure");
    progress.apply("deploy-implementation", Event::Retried).expect("a person decides");
    assert_eq!(progress.next(), Some(0));
    progress.apply("deploy-implementation", Event::FoundDone).expect("it was there all along");
    assert_eq!(progress.next(), Some(1));
}

#[test]
fn what_cannot_happen_is_refused_and_changes_nothing() {
    for (events, refused) in [
        (vec![], INCLUDED),
        (vec![], Event::Finalised),
        (vec![], Event::Reverted),
        (vec![SENT], Event::Reorganised),
        (vec![SENT], Event::Retried),
        (vec![SENT, INCLUDED], SENT),
        (vec![SENT, INCLUDED, Event::Finalised], SENT),
        (vec![SENT, INCLUDED, Event::Finalised], Event::Reorganised),
        (vec![SENT, INCLUDED, Event::Finalised], Event::Reverted),
    ] {
        let mut progress = progress();
        for event in events {
            progress.apply("freeze", event).expect("it may happen");
        }
        let before = progress.clone();
        let error = progress.apply("freeze", refused).expect_err("it cannot happen");
        assert_eq!(error.code(), "LAUNCH-OUT-OF-TURN", "{error}");
        assert_eq!(progress, before, "{refused:?} left everything as it was");
    }
    let error = progress().apply("batch-99", SENT).expect_err("there is no such step");
    assert_eq!(error.code(), "LAUNCH-UNKNOWN-STEP");
}
