//! Tokens become pictures here.
//!
//! The way through this crate:
//! - [`decode`] turns files from outside into pixels, in a child process that can do no harm, or says what is wrong
//!   with them;
//! - [`Stack`] says which files lie over one another (from a plan, with [`Stack::from_plan`]); [`LayerSet`] decodes
//!   each of them once, cut to what is visible, and composes any token at any size;
//! - [`render()`] writes all tokens of a plan to a folder, on all cores, with thumbnails in the same pass, and goes on
//!   where it was interrupted;
//! - [`thumbs`] keeps the small pictures the grid shows, in one file;
//! - [`encode_png`] makes the same bytes on every machine.
//!
//! Colours are 8-bit sRGB and are blended as a browser's canvas does it. Deliberately absent: colour management
//! (profiles are ignored), animation, SVG, and any network. Files are read and written only where the caller says.

mod composite;
pub mod decode;
mod encode;
mod error;
mod files;
mod layers;
mod picture;
mod render;
mod sprite;
pub mod thumbs;
mod work;

pub use encode::{encode_png, encoder_id};
pub use error::{ArtError, Problem};
pub use layers::{LayerSet, Stack, StackLayer};
pub use picture::Picture;
pub use render::{Control, RenderProgress, RenderReport, RenderedImage, image_path, render};
