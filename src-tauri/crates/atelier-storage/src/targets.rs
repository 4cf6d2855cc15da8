//! The places a bundle can be stored.

mod embedded;
mod kubo;

pub use embedded::EmbeddedTarget;
pub use kubo::KuboTarget;
