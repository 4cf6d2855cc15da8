//! Two layers at a time: do the rules leave every trait enough partners?
//!
//! For layers A and B, writing *x(a, b)* for the number of tokens that wear both, the rows must add up to A's counts,
//! the columns to B's, and *x* is zero where a rule forbids the pair. That is a transport problem: a maximum flow
//! smaller than the supply proves that there is no plan, and its minimum cut names the traits without room.

use super::Question;
use crate::rule::RuleKind;
use crate::solve::conflict::Conflict;
use crate::solve::masks::{CompiledRule, Side};

/// Pairs of picks beyond which a table is not worth its time.
const LARGEST_TABLE: usize = 40_000;

pub(super) fn pairs(question: &Question<'_>) -> Option<Conflict> {
    let layers = question.counts.len();
    (0..layers).find_map(|a| ((a + 1)..layers).find_map(|b| Table::new(question, a, b)?.conflict()))
}

struct Table<'a> {
    question: &'a Question<'a>,
    a: usize,
    b: usize,
    /// Rules that forbid a pair of these two layers.
    rules: Vec<&'a CompiledRule>,
}

impl<'a> Table<'a> {
    /// `None` when no rule connects the two layers, or the table is too large.
    fn new(question: &'a Question<'a>, a: usize, b: usize) -> Option<Self> {
        if question.picks(a).len() * question.picks(b).len() > LARGEST_TABLE {
            return None;
        }
        let rules: Vec<_> = question
            .rules
            .iter()
            .filter(|rule| {
                !matches!(rule.kind, RuleKind::AtMost(_))
                    && rule.layers.contains(&a)
                    && rule.layers.contains(&b)
            })
            .collect();
        (!rules.is_empty()).then_some(Self { question, a, b, rules })
    }

    fn allowed(&self, pick_a: usize, pick_b: usize) -> bool {
        !self.rules.iter().any(|rule| self.forbids(rule, pick_a, pick_b))
    }

    /// Whether this rule alone makes the pair impossible, whatever the other layers hold.
    fn forbids(&self, rule: &CompiledRule, pick_a: usize, pick_b: usize) -> bool {
        let has = |side: &Side| side.contains(self.a, pick_a) || side.contains(self.b, pick_b);
        match rule.kind {
            RuleKind::Forbid => has(&rule.traits) && has(&rule.with),
            RuleKind::OnlyWith => {
                let elsewhere = rule.with.0.iter().any(|(layer, _)| *layer != self.a && *layer != self.b);
                has(&rule.traits) && !has(&rule.with) && !elsewhere
            }
            RuleKind::AtMost(_) => false,
        }
    }

    fn conflict(&self) -> Option<Conflict> {
        let question = self.question;
        let rows: Vec<u64> =
            question.picks(self.a).map(|pick| u64::from(question.count(self.a, pick))).collect();
        let columns: Vec<u64> =
            question.picks(self.b).map(|pick| u64::from(question.count(self.b, pick))).collect();
        // One trait alone makes the clearest sentence: try those first, from both sides.
        for (pick, &needed) in rows.iter().enumerate() {
            let room = |other: usize| self.allowed(pick, other);
            if needed > sum_where(&columns, room) {
                return Some(self.no_room(self.a, &[pick], self.b, room));
            }
        }
        for (pick, &needed) in columns.iter().enumerate() {
            let room = |other: usize| self.allowed(other, pick);
            if needed > sum_where(&rows, room) {
                return Some(self.no_room(self.b, &[pick], self.a, room));
            }
        }
        let reached = unserved(&rows, &columns, |row, column| self.allowed(row, column))?;
        let needs: Vec<usize> = (0..rows.len()).filter(|&row| reached[row] && rows[row] > 0).collect();
        Some(
            self.no_room(self.a, &needs, self.b, |column| needs.iter().any(|&row| self.allowed(row, column))),
        )
    }

    fn no_room(&self, of: usize, needs: &[usize], over: usize, room: impl Fn(usize) -> bool) -> Conflict {
        let question = self.question;
        let live = |pick: &usize| question.count(over, *pick) > 0;
        let (inside, outside): (Vec<usize>, Vec<usize>) =
            question.picks(over).filter(live).partition(|&pick| room(pick));
        let says_so = |rule: &&&CompiledRule| {
            needs.iter().any(|&need| {
                outside.iter().any(|&other| {
                    let (a, b) = if of == self.a { (need, other) } else { (other, need) };
                    self.forbids(rule, a, b)
                })
            })
        };
        let needs: Vec<_> = needs.iter().map(|&pick| question.share(of, pick)).collect();
        let room: Vec<_> = inside.iter().map(|&pick| question.share(over, pick)).collect();
        Conflict::NoRoom {
            needed: needs.iter().map(|share| u64::from(share.count)).sum(),
            available: room.iter().map(|share| u64::from(share.count)).sum(),
            rules: self.rules.iter().filter(says_so).map(|rule| question.sentence(rule)).collect(),
            needs,
            room,
        }
    }
}

fn sum_where(counts: &[u64], include: impl Fn(usize) -> bool) -> u64 {
    counts.iter().enumerate().filter(|(index, _)| include(*index)).map(|(_, count)| count).sum()
}

/// Fills the table as far as it goes (augmenting paths, breadth first). `None` when every row is served; otherwise the
/// rows on the short side of a minimum cut.
fn unserved(rows: &[u64], columns: &[u64], allowed: impl Fn(usize, usize) -> bool) -> Option<Vec<bool>> {
    let (n, m) = (rows.len(), columns.len());
    let mut flow = vec![0_u64; n * m];
    let mut row_left = rows.to_vec();
    let mut column_left = columns.to_vec();
    loop {
        // Who was reached from where: rows are 0..n, columns n..n+m.
        let mut from = vec![None; n + m];
        let mut queue: Vec<usize> = (0..n).filter(|&row| row_left[row] > 0).collect();
        if queue.is_empty() {
            return None;
        }
        let mut reached = vec![false; n + m];
        queue.iter().for_each(|&row| reached[row] = true);
        let mut head = 0;
        let mut end = None;
        while let (None, Some(&node)) = (end, queue.get(head)) {
            head += 1;
            if node < n {
                for column in (0..m).filter(|&column| allowed(node, column)) {
                    if !reached[n + column] {
                        reached[n + column] = true;
                        from[n + column] = Some(node);
                        queue.push(n + column);
                    }
                }
            } else if column_left[node - n] > 0 {
                end = Some(node);
            } else {
                for row in (0..n).filter(|&row| flow[row * m + node - n] > 0) {
                    if !reached[row] {
                        reached[row] = true;
                        from[row] = Some(node);
                        queue.push(row);
                    }
                }
            }
        }
        let Some(end) = end else {
            reached.truncate(n);
            return Some(reached);
        };
        // How much fits along the path, then push it.
        let mut amount = column_left[end - n];
        let mut node = end;
        while let Some(before) = from[node] {
            if before >= n {
                amount = amount.min(flow[node * m + before - n]);
            }
            node = before;
        }
        amount = amount.min(row_left[node]);
        row_left[node] -= amount;
        column_left[end - n] -= amount;
        let mut node = end;
        while let Some(before) = from[node] {
            if before < n {
                flow[before * m + node - n] += amount;
            } else {
                flow[node * m + before - n] -= amount;
            }
            node = before;
        }
    }
}
