//! A trait's picture as the compositor wants it: cut to its content, each row a list of spans.

use crate::decode::Size;
use crate::picture::Picture;

/// Shorter opaque or transparent runs beside a soft one are not worth a span of their own.
const SHORT_RUN: u32 = 8;

#[derive(Debug)]
pub(crate) struct Sprite {
    /// Left edge on the canvas.
    pub x: u32,
    /// Top edge on the canvas.
    pub y: u32,
    /// Size of the content.
    pub size: Size,
    /// RGBA of the content, not premultiplied: nothing is lost before blending.
    pixels: Vec<u8>,
    spans: Vec<Span>,
    /// Where each row's spans begin, and the end of the last.
    rows: Vec<u32>,
}

/// A run of pixels in one row of the content that are not all transparent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    pub start: u32,
    pub length: u32,
    /// Every pixel has full alpha, so that source-over is a copy.
    pub opaque: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Run {
    Clear,
    Soft,
    Solid,
}

impl Sprite {
    pub(crate) fn new(picture: &Picture) -> Self {
        let (x, y, size) = content(picture);
        let stride = picture.width() as usize * 4;
        let mut pixels = Vec::with_capacity(size.width as usize * size.height as usize * 4);
        let mut spans = Vec::new();
        let mut rows = vec![0];
        for row in y..y + size.height {
            let from = row as usize * stride + x as usize * 4;
            let line = &picture.rgba()[from..from + size.width as usize * 4];
            pixels.extend_from_slice(line);
            push_spans(line, &mut spans);
            rows.push(u32::try_from(spans.len()).expect("a picture has fewer spans than pixels"));
        }
        Self { x, y, size, pixels, spans, rows }
    }

    /// The pixels and spans of a canvas row, when the content reaches it.
    pub(crate) fn row(&self, canvas_y: u32) -> Option<(&[[u8; 4]], &[Span])> {
        let row = canvas_y.checked_sub(self.y).filter(|row| *row < self.size.height)? as usize;
        let width = self.size.width as usize;
        let pixels = &self.pixels.as_chunks::<4>().0[row * width..(row + 1) * width];
        Some((pixels, &self.spans[self.rows[row] as usize..self.rows[row + 1] as usize]))
    }

    /// Bytes held.
    pub(crate) fn memory(&self) -> usize {
        self.pixels.len() + self.spans.len() * size_of::<Span>() + self.rows.len() * size_of::<u32>()
    }
}

/// The smallest rectangle with every pixel that is not fully transparent: left, top, size. Empty pictures have none.
pub(crate) fn content(picture: &Picture) -> (u32, u32, Size) {
    let mut left = u32::MAX;
    let (mut right, mut top, mut bottom) = (0, None, 0);
    let width = picture.width();
    for (y, row) in (0..).zip(picture.rgba().chunks_exact(width as usize * 4)) {
        let row = row.as_chunks::<4>().0;
        let visible = |pixel: &[u8; 4]| pixel[3] != 0;
        let (Some(first), Some(last)) = (row.iter().position(visible), row.iter().rposition(visible)) else {
            continue;
        };
        let at = |index: usize| u32::try_from(index).expect("a column is below the width");
        left = left.min(at(first));
        right = right.max(at(last) + 1);
        top = top.or(Some(y));
        bottom = y + 1;
    }
    match top {
        Some(top) => (left, top, Size { width: right - left, height: bottom - top }),
        None => (0, 0, Size { width: 0, height: 0 }),
    }
}

fn push_spans(line: &[u8], spans: &mut Vec<Span>) {
    let row_begins = spans.len();
    let mut start = 0;
    for run in line.as_chunks::<4>().0.chunk_by(|a, b| kind(*a) == kind(*b)) {
        let length = u32::try_from(run.len()).expect("a run is not longer than its row");
        push_run(&mut spans[..], row_begins, kind(run[0]), start, length)
            .into_iter()
            .for_each(|span| spans.push(span));
        start += length;
    }
}

/// Extends the row's last span by this run, or returns a new span for it.
fn push_run(spans: &mut [Span], row_begins: usize, run: Run, start: u32, length: u32) -> Option<Span> {
    if let Some(last) = spans[row_begins..].last_mut().filter(|last| last.start + last.length == start) {
        let absorb = match run {
            Run::Soft => !last.opaque || last.length < SHORT_RUN,
            Run::Clear | Run::Solid => !last.opaque && length < SHORT_RUN,
        };
        if absorb {
            last.length += length;
            last.opaque = false;
            return None;
        }
    }
    match run {
        Run::Clear => None,
        Run::Soft => Some(Span { start, length, opaque: false }),
        Run::Solid => Some(Span { start, length, opaque: true }),
    }
}

fn kind(pixel: [u8; 4]) -> Run {
    match pixel[3] {
        0 => Run::Clear,
        255 => Run::Solid,
        _ => Run::Soft,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
mod tests {
    use super::*;

    fn line(alphas: &[u8]) -> Picture {
        let rgba = alphas.iter().flat_map(|alpha| [1, 2, 3, *alpha]).collect();
        Picture::new(u32::try_from(alphas.len()).unwrap(), 1, rgba).unwrap()
    }

    #[test]
    fn content_is_cut_and_spans_tell_soft_from_solid() {
        let mut alphas = vec![0; 40];
        alphas[5] = 100;
        alphas[6..30].fill(255);
        alphas[30] = 7;
        let sprite = Sprite::new(&line(&alphas));
        assert_eq!((sprite.x, sprite.size.width), (5, 26), "columns 5 to 30 are visible");
        let (pixels, spans) = sprite.row(0).unwrap();
        assert_eq!(pixels.len(), 26, "only visible columns are kept");
        let soft = |start, length| Span { start, length, opaque: false };
        assert_eq!(
            spans,
            [soft(0, 1), Span { start: 1, length: 24, opaque: true }, soft(25, 1)],
            "a soft edge, a solid middle, a soft edge"
        );
        assert!(sprite.row(1).is_none(), "the content has one row");
    }

    #[test]
    fn noise_does_not_make_a_span_per_pixel() {
        let alphas: Vec<u8> = (0..64).map(|index| if index % 2 == 0 { 9 } else { 255 }).collect();
        let sprite = Sprite::new(&line(&alphas));
        assert_eq!(sprite.row(0).unwrap().1.len(), 1, "short runs join their soft neighbours");
    }

    #[test]
    fn an_empty_picture_has_no_rows() {
        let sprite = Sprite::new(&line(&[0, 0]));
        assert!(sprite.row(0).is_none(), "nothing is visible");
    }
}
