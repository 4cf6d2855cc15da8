//! Laying layers over one another, row by row.
//!
//! The formulas are those of W3C Compositing and Blending 1: source-over, and multiply, on sRGB values without
//! linearising, as a browser's canvas does. One row of 16-bit premultiplied pixels stays in the first cache level
//! while all layers pass over it; at the end it becomes 8-bit and not premultiplied. With 16 bits, rounding stays
//! below one step of the 8-bit result however many soft layers there are, where 8 bits would not.

use atelier_collection::Blend;

use crate::picture::byte_length;
use crate::sprite::{Span, Sprite};

/// One premultiplied pixel: red, green, blue, alpha, each 0 to 65,535.
type Deep = [u16; 4];

const FULL: u32 = 65_535;

/// Reusable buffers of one thread.
#[derive(Debug, Default)]
pub(crate) struct Compositor {
    row: Vec<Deep>,
    /// RGBA of the last picture composed.
    pub rgba: Vec<u8>,
}

impl Compositor {
    /// Composes into [`Compositor::rgba`]; layers go bottom to top.
    pub(crate) fn compose(
        &mut self,
        width: u32,
        height: u32,
        background: Option<[u8; 4]>,
        layers: &[(Blend, &Sprite)],
    ) {
        let below = background.map_or([0; 4], premultiply);
        self.row.clear();
        self.row.resize(width as usize, below);
        self.rgba.resize(byte_length(width, height), 0);
        for (y, out) in (0..height).zip(self.rgba.chunks_exact_mut(width as usize * 4)) {
            self.row.fill(below);
            for (blend, sprite) in layers {
                if let Some((pixels, spans)) = sprite.row(y) {
                    lay(&mut self.row[sprite.x as usize..], pixels, spans, *blend);
                }
            }
            flatten(&self.row, out);
        }
    }
}

fn lay(row: &mut [Deep], pixels: &[[u8; 4]], spans: &[Span], blend: Blend) {
    for span in spans {
        let range = span.start as usize..(span.start + span.length) as usize;
        let (row, pixels) = (&mut row[range.clone()], &pixels[range]);
        let pairs = row.iter_mut().zip(pixels);
        match blend {
            Blend::Normal if span.opaque => widen(pixels.as_flattened(), row.as_flattened_mut()),
            Blend::Normal => pairs.for_each(|(below, pixel)| *below = over(*below, *pixel)),
            Blend::Multiply => pairs.for_each(|(below, pixel)| *below = multiply(*below, *pixel)),
        }
    }
}

/// A copy. Channels side by side and no branch: the compiler makes vector instructions of it.
fn widen(from: &[u8], to: &mut [u16]) {
    for (to, from) in to.iter_mut().zip(from) {
        *to = u16::from(*from) * 257;
    }
}

fn premultiply([red, green, blue, alpha]: [u8; 4]) -> Deep {
    over([0; 4], [red, green, blue, alpha])
}

/// co = cs·as + cb·(1 − as), with cb premultiplied.
fn over(below: Deep, [red, green, blue, alpha]: [u8; 4]) -> Deep {
    let (own, rest) = (u32::from(alpha), 255 - u32::from(alpha));
    // Colours are at most 255, alpha's own "colour" is 255: every sum is at most 65,535 · 255.
    let mix = |below: u16, value: u8| divide_by_255(u32::from(value) * own * 257 + u32::from(below) * rest);
    [mix(below[0], red), mix(below[1], green), mix(below[2], blue), mix(below[3], 255)]
}

/// co = cs·as·(1 − ab) + cb·(1 − as) + cs·as·cb, with cb premultiplied: W3C's general formula with B = cs·cb.
fn multiply(below: Deep, [red, green, blue, alpha]: [u8; 4]) -> Deep {
    let own = u32::from(alpha) * 257;
    let alpha_below = u32::from(below[3]);
    let mix = |below: u16, value: u8| {
        let (source, below) = (u32::from(divide_by_255(u32::from(value) * own)), u32::from(below));
        // Because colours are at most their alpha, the sum is at most 65,535², which leaves room for the rounding.
        narrow((source * (FULL - alpha_below) + below * (FULL - own) + source * below + FULL / 2) / FULL)
    };
    let alpha = narrow((own * FULL + alpha_below * (FULL - own) + FULL / 2) / FULL);
    [mix(below[0], red), mix(below[1], green), mix(below[2], blue), alpha]
}

/// Rounded division of a value up to 65,535 · 255, without a division: off by at most one 65,535th.
fn divide_by_255(value: u32) -> u16 {
    let value = value + 128;
    narrow((value + (value >> 8) + (value >> 16)) >> 8)
}

#[expect(clippy::cast_possible_truncation, reason = "callers pass at most 65,535")]
fn narrow(value: u32) -> u16 {
    debug_assert!(value <= FULL, "{value} does not fit 16 bits");
    value as u16
}

/// To eight bits, not premultiplied.
fn flatten(row: &[Deep], out: &mut [u8]) {
    // Without a way out of the loop, for the same reason as in `widen`.
    if row.iter().fold(u16::MAX, |all, pixel| all & pixel[3]) == u16::MAX {
        row.as_flattened().iter().zip(out).for_each(|(value, out)| *out = to_eight(*value));
        return;
    }
    let out = out.as_chunks_mut::<4>().0;
    for (pixel, out) in row.iter().zip(out) {
        let alpha = u32::from(pixel[3]);
        *out = if pixel[3] == u16::MAX {
            pixel.map(to_eight)
        } else if to_eight(pixel[3]) == 0 {
            [0; 4]
        } else {
            let colour =
                |value: u16| u8::try_from((u32::from(value) * 255 + alpha / 2) / alpha).unwrap_or(u8::MAX);
            [colour(pixel[0]), colour(pixel[1]), colour(pixel[2]), to_eight(pixel[3])]
        };
    }
}

/// The nearest 8-bit value.
fn to_eight(value: u16) -> u8 {
    // A multiplication by 255 / 65,536 that rounds exactly as a division by 257 would.
    ((u32::from(value) * 255 + 32_895) >> 16) as u8
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
mod tests {
    use super::*;

    #[test]
    fn narrowing_is_exact_rounding() {
        for value in 0..=u16::MAX {
            let nearest = u8::try_from((u32::from(value) + 128) / 257).unwrap();
            assert_eq!(to_eight(value), nearest, "of {value}");
        }
    }

    #[test]
    fn division_is_off_by_at_most_one() {
        for value in (0..=FULL * 255).step_by(13).chain([FULL * 255]) {
            let exact = (value + 127) / 255;
            let ours = u32::from(divide_by_255(value));
            assert!(ours.abs_diff(exact) <= 1, "{value} / 255 is {exact}, not {ours}");
        }
        assert_eq!(divide_by_255(FULL * 255), u16::MAX, "full stays full");
    }

    #[test]
    fn a_single_layer_comes_out_as_it_went_in() {
        for alpha in 1..=255 {
            for value in 0..=255 {
                let mut out = [0; 4];
                flatten(&[over([0; 4], [value, 255 - value, 7, alpha])], &mut out);
                assert_eq!(out, [value, 255 - value, 7, alpha], "even where it is almost transparent");
            }
        }
    }
}
