//! The solver: exact counts, no rule broken, no combination twice.
//!
//! # The problem
//! Given, for each layer, how many of the *n* tokens wear each trait (these add up to *n*), find an assignment in which
//! every rule holds and no two tokens agree on all of the unique layers.
//!
//! # The method
//! 1. **Checks** that cost little prove many impossible requests impossible and name what collides ([`Conflict`]).
//! 2. **Shuffled columns**: each layer is a column holding every trait exactly as often as its count says, shuffled with
//!    the stream `shuffle/<attempt>/<layer id>`. From here on counts are exact by construction, because
//! 3. **repair** only exchanges two tokens' entries within one column. Take a token that breaks a rule, repeats a
//!    combination or is one too many for an at-most rule; try partners in one of the layers that matter; make the
//!    exchange that lowers the number of faults most (or at least does not raise it). Where nothing helps, all partners
//!    are tried, and now and then a step uphill is taken. The numbers come from the stream `repair/<attempt>`.
//! 4. Effort is bounded by counted exchanges, never by time, so the outcome is the same on a slow machine. When an
//!    attempt runs out, the next starts from fresh columns; after the last the answer is [`CollectionError::Stuck`],
//!    which is *not* a proof that there is no plan.
//! 5. The finished plan is checked by [`crate::check_plan`], which shares no code with the repair.

mod conflict;
mod feasible;
mod masks;
mod repair;

use std::ops::ControlFlow;

pub use conflict::{Conflict, Share};

use crate::check::check_plan;
use crate::drop::{Drop, MAX_SUPPLY};
use crate::error::CollectionError;
use crate::plan::{LayerCounts, LayerKey, Plan, Token};
use crate::random::Seed;
use crate::target;
use masks::CompiledRule;
use repair::Repair;

const ATTEMPTS: u32 = 4;

/// How to plan.
#[derive(Default)]
pub struct SolveOptions<'a> {
    /// Plan this many tokens instead of the drop's supply.
    pub supply: Option<u32>,
    /// Use this seed text instead of the drop's.
    pub seed: Option<String>,
    /// Exchanges that each attempt may try; the default grows with the supply.
    pub effort: Option<u64>,
    /// Told how far it is, a few hundred times a second at most; `Break` stops the work.
    pub progress: Option<&'a mut dyn FnMut(Progress) -> ControlFlow<()>>,
}

/// How far the solver is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// What it is doing.
    pub stage: Stage,
    /// Which attempt, from 1.
    pub attempt: u32,
    /// Faults left to repair.
    pub left: u64,
}

/// What the solver is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Looking for contradictions.
    Checking,
    /// Exchanging traits between tokens.
    Repairing,
    /// Checking the result.
    Proving,
}

/// Plans a drop.
///
/// # Errors
/// [`CollectionError::SupplyOutOfRange`], [`CollectionError::ImpossibleTarget`], [`CollectionError::Infeasible`] with
/// what collides, [`CollectionError::Stuck`], [`CollectionError::Cancelled`].
pub fn solve(drop: &Drop, options: SolveOptions<'_>) -> Result<Plan, CollectionError> {
    let SolveOptions { supply, seed, effort, mut progress } = options;
    let supply = supply.unwrap_or(drop.supply);
    if supply == 0 || supply > MAX_SUPPLY {
        return Err(CollectionError::SupplyOutOfRange { supply });
    }
    if drop.layers.is_empty() {
        return Err(CollectionError::NoLayers);
    }
    let seed = Seed::from_text(seed.as_deref().unwrap_or(&drop.seed));
    let mut tell = |update: Progress| match progress.as_mut().map(|hook| hook(update)) {
        Some(ControlFlow::Break(())) => Err(CollectionError::Cancelled),
        Some(ControlFlow::Continue(())) | None => Ok(()),
    };

    tell(Progress { stage: Stage::Checking, attempt: 1, left: 0 })?;
    let counts = target::resolve(drop, supply)?;
    let rules = masks::compile(drop)?;
    let unique = masks::unique_layers(drop)?;
    feasible::check(drop, supply, &counts, &rules, &unique)?;

    let effort = effort.unwrap_or(100_000 + 400 * u64::from(supply));
    let mut best = (u64::MAX, u64::MAX);
    for attempt in 1..=ATTEMPTS {
        let mut repair = Repair::new(shuffled(drop, &counts, seed, attempt), &rules, &unique, &counts);
        let mut stream = seed.stream(&format!("repair/{attempt}"));
        let done = repair.run(&mut stream, effort, &mut |left| {
            tell(Progress { stage: Stage::Repairing, attempt, left })
        })?;
        if done {
            tell(Progress { stage: Stage::Proving, attempt, left: 0 })?;
            let plan =
                Plan::new(seed, drop.layers.iter().map(LayerKey::from).collect(), repair.into_tokens())?;
            check_plan(drop, &plan)?;
            return Ok(plan);
        }
        let faults = repair.faults();
        if faults.0 + faults.1 < best.0.saturating_add(best.1) {
            best = faults;
        }
    }
    Err(CollectionError::Stuck { attempts: ATTEMPTS, broken_rules: best.0, duplicates: best.1 })
}

/// One column per layer: every pick as often as its count says, in random order. A pick is 0 for none, else the trait's
/// index plus 1.
fn shuffled(drop: &Drop, counts: &[LayerCounts], seed: Seed, attempt: u32) -> Vec<Vec<u16>> {
    drop.layers
        .iter()
        .zip(counts)
        .map(|(layer, counts)| {
            let mut column = Vec::new();
            for (pick, count) in (0..).zip(std::iter::once(&counts.none).chain(&counts.traits)) {
                column.resize(column.len() + *count as usize, pick);
            }
            seed.stream(&format!("shuffle/{attempt}/{}", layer.id)).shuffle(&mut column);
            column
        })
        .collect()
}

fn token(id: u32, row: &[u16]) -> Token {
    Token { id, picks: row.iter().map(|pick| pick.checked_sub(1)).collect() }
}
