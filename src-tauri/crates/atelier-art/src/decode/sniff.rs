//! What a file is, told by its bytes and not by its name; and walks over JPEG and GIF structure that the decoders do
//! not do: both libraries fill in what a cut-off file lacks, and neither counts frames without decoding them.

use crate::error::Problem;

/// A format that is decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Png,
    Jpeg,
    Webp,
    Gif,
}

impl Format {
    fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::Png => &["png"],
            Self::Jpeg => &["jpg", "jpeg"],
            Self::Webp => &["webp"],
            Self::Gif => &["gif"],
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Png => "PNG",
            Self::Jpeg => "JPEG",
            Self::Webp => "WebP",
            Self::Gif => "GIF",
        }
    }
}

/// The format of these bytes, when `extension` agrees with it.
pub(super) fn sniff(bytes: &[u8], extension: &str) -> Result<Format, Problem> {
    let format = match bytes {
        [] => return Err(Problem::Empty),
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Format::Png,
        [0xff, 0xd8, 0xff, ..] => Format::Jpeg,
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Format::Webp,
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Format::Gif,
        _ => return Err(Problem::Unsupported { what: describe(bytes).to_owned() }),
    };
    if format.extensions().contains(&extension) {
        Ok(format)
    } else {
        Err(Problem::Mislabelled { extension: extension.to_owned(), found: format.name().to_owned() })
    }
}

fn describe(bytes: &[u8]) -> &'static str {
    let head = &bytes[..bytes.len().min(512)];
    match head {
        [b'8', b'B', b'P', b'S', ..] => "a Photoshop file",
        [b'I', b'I', 0x2a, 0, ..] | [b'M', b'M', 0, 0x2a, ..] => "a TIFF picture",
        [b'B', b'M', ..] => "a BMP picture",
        [b'%', b'P', b'D', b'F', ..] => "a PDF",
        [_, _, _, _, b'f', b't', b'y', b'p', ..] => "an AVIF, HEIC or video file",
        _ if head.windows(4).any(|window| window == b"<svg") => "an SVG drawing",
        _ => "a file of an unknown kind",
    }
}

/// Walks a JPEG's segments: it must reach its end marker and must not hold four colour components (CMYK).
pub(super) fn walk_jpeg(bytes: &[u8]) -> Result<(), Problem> {
    let mut at = 2;
    loop {
        // Between segments and inside scans alike: go to the next marker. 0xFF00 is a data byte, D0 to D7 restart a
        // scan, further 0xFF are padding.
        let marker = loop {
            match bytes.get(at..at + 2) {
                None => return Err(Problem::Truncated),
                Some([0xff, 0x00 | 0xd0..=0xd7]) => at += 2,
                Some([0xff, marker]) if *marker != 0xff => break *marker,
                Some(_) => at += 1,
            }
        };
        if marker == 0xd9 {
            return Ok(());
        }
        let Some([high, low]) = bytes.get(at + 2..at + 4) else { return Err(Problem::Truncated) };
        let length = usize::from(u16::from_be_bytes([*high, *low]));
        let is_frame = matches!(marker, 0xc0..=0xcf) && !matches!(marker, 0xc4 | 0xc8 | 0xcc);
        if is_frame && bytes.get(at + 9) == Some(&4) {
            return Err(Problem::Unsupported { what: "a CMYK JPEG".to_owned() });
        }
        at += 2 + length;
    }
}

/// Counts a GIF's frames without decoding them.
pub(super) fn count_gif_frames(bytes: &[u8]) -> Result<u32, Problem> {
    let byte = |at: usize| bytes.get(at).copied().ok_or(Problem::Truncated);
    let table = |flags: u8| if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) };
    let mut at = 13 + table(byte(10)?);
    let mut frames = 0;
    loop {
        match byte(at)? {
            0x3b => return Ok(frames),
            0x2c => {
                frames += 1;
                at += 11 + table(byte(at + 9)?);
            }
            0x21 => at += 2,
            _ => return Err(Problem::Damaged { reason: "an unknown GIF block".to_owned() }),
        }
        loop {
            let length = usize::from(byte(at)?);
            at += 1 + length;
            if length == 0 {
                break;
            }
        }
    }
}

/// A WebP says at its start how long it is.
pub(super) fn check_webp_length(bytes: &[u8]) -> Result<(), Problem> {
    let Some([a, b, c, d]) = bytes.get(4..8) else { return Err(Problem::Truncated) };
    let declared = u64::from(u32::from_le_bytes([*a, *b, *c, *d])) + 8;
    if (bytes.len() as u64) < declared { Err(Problem::Truncated) } else { Ok(()) }
}
