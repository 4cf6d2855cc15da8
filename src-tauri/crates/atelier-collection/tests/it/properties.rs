//! Random small drops: a plan that holds, or a typed refusal; a proof is never wrong.

use std::collections::BTreeSet;

use atelier_collection::{
    Account, Art, Blend, CollectionError, Drop, Launch, Layer, MetadataTemplates, PickRef, Preset, Royalty,
    Rule, RuleKind, SolveOptions, Storage, Target, Trait, TraitRef, check_plan, solve, target,
};
use proptest::prelude::{
    Just, ProptestConfig, Strategy, any, prop, prop_assert, prop_assert_eq, prop_oneof, proptest,
};

fn reference(layers: Vec<(usize, bool)>) -> impl Strategy<Value = TraitRef> {
    (0..layers.len()).prop_flat_map(move |layer| {
        let (traits, optional) = layers[layer];
        let one = (0..traits).prop_map(|index| PickRef::One(format!("t{index}")));
        let pick = if optional {
            prop_oneof![4 => one, 1 => Just(PickRef::Any), 1 => Just(PickRef::None)].boxed()
        } else {
            prop_oneof![6 => one, 1 => Just(PickRef::Any)].boxed()
        };
        pick.prop_map(move |pick| TraitRef { layer: format!("l{layer}"), pick })
    })
}

fn drops() -> impl Strategy<Value = Drop> {
    let layer = (prop::collection::vec(0_u32..6, 1..4), prop::option::of(0_u32..4));
    (prop::collection::vec(layer, 1..4), 1_u32..9, any::<u16>()).prop_flat_map(|(shapes, supply, seed)| {
        let sizes: Vec<(usize, bool)> =
            shapes.iter().map(|(traits, none)| (traits.len(), none.is_some())).collect();
        let side = prop::collection::vec(reference(sizes), 1..3).boxed();
        let kind = prop_oneof![
            2 => Just(RuleKind::Forbid),
            2 => Just(RuleKind::OnlyWith),
            1 => (0_u32..3).prop_map(RuleKind::AtMost)
        ];
        let rules = prop::collection::vec((kind, side.clone(), side), 0..4);
        let unique = prop::collection::vec(any::<bool>(), shapes.len());
        (Just(shapes), Just(supply), Just(seed), rules, unique)
            .prop_map(|(shapes, supply, seed, rules, unique)| drop_of(&shapes, supply, seed, rules, &unique))
    })
}

fn drop_of(
    shapes: &[(Vec<u32>, Option<u32>)],
    supply: u32,
    seed: u16,
    rules: Vec<(RuleKind, Vec<TraitRef>, Vec<TraitRef>)>,
    unique: &[bool],
) -> Drop {
    let layers: Vec<Layer> = shapes
        .iter()
        .enumerate()
        .map(|(at, (weights, none))| Layer {
            id: format!("l{at}"),
            name: format!("L{at}"),
            folder: format!("l{at}"),
            blend: Blend::Normal,
            none: none.map(Target::Weight),
            traits: weights
                .iter()
                .enumerate()
                .map(|(index, weight)| Trait {
                    id: format!("t{index}"),
                    name: format!("T{at}{index}"),
                    file: format!("{index}.png"),
                    target: Target::Weight(*weight),
                })
                .collect(),
        })
        .collect();
    let mut unique_layers: Vec<String> =
        layers.iter().zip(unique).filter(|(_, unique)| **unique).map(|(layer, _)| layer.id.clone()).collect();
    if unique_layers.is_empty() {
        unique_layers = layers.iter().map(|layer| layer.id.clone()).collect();
    }
    Drop {
        name: "P".into(),
        symbol: "P".into(),
        description: String::new(),
        supply,
        seed: seed.to_string(),
        art: Art { width: 1, height: 1, preset: Preset::Balanced, background: None },
        unique_layers,
        layers,
        rules: rules
            .into_iter()
            .enumerate()
            .map(|(index, (kind, traits, with))| Rule { id: format!("r{index}"), kind, traits, with })
            .collect(),
        metadata: MetadataTemplates {
            name: "{id}".into(),
            description: String::new(),
            external_url: None,
            background_color: None,
        },
        royalty: Royalty { basis_points: 0, receiver: Account::Deployer },
        launch: Launch {
            batch_size: 1,
            batched: 0,
            vouchers: 0,
            recipient: Account::Deployer,
            freeze: false,
        },
        storage: Storage { copies: 1, targets: vec!["embedded".into()], described: Vec::new() },
    }
}

/// Whether a plan exists at all, by trying every assignment in turn (token by token, cutting off early).
struct BruteForce<'a> {
    drop: &'a Drop,
    left: Vec<Vec<u32>>,
    rows: Vec<Vec<usize>>,
    steps: u64,
}

impl BruteForce<'_> {
    fn possible(drop: &Drop) -> Option<bool> {
        let left = target::resolve(drop, drop.supply)
            .ok()?
            .into_iter()
            .map(|counts| std::iter::once(counts.none).chain(counts.traits).collect())
            .collect();
        let mut search = BruteForce { drop, left, rows: Vec::new(), steps: 0 };
        search.token(Vec::new())
    }

    /// `None` when the search takes too long to be a test.
    fn token(&mut self, row: Vec<usize>) -> Option<bool> {
        self.steps += 1;
        if self.steps > 200_000 {
            return None;
        }
        if self.rows.len() == self.drop.supply as usize {
            return Some(true);
        }
        let layer = row.len();
        if layer == self.drop.layers.len() {
            // Tokens in ascending order: who is first does not matter, so each set is tried once.
            if self.rows.last().is_some_and(|last| *last > row) || !self.fits(&row) {
                return Some(false);
            }
            self.rows.push(row);
            let found = self.token(Vec::new());
            self.rows.pop();
            return found;
        }
        for pick in 0..self.left[layer].len() {
            if self.left[layer][pick] == 0 {
                continue;
            }
            self.left[layer][pick] -= 1;
            let mut next = row.clone();
            next.push(pick);
            let found = self.token(next);
            self.left[layer][pick] += 1;
            if found != Some(false) {
                return found;
            }
        }
        Some(false)
    }

    fn fits(&self, row: &[usize]) -> bool {
        let unique: Vec<usize> =
            (0..row.len()).filter(|&at| self.drop.unique_layers.contains(&self.drop.layers[at].id)).collect();
        let key = |row: &[usize]| unique.iter().map(|&at| row[at]).collect::<Vec<_>>();
        if self.rows.iter().any(|other| key(other) == key(row)) {
            return false;
        }
        self.drop.rules.iter().all(|rule| {
            let (traits, with) = (has(row, &rule.traits), has(row, &rule.with));
            match rule.kind {
                RuleKind::Forbid => !(traits && with),
                RuleKind::OnlyWith => !traits || with,
                RuleKind::AtMost(limit) => {
                    let both =
                        self.rows.iter().filter(|row| has(row, &rule.traits) && has(row, &rule.with)).count();
                    both + usize::from(traits && with) <= limit as usize
                }
            }
        })
    }
}

fn has(row: &[usize], side: &[TraitRef]) -> bool {
    side.iter().any(|reference| {
        let layer: usize = reference.layer[1..].parse().expect("a number");
        match &reference.pick {
            PickRef::Any => row[layer] > 0,
            PickRef::None => row[layer] == 0,
            PickRef::One(id) => row[layer] == id[1..].parse::<usize>().expect("a number") + 1,
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_plan_that_holds_or_a_typed_refusal(drop in drops()) {
        match solve(&drop, SolveOptions { effort: Some(20_000), ..SolveOptions::default() }) {
            Ok(plan) => {
                prop_assert_eq!(check_plan(&drop, &plan), Ok(()), "the second opinion agrees");
                let rows: Vec<Vec<usize>> = plan.tokens.iter()
                    .map(|token| token.picks.iter().map(|pick| pick.map_or(0, |pick| usize::from(pick) + 1)).collect())
                    .collect();
                let mut search = BruteForce { drop: &drop, left: Vec::new(), rows: Vec::new(), steps: 0 };
                for row in rows {
                    prop_assert!(search.fits(&row), "and so does a third: {row:?} after {:?}", search.rows);
                    search.rows.push(row);
                }
                let ids: BTreeSet<u32> = plan.tokens.iter().map(|token| token.id).collect();
                prop_assert_eq!(ids, (1..=drop.supply).collect(), "ids are 1..=supply");
            }
            Err(error @ CollectionError::Infeasible(_)) => {
                prop_assert!(BruteForce::possible(&drop) != Some(true), "a proof must not be wrong: {error}");
                prop_assert!(!error.to_string().is_empty(), "and says something");
            }
            Err(CollectionError::Stuck { .. }) => {
                // Stuck is allowed, but not where a plan is easy to find.
                prop_assert!(BruteForce::possible(&drop) != Some(true), "stuck where a plan exists");
            }
            Err(CollectionError::ImpossibleTarget { .. }) => {
                prop_assert!(target::resolve(&drop, drop.supply).is_err(), "the targets themselves do not add up");
            }
            Err(other) => prop_assert!(false, "not a planning error: {other}"),
        }
    }

    #[test]
    fn counts_always_add_up(weights in prop::collection::vec(0_u32..1_000_000, 1..30), supply in 1_u32..100_000) {
        let shapes = [(weights.clone(), None)];
        let drop = drop_of(&shapes, supply, 0, Vec::new(), &[true]);
        match target::resolve(&drop, supply) {
            Ok(counts) => {
                prop_assert_eq!(counts[0].traits.iter().sum::<u32>(), supply, "nothing is lost");
                let sum: u64 = weights.iter().copied().map(u64::from).sum();
                for (count, weight) in counts[0].traits.iter().zip(&weights) {
                    let floor = u64::from(supply) * u64::from(*weight) / sum;
                    prop_assert!((floor..=floor + 1).contains(&u64::from(*count)), "within one of the exact share");
                }
            }
            Err(_) => prop_assert!(weights.iter().all(|weight| *weight == 0), "only all-zero weights are refused"),
        }
    }
}
