use std::fmt::Write as _;

use serde_json::Value;

/// Canonical JSON (RFC 8785) of a value that holds no fractions: keys sorted, no spaces. Sorted here, because
/// the order of a `serde_json` map depends on features that other crates switch on.
pub(crate) fn to_string(value: &Value) -> String {
    let mut out = String::new();
    write(value, &mut out);
    out
}

fn write(value: &Value, out: &mut String) {
    match value {
        Value::Object(fields) => {
            let mut sorted: Vec<_> = fields.iter().collect();
            // All keys are ASCII, where byte order is UTF-16 order.
            sorted.sort_by_key(|(key, _)| key.as_str());
            out.push('{');
            for (index, (key, value)) in sorted.into_iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write(&Value::String(key.clone()), out);
                out.push(':');
                write(value, out);
            }
            out.push('}');
        }
        Value::Array(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write(item, out);
            }
            out.push(']');
        }
        // serde_json escapes strings exactly as RFC 8785 does, and integers have one form.
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            write!(out, "{value}").expect("writing to a string cannot fail");
        }
    }
}
