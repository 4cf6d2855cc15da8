//! PNG's row filters (PNG specification, third edition, 9.2), chosen per row by the smallest sum of absolute
//! differences (12.7): the usual heuristic, and the one the presets were measured with.

/// Buffers for the candidates of one row.
#[derive(Default)]
pub(super) struct Filter {
    zero: Vec<u8>,
    /// Sub, up, average, Paeth. The fifth, none, is the row itself.
    candidates: [Vec<u8>; 4],
}

impl Filter {
    /// Appends every row of `pixels`, filtered and with its filter's number before it.
    pub(super) fn apply(&mut self, pixels: &[u8], stride: usize, bpp: usize, out: &mut Vec<u8>) {
        out.reserve(pixels.len() + pixels.len() / stride);
        self.zero.clear();
        self.zero.resize(stride, 0);
        for candidate in &mut self.candidates {
            candidate.resize(stride, 0);
        }
        let mut above = self.zero.as_slice();
        for row in pixels.chunks_exact(stride) {
            let [sub, up, average, paeth] = &mut self.candidates;
            filter_sub(row, bpp, sub);
            filter_up(row, above, up);
            filter_average(row, above, bpp, average);
            filter_paeth(row, above, bpp, paeth);
            let mut best = (cost(row), 0, row);
            for (number, candidate) in (1..).zip(&self.candidates) {
                let cost = cost(candidate);
                if cost < best.0 {
                    best = (cost, number, candidate);
                }
            }
            out.push(best.1);
            out.extend_from_slice(best.2);
            above = row;
        }
    }
}

// Below, slices are cut to one length before their loop and no loop has a branch, so that the compiler makes vector
// instructions of it.

/// The sum of absolute values of the bytes as signed numbers. A side has at most 8,192 pixels, so it fits easily.
fn cost(row: &[u8]) -> u32 {
    let block =
        |block: &[u8]| block.iter().map(|byte| u32::from((*byte).min(byte.wrapping_neg()))).sum::<u32>();
    row.chunks(4096).map(block).sum()
}

fn filter_sub(row: &[u8], bpp: usize, out: &mut [u8]) {
    out[..bpp].copy_from_slice(&row[..bpp]);
    filter_up(&row[bpp..], row, &mut out[bpp..]);
}

fn filter_up(row: &[u8], above: &[u8], out: &mut [u8]) {
    let length = out.len();
    let (row, above) = (&row[..length], &above[..length]);
    for index in 0..length {
        out[index] = row[index].wrapping_sub(above[index]);
    }
}

fn filter_average(row: &[u8], above: &[u8], bpp: usize, out: &mut [u8]) {
    for ((out, value), up) in out[..bpp].iter_mut().zip(row).zip(above) {
        *out = value.wrapping_sub(up / 2);
    }
    let out = &mut out[bpp..];
    let length = out.len();
    let (left, row, above) = (&row[..length], &row[bpp..][..length], &above[bpp..][..length]);
    for index in 0..length {
        // The mean rounded down, without a carry.
        let mean = (left[index] & above[index]) + ((left[index] ^ above[index]) >> 1);
        out[index] = row[index].wrapping_sub(mean);
    }
}

fn filter_paeth(row: &[u8], above: &[u8], bpp: usize, out: &mut [u8]) {
    filter_up(&row[..bpp], &above[..bpp], &mut out[..bpp]);
    let out = &mut out[bpp..];
    let length = out.len();
    let (left, row) = (&row[..length], &row[bpp..][..length]);
    let (corner, above) = (&above[..length], &above[bpp..][..length]);
    for index in 0..length {
        out[index] = row[index].wrapping_sub(paeth(left[index], above[index], corner[index]));
    }
}

#[inline(always)]
fn paeth(left: u8, up: u8, corner: u8) -> u8 {
    let (a, b, c) = (i16::from(left), i16::from(up), i16::from(corner));
    let (to_left, to_up, to_corner) = ((b - c).abs(), (a - c).abs(), (a + b - 2 * c).abs());
    let other = if to_up <= to_corner { b } else { c };
    let nearest = if to_left <= to_up.min(to_corner) { a } else { other };
    nearest as u8
}
