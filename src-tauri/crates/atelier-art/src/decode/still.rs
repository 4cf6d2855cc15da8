//! Bytes to pixels, inside whichever process was chosen for it.

use std::io::{Cursor, ErrorKind};

use image::codecs::{gif::GifDecoder, jpeg::JpegDecoder, webp::WebPDecoder};
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageError, RgbaImage};

use super::sniff::{self, Format};
use super::{Limits, Size};
use crate::error::Problem;
use crate::picture::Picture;

/// Decodes one still picture under `limits`, in this process.
///
/// Sizes are checked before any pixel is decoded. Text and colour profile chunks of a PNG are skipped, never inflated:
/// a few kilobytes of them can inflate to gigabytes. Colours are taken as sRGB. The orientation a camera wrote is
/// applied.
///
/// # Errors
/// A [`Problem`] for everything that is not a sound still picture of the expected size.
pub fn decode_limited(
    bytes: &[u8],
    extension: &str,
    limits: &Limits,
    expect: Option<Size>,
) -> Result<Picture, Problem> {
    let length = bytes.len() as u64;
    if length > limits.file_bytes {
        return Err(Problem::FileTooLarge { bytes: length, limit: limits.file_bytes });
    }
    let ask = Ask { limits, expect };
    match sniff::sniff(bytes, extension)? {
        Format::Png => ask.png(bytes),
        Format::Jpeg => {
            sniff::walk_jpeg(bytes)?;
            ask.image(JpegDecoder::new(Cursor::new(bytes)).map_err(|error| ask.explain(&error))?)
        }
        Format::Webp => {
            sniff::check_webp_length(bytes)?;
            let decoder = WebPDecoder::new(Cursor::new(bytes)).map_err(|error| ask.explain(&error))?;
            if decoder.has_animation() {
                return Err(Problem::Animated);
            }
            ask.image(decoder)
        }
        Format::Gif => {
            if sniff::count_gif_frames(bytes)? > 1 {
                return Err(Problem::Animated);
            }
            ask.image(GifDecoder::new(Cursor::new(bytes)).map_err(|error| ask.explain(&error))?)
        }
    }
}

struct Ask<'a> {
    limits: &'a Limits,
    expect: Option<Size>,
}

impl Ask<'_> {
    fn png(&self, bytes: &[u8]) -> Result<Picture, Problem> {
        let limit = usize::try_from(self.limits.memory_bytes).unwrap_or(usize::MAX);
        let mut decoder = png::Decoder::new_with_limits(Cursor::new(bytes), png::Limits { bytes: limit });
        decoder.set_ignore_text_chunk(true);
        decoder.set_ignore_iccp_chunk(true);
        decoder.set_transformations(
            png::Transformations::EXPAND | png::Transformations::STRIP_16 | png::Transformations::ALPHA,
        );
        let (width, height) = decoder.read_header_info().map_err(|error| self.explain_png(&error))?.size();
        self.check_limits(width, height)?;
        let mut reader = decoder.read_info().map_err(|error| self.explain_png(&error))?;
        if reader.info().animation_control().is_some_and(|control| control.num_frames > 1) {
            return Err(Problem::Animated);
        }
        let orientation = reader
            .info()
            .exif_metadata
            .as_deref()
            .and_then(Orientation::from_exif_chunk)
            .unwrap_or(Orientation::NoTransforms);
        self.check_expected(width, height, orientation)?;
        let length = reader.output_buffer_size().ok_or_else(|| self.out_of_memory())?;
        if length as u64 > self.limits.memory_bytes {
            return Err(self.out_of_memory());
        }
        let mut pixels = vec![0; length];
        reader.next_frame(&mut pixels).map_err(|error| self.explain_png(&error))?;
        reader.finish().map_err(|error| self.explain_png(&error))?;
        let rgba = match reader.output_color_type().0 {
            png::ColorType::Rgba => pixels,
            png::ColorType::GrayscaleAlpha => pixels
                .as_chunks::<2>()
                .0
                .iter()
                .flat_map(|[grey, alpha]| [*grey, *grey, *grey, *alpha])
                .collect(),
            png::ColorType::Rgb => {
                pixels.as_chunks::<3>().0.iter().flat_map(|[r, g, b]| [*r, *g, *b, 255]).collect()
            }
            png::ColorType::Grayscale => pixels.iter().flat_map(|grey| [*grey, *grey, *grey, 255]).collect(),
            png::ColorType::Indexed => {
                return Err(Problem::Damaged { reason: "its palette is missing".to_owned() });
            }
        };
        let image = RgbaImage::from_raw(width, height, rgba)
            .ok_or_else(|| Problem::Damaged { reason: "its pixels do not fill it".to_owned() })?;
        finish(DynamicImage::ImageRgba8(image), orientation)
    }

    fn image<D: ImageDecoder>(&self, mut decoder: D) -> Result<Picture, Problem> {
        let (width, height) = decoder.dimensions();
        self.check_limits(width, height)?;
        let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
        self.check_expected(width, height, orientation)?;
        let mut limits = image::Limits::no_limits();
        limits.max_alloc = Some(self.limits.memory_bytes);
        decoder.set_limits(limits).map_err(|error| self.explain(&error))?;
        let image = DynamicImage::from_decoder(decoder).map_err(|error| self.explain(&error))?;
        finish(image, orientation)
    }

    fn check_limits(&self, width: u32, height: u32) -> Result<(), Problem> {
        if width == 0 || height == 0 {
            return Err(Problem::Damaged { reason: "it has no pixels".to_owned() });
        }
        let limit = self.limits.side;
        if width > limit || height > limit {
            return Err(Problem::TooLarge { width, height, limit });
        }
        Ok(())
    }

    fn check_expected(&self, width: u32, height: u32, orientation: Orientation) -> Result<(), Problem> {
        let turned = matches!(
            orientation,
            Orientation::Rotate90
                | Orientation::Rotate270
                | Orientation::Rotate90FlipH
                | Orientation::Rotate270FlipH
        );
        let (width, height) = if turned { (height, width) } else { (width, height) };
        match self.expect {
            Some(size) if (size.width, size.height) != (width, height) => Err(Problem::WrongSize {
                width,
                height,
                expected_width: size.width,
                expected_height: size.height,
            }),
            Some(_) | None => Ok(()),
        }
    }

    fn out_of_memory(&self) -> Problem {
        Problem::OutOfMemory { limit: self.limits.memory_bytes }
    }

    fn explain_png(&self, error: &png::DecodingError) -> Problem {
        match error {
            png::DecodingError::IoError(source) if source.kind() == ErrorKind::UnexpectedEof => {
                Problem::Truncated
            }
            png::DecodingError::LimitsExceeded => self.out_of_memory(),
            other => Problem::Damaged { reason: other.to_string() },
        }
    }

    fn explain(&self, error: &ImageError) -> Problem {
        match error {
            ImageError::Limits(_) => self.out_of_memory(),
            ImageError::IoError(source) if source.kind() == ErrorKind::UnexpectedEof => Problem::Truncated,
            ImageError::Unsupported(feature) => Problem::Unsupported { what: feature.to_string() },
            other => Problem::Damaged { reason: other.to_string() },
        }
    }
}

fn finish(mut image: DynamicImage, orientation: Orientation) -> Result<Picture, Problem> {
    image.apply_orientation(orientation);
    let image = image.into_rgba8();
    Picture::new(image.width(), image.height(), image.into_raw())
        .map_err(|_| Problem::Damaged { reason: "its pixels do not fill it".to_owned() })
}
