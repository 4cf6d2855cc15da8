//! What collides, in words and numbers.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Something with the number of tokens it takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// The layer's name.
    pub layer: String,
    /// The trait's name, or "None".
    pub name: String,
    /// Tokens.
    pub count: u32,
}

/// A proof that no plan exists: the targets and rules named here are enough to rule one out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Conflict {
    /// There are fewer different combinations than tokens.
    TooFewCombinations {
        /// Tokens wanted.
        supply: u32,
        /// Combinations that the rules and targets allow (at most).
        combinations: u64,
        /// Names of the layers over which they must differ.
        layers: Vec<String>,
        /// Sentences of the rules that were counted in.
        rules: Vec<String>,
    },
    /// One trait is on more tokens than there are different combinations with it.
    TooFewCombinationsWith {
        /// The trait and its target.
        share: Share,
        /// Combinations that hold it (at most).
        combinations: u64,
        /// Names of the layers over which they must differ.
        layers: Vec<String>,
        /// Sentences of the rules that were counted in.
        rules: Vec<String>,
    },
    /// The traits in `needs` can only be worn together with those in `room`, which are on fewer tokens.
    NoRoom {
        /// Traits of one layer and their targets.
        needs: Vec<Share>,
        /// Sum of the targets in `needs`.
        needed: u64,
        /// All traits of another layer that the rules leave for them.
        room: Vec<Share>,
        /// Sum of the targets in `room`.
        available: u64,
        /// Sentences of the rules that say so.
        rules: Vec<String>,
    },
    /// The two sides of a rule need more tokens than it leaves.
    RuleBroken {
        /// The rule's sentence.
        rule: String,
        /// Tokens that have its first side, at least.
        traits: u64,
        /// Tokens that have its second side: at least for forbid and at-most rules, at most for only-with rules.
        with: u64,
        /// Tokens that will be at fault, at least.
        too_many: u64,
    },
}

impl fmt::Display for Conflict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooFewCombinations { supply, combinations, layers, rules } => {
                write!(
                    f,
                    "{} must all differ over {}, but only {} exist{}. Lower the supply to {combinations}, or add traits.",
                    tokens(u64::from(*supply)),
                    joined(layers, "and"),
                    plural(*combinations, "combination"),
                    under(rules),
                )
            }
            Self::TooFewCombinationsWith { share, combinations, layers, rules } => write!(
                f,
                "{} on {} that must all differ over {}, but only {} with it exist{}. Lower {} to {combinations}.",
                share.name,
                tokens(u64::from(share.count)),
                joined(layers, "and"),
                plural(*combinations, "combination"),
                under(rules),
                share.name,
            ),
            Self::NoRoom { needs, needed, room, available, rules } => {
                let names = |shares: &[Share]| {
                    let names: Vec<String> = shares.iter().map(|share| share.name.clone()).collect();
                    joined(&names, "and")
                };
                write!(
                    f,
                    "{} on {}, and {}, which ",
                    names(needs),
                    tokens(*needed),
                    joined_sentences(rules)
                )?;
                let leaves = if rules.len() > 1 { "leave" } else { "leaves" };
                if room.is_empty() {
                    write!(f, "{leaves} no token for it")?;
                } else {
                    write!(f, "{leaves} {} ({})", tokens(*available), names(room))?;
                }
                write!(f, ": {} too many.", needed.saturating_sub(*available))
            }
            Self::RuleBroken { rule, traits, with, too_many } => write!(
                f,
                "the rule “{rule}” and the targets of its traits: {} on its first side, {} on its second. {} too many.",
                tokens(*traits),
                tokens(*with),
                tokens(*too_many),
            ),
        }
    }
}

fn tokens(count: u64) -> String {
    plural(count, "token")
}

/// "1,234 tokens"
fn plural(count: u64, noun: &str) -> String {
    let digits = count.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("{grouped} {noun}{}", if count == 1 { "" } else { "s" })
}

fn under(rules: &[String]) -> String {
    if rules.is_empty() { String::new() } else { format!(" under {}", joined_sentences(rules)) }
}

fn joined_sentences(rules: &[String]) -> String {
    let quoted: Vec<String> = rules.iter().map(|rule| format!("“{rule}”")).collect();
    joined(&quoted, "and")
}

fn joined(items: &[String], word: &str) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [head @ .., last] => format!("{} {word} {last}", head.join(", ")),
    }
}
