use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The Metadata screen.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Metadata {
    /// Name template.
    pub name: String,
    /// Description template.
    pub description: String,
    /// External URL template; empty for none.
    pub external_url: String,
    /// The drop's own name, for the collection page.
    pub collection_name: String,
    /// The drop's description.
    pub collection_description: String,
    /// Token symbol.
    pub symbol: String,
    /// Royalty in percent, a decimal string.
    pub royalty_percent: String,
    /// Who receives it: `deployer` or an address.
    pub royalty_receiver: String,
    /// Variables a template may use, with what each gives.
    pub variables: Vec<(String, String)>,
    /// Real examples of this drop.
    pub examples: Vec<MetadataExample>,
    /// What the lint found, errors first.
    pub lint: Vec<LintFinding>,
    /// Findings in all (the list is cut at 500).
    pub lint_total: u32,
    /// The collection JSON (ERC-7572), canonical.
    pub collection_json: String,
}

/// A rendered example.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct MetadataExample {
    /// Token id.
    pub id: u32,
    /// Its JSON, indented for reading.
    pub json: String,
    /// Version of its picture, for `?v=`; empty where not rendered.
    pub version: String,
}

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum LintSeverity {
    /// A marketplace will show it wrong, or not at all.
    Error,
    /// Worth a look.
    Warning,
}

/// One finding with its fix.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct LintFinding {
    /// Stable code.
    pub code: String,
    /// How bad.
    pub severity: LintSeverity,
    /// The token; `None` for the collection or the template.
    pub token: Option<u32>,
    /// The field.
    pub field: String,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub fix: String,
}

/// Change templates; `None` leaves a field as it is.
#[derive(Clone, Debug, Default, Serialize, Deserialize, TS)]
pub struct MetadataEdit {
    /// Name template.
    pub name: Option<String>,
    /// Description template.
    pub description: Option<String>,
    /// External URL template.
    pub external_url: Option<String>,
    /// The drop's name.
    pub collection_name: Option<String>,
    /// The drop's description.
    pub collection_description: Option<String>,
    /// Token symbol.
    pub symbol: Option<String>,
    /// Royalty in percent, a decimal string.
    pub royalty_percent: Option<String>,
    /// `deployer` or an address.
    pub royalty_receiver: Option<String>,
}
