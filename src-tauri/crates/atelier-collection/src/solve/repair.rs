//! Repair by exchanges within a column. Counts cannot change here; only who wears what.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::{CompiledRule, token};
use crate::error::CollectionError;
use crate::plan::{LayerCounts, Token};
use crate::random::Stream;
use crate::rule::RuleKind;

/// Partners tried per step before looking at all of them.
const SAMPLE: u32 = 64;
/// Fruitless steps before all partners are tried.
const PATIENCE: u32 = 8;
/// Steps between two calls of the progress hook.
const TELL_EVERY: u64 = 1_024;

pub(super) struct Repair<'a> {
    tokens: usize,
    layers: usize,
    /// Picks, one row of `layers` per token.
    rows: Vec<u16>,
    rules: &'a [CompiledRule],
    /// Positions in `rules` of the rules that look at a layer.
    rules_of: Vec<Vec<usize>>,
    /// What a layer's pick contributes to a combination's key; 0 where the layer does not count for uniqueness.
    strides: Vec<u128>,
    keys: Vec<u128>,
    /// How many tokens carry a key. Only ever looked up, never walked: its order must not matter.
    groups: HashMap<u128, u32, BuildHasherDefault<KeyHasher>>,
    /// Rules that each token breaks by itself.
    broken: Vec<u32>,
    broken_total: u64,
    duplicates: u64,
    /// For each rule, the tokens that an at-most rule counts (empty for other rules).
    members: Vec<Members>,
    /// Tokens that may be at fault; looked at again when drawn.
    queue: Vec<u32>,
    queued: Vec<bool>,
}

/// A set of tokens with constant-time insert, remove and draw, in an order that only the moves decide.
#[derive(Default)]
struct Members {
    list: Vec<u32>,
    /// Position in `list` plus one; 0 when absent.
    place: Vec<u32>,
}

impl Members {
    fn set(&mut self, token: usize, present: bool) {
        let place = self.place[token] as usize;
        if present && place == 0 {
            self.list.push(small(token));
            self.place[token] = small(self.list.len());
        } else if !present && place > 0 {
            self.list.swap_remove(place - 1);
            self.place[token] = 0;
            if let Some(&moved) = self.list.get(place - 1) {
                self.place[moved as usize] = small(place);
            }
        }
    }
}

#[derive(Clone, Copy)]
struct Exchange {
    partner: usize,
    layer: usize,
    delta: i64,
}

impl<'a> Repair<'a> {
    pub fn new(
        columns: Vec<Vec<u16>>,
        rules: &'a [CompiledRule],
        unique: &[usize],
        counts: &[LayerCounts],
    ) -> Self {
        let layers = columns.len();
        let tokens = columns.first().map_or(0, Vec::len);
        let mut rows = vec![0; tokens * layers];
        for (layer, column) in columns.iter().enumerate() {
            for (token, pick) in column.iter().enumerate() {
                rows[token * layers + layer] = *pick;
            }
        }
        drop(columns);
        let rules_of = (0..layers)
            .map(|layer| (0..rules.len()).filter(|&rule| rules[rule].layers.contains(&layer)).collect())
            .collect();
        let mut repair = Self {
            tokens,
            layers,
            rows,
            rules,
            rules_of,
            strides: strides(layers, unique, counts),
            keys: vec![0; tokens],
            groups: HashMap::with_capacity_and_hasher(tokens, BuildHasherDefault::default()),
            broken: vec![0; tokens],
            broken_total: 0,
            duplicates: 0,
            members: rules
                .iter()
                .map(|rule| match rule.kind {
                    RuleKind::AtMost(_) => Members { list: Vec::new(), place: vec![0; tokens] },
                    RuleKind::Forbid | RuleKind::OnlyWith => Members::default(),
                })
                .collect(),
            queue: Vec::new(),
            queued: vec![false; tokens],
        };
        for token in 0..tokens {
            let key = repair.row(token).iter().zip(&repair.strides).fold(0_u128, |key, (pick, stride)| {
                key.wrapping_add(u128::from(*pick).wrapping_mul(*stride))
            });
            repair.keys[token] = key;
            repair.join(token);
            repair.judge(token);
        }
        repair
    }

    /// Repairs until nothing is at fault (`true`) or `effort` exchanges were tried (`false`).
    pub fn run(
        &mut self,
        stream: &mut Stream,
        effort: u64,
        tell: &mut dyn FnMut(u64) -> Result<(), CollectionError>,
    ) -> Result<bool, CollectionError> {
        let mut tried = 0;
        let mut fruitless = 0;
        let mut step = 0_u64;
        while self.cost() > 0 {
            if step.is_multiple_of(TELL_EVERY) {
                tell(self.cost())?;
            }
            step += 1;
            if tried >= effort {
                return Ok(false);
            }
            tried += 1; // also when there is nobody to exchange with: a step is never free
            let Some(token) = self.draw(stream, step) else { continue };
            let layers = self.layers_that_matter(token);
            if layers.is_empty() {
                continue;
            }
            let thorough = self.tokens <= SAMPLE as usize + 1 || fruitless >= PATIENCE;
            let best = if thorough {
                self.best_of_all(token, &layers, stream, &mut tried)
            } else {
                let layer = layers[stream.below(small(layers.len())) as usize];
                self.best_of_sample(token, layer, stream, &mut tried)
            };
            match best {
                Some(exchange) if exchange.delta < 0 => {
                    self.exchange(token, exchange.partner, exchange.layer);
                    fruitless = 0;
                }
                // A level step costs nothing and may open a way; an uphill step only where all partners were tried.
                Some(exchange) if exchange.delta == 0 || (thorough && stream.below(4) == 0) => {
                    self.exchange(token, exchange.partner, exchange.layer);
                    fruitless = if thorough { 0 } else { fruitless + 1 };
                }
                Some(_) | None => fruitless = if thorough { 0 } else { fruitless + 1 },
            }
        }
        Ok(true)
    }

    /// Broken rules (an at-most rule counts once for each token too many) and tokens that repeat another.
    pub fn faults(&self) -> (u64, u64) {
        (self.broken_total + self.excess_total(), self.duplicates)
    }

    pub fn into_tokens(self) -> Vec<Token> {
        (1..).zip(self.rows.chunks(self.layers)).map(|(id, row)| token(id, row)).collect()
    }

    fn cost(&self) -> u64 {
        self.broken_total + self.duplicates + self.excess_total()
    }

    fn excess_total(&self) -> u64 {
        self.rules.iter().zip(&self.members).map(|(rule, members)| excess(rule, members.list.len())).sum()
    }

    fn row(&self, token: usize) -> &[u16] {
        &self.rows[token * self.layers..(token + 1) * self.layers]
    }

    /// Counts the token's combination, and queues it when it repeats another.
    fn join(&mut self, token: usize) {
        let count = self.groups.entry(self.keys[token]).or_insert(0);
        *count += 1;
        if *count > 1 && self.strides.iter().any(|stride| *stride != 0) {
            self.duplicates += 1;
            self.enqueue(token);
        }
    }

    fn leave(&mut self, token: usize) {
        if let Some(count) = self.groups.get_mut(&self.keys[token]) {
            *count -= 1;
            if *count == 0 {
                self.groups.remove(&self.keys[token]);
            } else {
                self.duplicates = self.duplicates.saturating_sub(1);
            }
        }
    }

    /// Brings `broken` and `members` up to date for one token, and queues it when it breaks a rule.
    fn judge(&mut self, token: usize) {
        let mut broken = 0;
        for (index, rule) in self.rules.iter().enumerate() {
            let row = &self.rows[token * self.layers..(token + 1) * self.layers];
            match rule.kind {
                RuleKind::AtMost(_) => self.members[index].set(token, rule.both(row)),
                RuleKind::Forbid | RuleKind::OnlyWith => broken += u32::from(rule.broken_by(row)),
            }
        }
        self.broken_total = self.broken_total + u64::from(broken) - u64::from(self.broken[token]);
        self.broken[token] = broken;
        if broken > 0 {
            self.enqueue(token);
        }
    }

    fn enqueue(&mut self, token: usize) {
        if !self.queued[token] {
            self.queued[token] = true;
            self.queue.push(small(token));
        }
    }

    fn repeats(&self, token: usize) -> bool {
        self.duplicates > 0 && self.groups.get(&self.keys[token]).is_some_and(|count| *count > 1)
    }

    /// A token at fault. Every other step looks at at-most rules first, so that neither kind waits for the other.
    fn draw(&mut self, stream: &mut Stream, step: u64) -> Option<usize> {
        if step.is_multiple_of(2)
            && let Some(token) = self.draw_excess(stream)
        {
            return Some(token);
        }
        while !self.queue.is_empty() {
            let at = stream.below(small(self.queue.len())) as usize;
            let token = self.queue[at] as usize;
            if self.broken[token] > 0 || self.repeats(token) {
                return Some(token);
            }
            self.queue.swap_remove(at);
            self.queued[token] = false;
        }
        self.draw_excess(stream)
    }

    fn draw_excess(&self, stream: &mut Stream) -> Option<usize> {
        let over = |index: &usize| excess(&self.rules[*index], self.members[*index].list.len()) > 0;
        let index = (0..self.rules.len()).find(over)?;
        let list = &self.members[index].list;
        Some(list[stream.below(small(list.len())) as usize] as usize)
    }

    /// The layers in which an exchange could help this token, ascending.
    fn layers_that_matter(&self, token: usize) -> Vec<usize> {
        let row = self.row(token);
        let mut layers = Vec::new();
        for (rule, members) in self.rules.iter().zip(&self.members) {
            if rule.broken_by(row) || (excess(rule, members.list.len()) > 0 && rule.both(row)) {
                layers.extend(&rule.layers);
            }
        }
        if self.repeats(token) {
            layers.extend((0..self.layers).filter(|&layer| self.strides[layer] != 0));
        }
        layers.sort_unstable();
        layers.dedup();
        layers
    }

    fn best_of_sample(
        &mut self,
        token: usize,
        layer: usize,
        stream: &mut Stream,
        tried: &mut u64,
    ) -> Option<Exchange> {
        let mut best: Option<Exchange> = None;
        for _ in 0..SAMPLE {
            let partner = stream.below(small(self.tokens)) as usize;
            if let Some(delta) = self.delta(token, partner, layer) {
                *tried += 1;
                if best.is_none_or(|best| delta < best.delta) {
                    best = Some(Exchange { partner, layer, delta });
                }
            }
        }
        best
    }

    /// The best exchange with anybody in any of the layers; equals are drawn for, so that level steps do not circle.
    fn best_of_all(
        &mut self,
        token: usize,
        layers: &[usize],
        stream: &mut Stream,
        tried: &mut u64,
    ) -> Option<Exchange> {
        let mut best: Option<Exchange> = None;
        let mut equals = 0;
        for &layer in layers {
            for partner in 0..self.tokens {
                let Some(delta) = self.delta(token, partner, layer) else { continue };
                *tried += 1;
                match best {
                    Some(held) if delta > held.delta => {}
                    Some(held) if delta == held.delta => {
                        equals += 1;
                        if stream.below(equals) == 0 {
                            best = Some(Exchange { partner, layer, delta });
                        }
                    }
                    Some(_) | None => {
                        equals = 1;
                        best = Some(Exchange { partner, layer, delta });
                    }
                }
            }
        }
        best
    }

    /// By how much the faults would change; `None` where the exchange would change nothing.
    fn delta(&mut self, a: usize, b: usize, layer: usize) -> Option<i64> {
        let (at_a, at_b) = (a * self.layers + layer, b * self.layers + layer);
        let (pick_a, pick_b) = (self.rows[at_a], self.rows[at_b]);
        if pick_a == pick_b {
            return None;
        }
        let mut delta = self.duplicates_delta(a, b, layer, pick_a, pick_b);
        delta -= self.broken_in(a, layer) + self.broken_in(b, layer);
        self.rows.swap(at_a, at_b);
        delta += self.broken_in(a, layer) + self.broken_in(b, layer);
        for &index in &self.rules_of[layer] {
            let (rule, members) = (&self.rules[index], &self.members[index]);
            if matches!(rule.kind, RuleKind::AtMost(_)) {
                let before = usize::from(members.place[a] > 0) + usize::from(members.place[b] > 0);
                let after = usize::from(rule.both(self.row(a))) + usize::from(rule.both(self.row(b)));
                let now = members.list.len();
                delta += signed(excess(rule, now + after - before)) - signed(excess(rule, now));
            }
        }
        self.rows.swap(at_a, at_b);
        Some(delta)
    }

    /// Rules that look at `layer` and are broken by this token.
    fn broken_in(&self, token: usize, layer: usize) -> i64 {
        let row = self.row(token);
        self.rules_of[layer].iter().map(|&index| i64::from(self.rules[index].broken_by(row))).sum()
    }

    fn duplicates_delta(&self, a: usize, b: usize, layer: usize, pick_a: u16, pick_b: u16) -> i64 {
        let stride = self.strides[layer];
        if stride == 0 {
            return 0;
        }
        let moved = |key: u128, from: u16, to: u16| {
            key.wrapping_sub(u128::from(from).wrapping_mul(stride))
                .wrapping_add(u128::from(to).wrapping_mul(stride))
        };
        let (key_a, key_b) = (self.keys[a], self.keys[b]);
        let (new_a, new_b) = (moved(key_a, pick_a, pick_b), moved(key_b, pick_b, pick_a));
        let mut changes: [(u128, i64); 4] = [(0, 0); 4];
        let mut delta = 0;
        for (index, (key, by)) in [(key_a, -1), (key_b, -1), (new_a, 1), (new_b, 1)].into_iter().enumerate() {
            let held = i64::from(self.groups.get(&key).copied().unwrap_or(0));
            let changed: i64 =
                changes[..index].iter().filter(|change| change.0 == key).map(|change| change.1).sum();
            let count = held + changed;
            // Of `count` equal tokens, `count − 1` repeat another.
            delta += (count + by - 1).max(0) - (count - 1).max(0);
            changes[index] = (key, by);
        }
        delta
    }

    fn exchange(&mut self, a: usize, b: usize, layer: usize) {
        self.leave(a);
        self.leave(b);
        let (at_a, at_b) = (a * self.layers + layer, b * self.layers + layer);
        let (pick_a, pick_b) = (u128::from(self.rows[at_a]), u128::from(self.rows[at_b]));
        self.rows.swap(at_a, at_b);
        let stride = self.strides[layer];
        let by_a = pick_b.wrapping_sub(pick_a).wrapping_mul(stride);
        self.keys[a] = self.keys[a].wrapping_add(by_a);
        self.keys[b] = self.keys[b].wrapping_sub(by_a);
        self.join(a);
        self.join(b);
        self.judge(a);
        self.judge(b);
    }
}

/// Tokens too many for an at-most rule.
fn excess(rule: &CompiledRule, members: usize) -> u64 {
    match rule.kind {
        RuleKind::AtMost(limit) => u64::from(small(members).saturating_sub(limit)),
        RuleKind::Forbid | RuleKind::OnlyWith => 0,
    }
}

/// Mixed radix over the unique layers: equal keys mean equal combinations. Where that needs more than 128 bits the
/// strides wrap around and become odd multiples of a large odd constant; two different combinations then share a key
/// with a chance of about 2⁻¹²⁸, which would cost one needless exchange and nothing else.
fn strides(layers: usize, unique: &[usize], counts: &[LayerCounts]) -> Vec<u128> {
    const ODD: u128 = 0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835;
    let mut strides = vec![0; layers];
    let mut next = Some(1_u128);
    let mut wrapped = ODD;
    for &layer in unique {
        let radix = counts[layer].traits.len() as u128 + 1;
        match next {
            Some(stride) => {
                strides[layer] = stride;
                next = stride.checked_mul(radix);
            }
            None => {
                strides[layer] = wrapped;
                wrapped = wrapped.wrapping_mul(ODD);
            }
        }
    }
    strides
}

fn small(value: usize) -> u32 {
    u32::try_from(value).expect("tokens, layers and rules are limited far below 2^32")
}

fn signed(value: u64) -> i64 {
    i64::try_from(value).expect("a number of tokens fits 63 bits")
}

/// Multiplies and folds: keys are numbers of our own making, nobody can choose them to collide.
#[derive(Default)]
struct KeyHasher(u64);

impl Hasher for KeyHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0.rotate_left(5) ^ u64::from(*byte)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        }
    }

    fn write_u128(&mut self, value: u128) {
        let folded = (value as u64) ^ ((value >> 64) as u64).rotate_left(32); // both halves, deliberately truncated
        let product = u128::from(folded ^ self.0) * 0x9e37_79b9_7f4a_7c15;
        self.0 = (product as u64) ^ ((product >> 64) as u64);
    }
}
