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

fn cost(row: &[u8]) -> u64 {
    // A row of u32 sums cannot overflow: a side has at most 8,192 pixels.
    let sum: u32 = row.iter().map(|byte| u32::from(byte.cast_signed().unsigned_abs())).sum();
    u64::from(sum)
}

fn filter_sub(row: &[u8], bpp: usize, out: &mut [u8]) {
    out[..bpp].copy_from_slice(&row[..bpp]);
    for ((out, value), left) in out[bpp..].iter_mut().zip(&row[bpp..]).zip(row) {
        *out = value.wrapping_sub(*left);
    }
}

fn filter_up(row: &[u8], above: &[u8], out: &mut [u8]) {
    for ((out, value), up) in out.iter_mut().zip(row).zip(above) {
        *out = value.wrapping_sub(*up);
    }
}

fn filter_average(row: &[u8], above: &[u8], bpp: usize, out: &mut [u8]) {
    for ((out, value), up) in out[..bpp].iter_mut().zip(row).zip(above) {
        *out = value.wrapping_sub(up / 2);
    }
    let pixels = out[bpp..].iter_mut().zip(&row[bpp..]).zip(row).zip(&above[bpp..]);
    for (((out, value), left), up) in pixels {
        // The mean rounded down, without a carry.
        *out = value.wrapping_sub((left & up) + ((left ^ up) >> 1));
    }
}

fn filter_paeth(row: &[u8], above: &[u8], bpp: usize, out: &mut [u8]) {
    filter_up(&row[..bpp], &above[..bpp], &mut out[..bpp]);
    let pixels = out[bpp..].iter_mut().zip(&row[bpp..]).zip(row).zip(&above[bpp..]).zip(above);
    for ((((out, value), left), up), corner) in pixels {
        *out = value.wrapping_sub(paeth(*left, *up, *corner));
    }
}

fn paeth(left: u8, up: u8, corner: u8) -> u8 {
    let (a, b, c) = (i16::from(left), i16::from(up), i16::from(corner));
    let (to_left, to_up, to_corner) = ((b - c).abs(), (a - c).abs(), (a + b - 2 * c).abs());
    let other = if to_up <= to_corner { up } else { corner };
    if to_left <= to_up && to_left <= to_corner { left } else { other }
}
