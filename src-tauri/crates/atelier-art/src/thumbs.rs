//! Small pictures: two sizes per token for the grid, a 16 px cell for its instant placeholder, and cut-outs of traits.
//!
//! Opaque pictures become JPEG at quality 85, the format a webview decodes fastest at this size; pictures with
//! transparency become lossless WebP, so that they sit on whatever is behind them in either theme. 128 px and 256 px
//! are stored apart, because scaling one from the other while scrolling costs more than reading it.

mod make;
mod pack;

pub use make::{Thumb, trait_thumb};
pub use pack::{CELLS_PER_PAGE, ThumbPack, ThumbSize};

pub(crate) use make::{CELL_BYTES, Maker, Thumbs, fit};
pub(crate) use pack::{Source, write_pack};
