use atelier_collection::{Rarity, SolveOptions, solve};

use crate::world::small;

#[test]
fn scores_are_information_content_and_ranks_are_a_permutation() {
    let plan = solve(small().drop(), SolveOptions::default()).expect("solvable");
    let rarity = Rarity::of(&plan);
    for token in &plan.tokens {
        let bits: f64 = token
            .picks
            .iter()
            .zip(&plan.targets)
            .map(|(pick, counts)| {
                let count = pick.map_or(counts.none, |index| counts.traits[usize::from(index)]);
                (f64::from(plan.supply) / f64::from(count)).log2()
            })
            .sum();
        let ours = rarity.tokens[token.id as usize - 1];
        assert_eq!(ours.id, token.id, "by id");
        let millibits = ours.millibits() as f64;
        assert!(
            (bits * 1_000.0 - millibits).abs() < 2.0,
            "token {}: {bits} bits, {millibits} millibits",
            token.id
        );
    }
    let mut order = rarity.tokens;
    order.sort_by_key(|token| token.rank);
    for (index, pair) in order.windows(2).enumerate() {
        assert_eq!(pair[0].rank as usize, index + 1, "ranks are 1, 2, 3, …");
        let by_score_then_id =
            (std::cmp::Reverse(pair[0].score), pair[0].id) < (std::cmp::Reverse(pair[1].score), pair[1].id);
        assert!(by_score_then_id, "rarer first, equal scores by id");
    }
}
