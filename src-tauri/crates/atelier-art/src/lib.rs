//! Tokens become pictures here.
//!
//! [`decode`] turns files from outside into pixels, in a child process that can do no harm, or says what is wrong with
//! them.

pub mod decode;
mod error;
mod picture;

pub use error::{ArtError, Problem};
pub use picture::Picture;
