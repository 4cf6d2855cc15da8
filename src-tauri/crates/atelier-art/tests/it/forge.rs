//! Files that no honest program writes, made byte by byte.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, RgbaImage};

pub const SIGNATURE: [u8; 8] = [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n'];

pub fn chunk(name: [u8; 4], data: &[u8]) -> Vec<u8> {
    let mut out = u32::try_from(data.len()).unwrap().to_be_bytes().to_vec();
    out.extend_from_slice(&name);
    out.extend_from_slice(data);
    let sum = libdeflater::crc32(&out[4..]);
    out.extend_from_slice(&sum.to_be_bytes());
    out
}

pub fn header(width: u32, height: u32, depth: u8, colour: u8) -> Vec<u8> {
    let mut data = [width.to_be_bytes(), height.to_be_bytes()].concat();
    data.extend_from_slice(&[depth, colour, 0, 0, 0]);
    chunk(*b"IHDR", &data)
}

pub fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut compressor = libdeflater::Compressor::new(libdeflater::CompressionLvl::new(9).unwrap());
    let mut out = vec![0; compressor.zlib_compress_bound(bytes.len())];
    let length = compressor.zlib_compress(bytes, &mut out).unwrap();
    out.truncate(length);
    out
}

/// A PNG of these chunks, with signature and end.
pub fn png(chunks: &[Vec<u8>]) -> Vec<u8> {
    [SIGNATURE.to_vec(), chunks.concat(), chunk(*b"IEND", &[])].concat()
}

/// A sound 8-bit RGBA PNG of one colour, with extra chunks before its data.
pub fn plain(width: u32, height: u32, extra: &[Vec<u8>]) -> Vec<u8> {
    let row = [vec![0], [10, 20, 30, 255].repeat(width as usize)].concat();
    let data = chunk(*b"IDAT", &deflate(&row.repeat(height as usize)));
    png(&[vec![header(width, height, 8, 6)], extra.to_vec(), vec![data]].concat())
}

/// A picture with a gradient in every channel, in any format.
pub fn gradient(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let image = RgbaImage::from_fn(width, height, |x, y| {
        let (x, y) = (u8::try_from(x % 256).unwrap(), u8::try_from(y % 256).unwrap());
        image::Rgba([x.wrapping_mul(3), y.wrapping_mul(5), x ^ y, 255])
    });
    let image = DynamicImage::ImageRgba8(image);
    let image = if format == ImageFormat::Jpeg { DynamicImage::from(image.into_rgb8()) } else { image };
    let mut out = Cursor::new(Vec::new());
    image.write_to(&mut out, format).unwrap();
    out.into_inner()
}

/// A GIF of `frames` frames of 1 × 1 pixel.
pub fn gif(frames: usize) -> Vec<u8> {
    let mut out = b"GIF89a\x01\x00\x01\x00\x80\x00\x00".to_vec();
    out.extend_from_slice(&[200, 100, 50, 0, 0, 0]);
    for _ in 0..frames {
        out.extend_from_slice(&[0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 0x01, 0]);
    }
    out.push(0x3b);
    out
}

/// The start of a JPEG with `components` colour components, and its end.
pub fn jpeg_frame(components: u8) -> Vec<u8> {
    let length = 8 + 3 * u16::from(components);
    let mut out = vec![0xff, 0xd8, 0xff, 0xc0];
    out.extend_from_slice(&length.to_be_bytes());
    out.extend_from_slice(&[8, 0, 16, 0, 16, components]);
    for id in 0..components {
        out.extend_from_slice(&[id, 0x11, 0]);
    }
    out.extend_from_slice(&[0xff, 0xd9]);
    out
}
