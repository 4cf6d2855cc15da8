use std::path::Path;

use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};
use image::ExtendedColorType;
use image::codecs::jpeg::JpegEncoder;
use image::codecs::webp::WebPEncoder;

use super::pack::ThumbSize;
use crate::decode::Decoder;
use crate::error::ArtError;
use crate::picture::{Picture, is_opaque};
use crate::sprite::content;

/// Side of a placeholder cell in pixels.
pub(super) const CELL: u32 = 16;
/// Bytes of a placeholder cell: RGB.
pub(crate) const CELL_BYTES: usize = (CELL * CELL * 3) as usize;
/// Behind the transparent parts of a cell: a JPEG has no alpha, and the placeholder must suit both themes.
pub(super) const MAT: u8 = 0x80;
const QUALITY: u8 = 85;

/// A small picture, encoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thumb {
    /// The file's bytes.
    pub bytes: Vec<u8>,
    /// `image/jpeg` or `image/webp`.
    pub mime: &'static str,
}

impl Thumb {
    pub(super) fn new(bytes: Vec<u8>) -> Self {
        let mime = if bytes.starts_with(b"RIFF") { "image/webp" } else { "image/jpeg" };
        Self { bytes, mime }
    }
}

/// What the grid keeps of one token.
#[derive(Debug)]
pub(crate) struct Thumbs {
    /// [`CELL`] × [`CELL`] RGB.
    pub cell: Vec<u8>,
    pub small: Vec<u8>,
    pub large: Vec<u8>,
}

/// Makes thumbnails; one per thread.
#[derive(Default)]
pub(crate) struct Maker {
    resizer: Resizer,
}

impl Maker {
    /// From a token at full size. Each size is made from the next larger one.
    pub(crate) fn make(&mut self, rgba: &[u8], width: u32, height: u32) -> Result<Thumbs, ArtError> {
        let large = fit(&mut self.resizer, rgba, width, height, ThumbSize::Large.pixels())?;
        let smaller = |resizer: &mut Resizer, from: &Picture, px| {
            fit(resizer, from.rgba(), from.width(), from.height(), px)
        };
        let small = smaller(&mut self.resizer, &large, ThumbSize::Small.pixels())?;
        let cell = smaller(&mut self.resizer, &small, CELL)?;
        Ok(Thumbs { cell: framed(&cell), small: encode(&small)?, large: encode(&large)? })
    }
}

/// Scales a picture so that its longest side is `px`: smoothly when it shrinks, by repeating pixels when it grows,
/// because art smaller than a thumbnail is pixel art.
pub(crate) fn fit(
    resizer: &mut Resizer,
    rgba: &[u8],
    width: u32,
    height: u32,
    px: u32,
) -> Result<Picture, ArtError> {
    let longest = width.max(height);
    let scaled = |side: u32| {
        let scaled = (u64::from(side) * u64::from(px) + u64::from(longest) / 2) / u64::from(longest);
        u32::try_from(scaled).unwrap_or(u32::MAX).max(1)
    };
    let (to_width, to_height) = (scaled(width), scaled(height));
    if (to_width, to_height) == (width, height) {
        return Picture::new(width, height, rgba.to_vec());
    }
    let algorithm =
        if px > longest { ResizeAlg::Nearest } else { ResizeAlg::Convolution(FilterType::Hamming) };
    let options = ResizeOptions::new().resize_alg(algorithm).use_alpha(!is_opaque(rgba));
    let from = ImageRef::new(width, height, rgba, PixelType::U8x4).map_err(ArtError::codec)?;
    let mut to = Image::new(to_width, to_height, PixelType::U8x4);
    resizer.resize(&from, &mut to, &options).map_err(ArtError::codec)?;
    Picture::new(to_width, to_height, to.into_vec())
}

/// A trait cut to its content, longest side at most `px`, for the Artwork screen.
///
/// # Errors
/// [`ArtError::Picture`] for a file that cannot be decoded.
pub fn trait_thumb(decoder: &Decoder, path: &Path, px: u32) -> Result<Thumb, ArtError> {
    let picture = decoder.decode_file(path, None)?;
    let (x, y, size) = content(&picture);
    if size.width == 0 {
        // Nothing to see, and nothing to cut to: an empty thumbnail is what the artist drew.
        return encode(&Picture::new(1, 1, vec![0; 4])?).map(Thumb::new);
    }
    let stride = picture.width() as usize * 4;
    let (from, length) = (x as usize * 4, size.width as usize * 4);
    let rows = picture.rgba().chunks_exact(stride).skip(y as usize).take(size.height as usize);
    let cut: Vec<u8> = rows.flat_map(|row| &row[from..from + length]).copied().collect();
    // Enlarging by whole pixels is for pixel art. A small part of a large picture is not that: it stays at its size.
    let whole = picture.width().max(picture.height());
    let longest = if whole > px { px.min(size.width.max(size.height)) } else { px };
    encode(&fit(&mut Resizer::new(), &cut, size.width, size.height, longest.max(1))?).map(Thumb::new)
}

fn encode(picture: &Picture) -> Result<Vec<u8>, ArtError> {
    if picture.is_opaque() {
        return jpeg(&flatten(picture.rgba()), picture.width(), picture.height());
    }
    let mut bytes = Vec::new();
    WebPEncoder::new_lossless(&mut bytes)
        .encode(picture.rgba(), picture.width(), picture.height(), ExtendedColorType::Rgba8)
        .map_err(ArtError::codec)?;
    Ok(bytes)
}

pub(super) fn jpeg(rgb: &[u8], width: u32, height: u32) -> Result<Vec<u8>, ArtError> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, QUALITY)
        .encode(rgb, width, height, ExtendedColorType::Rgb8)
        .map_err(ArtError::codec)?;
    Ok(bytes)
}

/// RGB over the mat.
fn flatten(rgba: &[u8]) -> Vec<u8> {
    let over = |value: u8, alpha: u8| {
        let (value, alpha) = (u32::from(value), u32::from(alpha));
        u8::try_from((value * alpha + u32::from(MAT) * (255 - alpha) + 127) / 255).unwrap_or(u8::MAX)
    };
    rgba.as_chunks::<4>()
        .0
        .iter()
        .flat_map(|[r, g, b, a]| [over(*r, *a), over(*g, *a), over(*b, *a)])
        .collect()
}

/// A cell's picture in the middle of a square on the mat.
fn framed(picture: &Picture) -> Vec<u8> {
    let mut cell = vec![MAT; CELL_BYTES];
    let flat = flatten(picture.rgba());
    let (left, top) = ((CELL - picture.width()) / 2, (CELL - picture.height()) / 2);
    let length = picture.width() as usize * 3;
    for (row, line) in (top..).zip(flat.chunks_exact(length)) {
        let at = (row * CELL + left) as usize * 3;
        cell[at..at + length].copy_from_slice(line);
    }
    cell
}
