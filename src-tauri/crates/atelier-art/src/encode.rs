//! PNG files from composed pictures, byte for byte the same on every machine and for every number of threads.
//!
//! Three presets, fixed here and recorded with every render ([`encoder_id`]): a change of bytes is a change of the
//! name. Pictures without transparency are written as RGB. No time, no text, no software name goes into a file.

mod filter;

use atelier_collection::Preset;
use libdeflater::{CompressionLvl, Compressor};

use crate::error::ArtError;
use crate::picture::{Picture, is_opaque};
use filter::Filter;

/// The exact encoder of a preset. Two files with the same pixels and the same id are the same bytes.
pub fn encoder_id(preset: Preset) -> &'static str {
    match preset {
        Preset::Fast => "atelier-png/1 fast: png 0.18.1, fdeflate 0.3.7, filter up",
        Preset::Balanced => "atelier-png/1 balanced: libdeflater 1.26.1 level 1, filter adaptive",
        Preset::Small => "atelier-png/1 small: libdeflater 1.26.1 level 6, filter adaptive",
    }
}

/// A picture as a PNG file.
///
/// # Errors
/// [`ArtError::Codec`], which no picture is known to cause.
pub fn encode_png(picture: &Picture, preset: Preset) -> Result<Vec<u8>, ArtError> {
    Encoder::new(preset).encode(picture.width(), picture.height(), picture.rgba())
}

/// An encoder with the buffers of one thread.
pub(crate) struct Encoder {
    /// `None` for the fast preset, which compresses as it filters.
    compressor: Option<Compressor>,
    filter: Filter,
    rgb: Vec<u8>,
    lines: Vec<u8>,
}

impl Encoder {
    pub(crate) fn new(preset: Preset) -> Self {
        let level = match preset {
            Preset::Fast => None,
            Preset::Balanced => Some(1),
            Preset::Small => Some(6),
        };
        let compressor = level.map(|level| {
            Compressor::new(CompressionLvl::new(level).expect("levels 1 to 12 are always there"))
        });
        Self { compressor, filter: Filter::default(), rgb: Vec::new(), lines: Vec::new() }
    }

    pub(crate) fn encode(&mut self, width: u32, height: u32, rgba: &[u8]) -> Result<Vec<u8>, ArtError> {
        let opaque = is_opaque(rgba);
        let pixels = if opaque {
            self.rgb.clear();
            self.rgb.resize(rgba.len() / 4 * 3, 0);
            let pairs = self.rgb.as_chunks_mut::<3>().0.iter_mut().zip(rgba.as_chunks::<4>().0);
            pairs.for_each(|(rgb, [red, green, blue, _])| *rgb = [*red, *green, *blue]);
            self.rgb.as_slice()
        } else {
            rgba
        };
        let Some(compressor) = &mut self.compressor else { return fast(width, height, opaque, pixels) };

        let bytes_per_pixel = if opaque { 3 } else { 4 };
        self.lines.clear();
        self.filter.apply(pixels, width as usize * bytes_per_pixel, bytes_per_pixel, &mut self.lines);
        let bound = compressor.zlib_compress_bound(self.lines.len());
        // Signature, header and the data chunk's own head come first, so that the data is compressed into place.
        let mut file = Vec::with_capacity(41 + bound + 16);
        file.extend_from_slice(&[0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n']);
        let mut header = [0; 13];
        header[..4].copy_from_slice(&width.to_be_bytes());
        header[4..8].copy_from_slice(&height.to_be_bytes());
        header[8] = 8;
        header[9] = if opaque { 2 } else { 6 };
        chunk(&mut file, *b"IHDR", &header);
        let data_at = file.len() + 8;
        file.resize(data_at + bound, 0);
        let length = compressor
            .zlib_compress(&self.lines, &mut file[data_at..])
            .map_err(|error| ArtError::codec(format!("{error:?}")))?;
        file.truncate(data_at + length);
        let declared = u32::try_from(length).map_err(ArtError::codec)?;
        file[data_at - 8..data_at - 4].copy_from_slice(&declared.to_be_bytes());
        file[data_at - 4..data_at].copy_from_slice(b"IDAT");
        let checksum = libdeflater::crc32(&file[data_at - 4..]);
        file.extend_from_slice(&checksum.to_be_bytes());
        chunk(&mut file, *b"IEND", &[]);
        Ok(file)
    }
}

fn chunk(file: &mut Vec<u8>, name: [u8; 4], data: &[u8]) {
    let length = u32::try_from(data.len()).expect("only the short chunks are written here");
    file.extend_from_slice(&length.to_be_bytes());
    let from = file.len();
    file.extend_from_slice(&name);
    file.extend_from_slice(data);
    let checksum = libdeflater::crc32(&file[from..]);
    file.extend_from_slice(&checksum.to_be_bytes());
}

fn fast(width: u32, height: u32, opaque: bool, pixels: &[u8]) -> Result<Vec<u8>, ArtError> {
    let mut file = Vec::with_capacity(pixels.len() / 2);
    let mut encoder = png::Encoder::new(&mut file, width, height);
    encoder.set_color(if opaque { png::ColorType::Rgb } else { png::ColorType::Rgba });
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_deflate_compression(png::DeflateCompression::FdeflateUltraFast);
    encoder.set_filter(png::Filter::Up);
    let mut writer = encoder.write_header().map_err(ArtError::codec)?;
    writer.write_image_data(pixels).map_err(ArtError::codec)?;
    writer.finish().map_err(ArtError::codec)?;
    Ok(file)
}
