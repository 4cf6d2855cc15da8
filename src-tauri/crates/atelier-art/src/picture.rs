use crate::error::ArtError;

/// A decoded or composed picture: 8-bit sRGB, rows from the top, red, green, blue, alpha, not premultiplied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    width: u32,
    height: u32,
    rgba: Vec<u8>,
}

impl Picture {
    /// A picture from its pixels.
    ///
    /// # Errors
    /// [`ArtError::Canvas`] unless there are exactly `width * height` pixels of four bytes.
    pub fn new(width: u32, height: u32, rgba: Vec<u8>) -> Result<Self, ArtError> {
        if width == 0 || height == 0 || rgba.len() != byte_length(width, height) {
            return Err(ArtError::Canvas { width, height, limit: atelier_collection::MAX_SIDE });
        }
        Ok(Self { width, height, rgba })
    }

    /// Width in pixels.
    pub fn width(&self) -> u32 {
        self.width
    }

    /// Height in pixels.
    pub fn height(&self) -> u32 {
        self.height
    }

    /// The pixels.
    pub fn rgba(&self) -> &[u8] {
        &self.rgba
    }

    /// The pixels, taken out.
    pub fn into_rgba(self) -> Vec<u8> {
        self.rgba
    }

    /// Whether every pixel has full alpha.
    pub fn is_opaque(&self) -> bool {
        is_opaque(&self.rgba)
    }
}

pub(crate) fn is_opaque(rgba: &[u8]) -> bool {
    // By blocks: a way out after every pixel would keep the compiler from using vector instructions.
    let solid = |block: &[[u8; 4]]| block.iter().fold(255, |all, pixel| all & pixel[3]) == 255;
    rgba.as_chunks::<4>().0.chunks(1024).all(solid)
}

/// Bytes of an RGBA picture. Sides are limited to [`atelier_collection::MAX_SIDE`], so this cannot overflow.
pub(crate) fn byte_length(width: u32, height: u32) -> usize {
    width as usize * height as usize * 4
}
