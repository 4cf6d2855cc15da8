//! All thumbnails of a drop in one file, `thumbs.pack`: 10,000 small files cost a webview 60 times as much per request.
//!
//! # The file, version 1
//! Integers are little-endian; checksums are CRC-32 as in zlib.
//! ```text
//! header, 64 bytes
//!    0  "ATELIER-THUMBS-1"
//!   16  u32  cells: the highest token id
//!   20  u32  tokens in the index
//!   24  u32  pages: cells / 4,096 rounded up
//!   28  u32  zero
//!   32  u64  offset of the cells
//!   40  u64  offset of the index
//!   48  u64  length of the file
//!   56  u32  checksum of the index
//!   60  u32  checksum of the 60 bytes before
//! pictures   for each token: the small one (128 px), then the large one (256 px); JPEG or WebP
//! cells      for each id from 1: 16 × 16 RGB; grey where there is no token
//! pages      JPEG, 1,024 × 1,024: 64 × 64 cells, row by row; token id − 1 is cell (id − 1) mod 4,096
//! index      for each token, by id, 64 bytes:
//!              u32 id, 32 bytes key, u64 offset of the small picture, u32 and u32 the two lengths,
//!              u32 × 3 checksums of the cell, the small and the large picture
//!            for each page, 16 bytes: u64 offset, u32 length, u32 checksum
//! ```
//! The pack is replaced as a whole at the end of a render, from the previous pack and the render's journal: copying
//! 200 MB once is simpler than holes, and what was not rendered again is not encoded again. Until then [`ThumbPack`]
//! shows the journal's newer pictures over the old pack, which is also how a grid fills while a render runs. The raw
//! cells are kept so that a page can be made again without decoding 4,096 pictures.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufWriter, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use atelier_collection::MAX_SUPPLY;
use libdeflater::crc32;

use super::make::{CELL, CELL_BYTES, MAT, Thumb, Thumbs, jpeg};
use crate::error::ArtError;
use crate::files::{open_optional, part_of, read_at};
use crate::render::journal::{self, Entry};

/// Cells of one placeholder page: 64 × 64.
pub const CELLS_PER_PAGE: u32 = 4_096;
const CELLS_PER_ROW: u32 = 64;
const PAGE_SIDE: u32 = CELLS_PER_ROW * CELL;
const MAGIC: &[u8; 16] = b"ATELIER-THUMBS-1";
const HEADER: usize = 64;
const TOKEN_ENTRY: usize = 64;
const PAGE_ENTRY: usize = 16;
const NAME: &str = "thumbs.pack";

/// The sizes kept for every token, by longest side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ThumbSize {
    /// 128 px.
    Small,
    /// 256 px.
    Large,
}

impl ThumbSize {
    /// The longest side in pixels.
    pub fn pixels(self) -> u32 {
        match self {
            Self::Small => 128,
            Self::Large => 256,
        }
    }
}

/// Thumbnails of a build folder, from its pack and from a render that is running or was interrupted.
#[derive(Debug)]
pub struct ThumbPack {
    folder: PathBuf,
    pack: Option<Pack>,
    journal: Option<File>,
    newer: BTreeMap<u32, Entry>,
}

#[derive(Debug)]
struct Pack {
    path: PathBuf,
    file: File,
    cells: u32,
    cells_at: u64,
    tokens: BTreeMap<u32, Kept>,
    pages: Vec<Region>,
    checksum: u32,
}

#[derive(Clone, Copy, Debug)]
struct Kept {
    key: [u8; 32],
    cell: Region,
    small: Region,
    large: Region,
}

#[derive(Clone, Copy, Debug)]
struct Region {
    at: u64,
    length: u32,
    checksum: u32,
}

impl ThumbPack {
    /// Opens what a build folder holds; a folder without thumbnails opens empty.
    ///
    /// # Errors
    /// [`ArtError::PackDamaged`], [`ArtError::Io`].
    pub fn open(folder: &Path) -> Result<Self, ArtError> {
        // The journal first: when a render ends in between, its pictures are in the pack as well.
        let journal = open_optional(&folder.join(journal::NAME))?;
        let newer = match &journal {
            Some(file) => {
                journal::scan(file, journal::Check::Frames)
                    .map_err(|error| ArtError::io("read", &folder.join(journal::NAME), error))?
                    .entries
            }
            None => BTreeMap::new(),
        };
        let path = folder.join(NAME);
        let pack = open_optional(&path)?.map(|file| Pack::open(path, file)).transpose()?;
        Ok(Self { folder: folder.to_owned(), pack, journal, newer })
    }

    /// Opens the folder again, to see what a render has added since.
    ///
    /// # Errors
    /// As [`ThumbPack::open`]; the view stays as it was.
    pub fn refresh(&mut self) -> Result<(), ArtError> {
        *self = Self::open(&self.folder)?;
        Ok(())
    }

    /// A token's thumbnail, or `None` when it has not been rendered.
    ///
    /// # Errors
    /// [`ArtError::PackDamaged`] when the bytes do not match their checksum, [`ArtError::Io`].
    pub fn thumb(&self, id: u32, size: ThumbSize) -> Result<Option<Thumb>, ArtError> {
        if let Some(thumbs) = self.journalled(id)? {
            let bytes = match size {
                ThumbSize::Small => thumbs.small,
                ThumbSize::Large => thumbs.large,
            };
            return Ok(Some(Thumb::new(bytes)));
        }
        let Some((pack, kept)) = self.kept(id) else { return Ok(None) };
        let region = match size {
            ThumbSize::Small => kept.small,
            ThumbSize::Large => kept.large,
        };
        pack.read(region).map(|bytes| Some(Thumb::new(bytes)))
    }

    /// What changes when a token's picture does: 16 hexadecimal digits for an address, or `None` when it has not been
    /// rendered.
    pub fn version(&self, id: u32) -> Option<String> {
        self.key(id).map(|key| hex::encode(&key[..8]))
    }

    /// The key ([`crate::LayerSet::key`]) of the picture that a token's thumbnails show.
    pub fn key(&self, id: u32) -> Option<[u8; 32]> {
        self.newer.get(&id).map(|entry| entry.key).or_else(|| Some(self.kept(id)?.1.key))
    }

    /// Number of placeholder pages.
    pub fn pages(&self) -> u32 {
        let newest = self.newer.last_key_value().map_or(0, |(id, _)| *id);
        self.pack.as_ref().map_or(0, |pack| pack.cells).max(newest).div_ceil(CELLS_PER_PAGE)
    }

    /// What changes when any placeholder does: hexadecimal digits for an address.
    pub fn micro_version(&self) -> String {
        let pack = self.pack.as_ref().map_or(0, |pack| pack.checksum);
        let newest = self.newer.values().map(|entry| entry.at).max().unwrap_or(0);
        format!("{pack:08x}{newest:x}")
    }

    /// A placeholder page: JPEG, 64 × 64 cells of 16 px. Token `id` is cell `(id - 1) % 4096` of page
    /// `(id - 1) / 4096`. `None` past the last page.
    ///
    /// # Errors
    /// As [`ThumbPack::thumb`].
    pub fn micro(&self, page: u32) -> Result<Option<Vec<u8>>, ArtError> {
        if page >= self.pages() {
            return Ok(None);
        }
        let first = page * CELLS_PER_PAGE + 1;
        let newer: Vec<u32> = self.newer.range(first..first + CELLS_PER_PAGE).map(|(id, _)| *id).collect();
        let pack = self.pack.as_ref();
        if let Some((pack, region)) = pack.and_then(|pack| Some((pack, pack.pages.get(page as usize)?)))
            && newer.is_empty()
        {
            return pack.read(*region).map(Some);
        }
        let mut cells = match pack {
            Some(pack) => pack.read_cells(page)?,
            None => vec![MAT; CELLS_PER_PAGE as usize * CELL_BYTES],
        };
        for id in newer {
            if let Some(thumbs) = self.journalled(id)? {
                let at = (id - first) as usize * CELL_BYTES;
                cells[at..at + CELL_BYTES].copy_from_slice(&thumbs.cell);
            }
        }
        page_of(&cells).map(Some)
    }

    fn kept(&self, id: u32) -> Option<(&Pack, &Kept)> {
        let pack = self.pack.as_ref()?;
        Some((pack, pack.tokens.get(&id)?))
    }

    fn journalled(&self, id: u32) -> Result<Option<Thumbs>, ArtError> {
        let (Some(entry), Some(file)) = (self.newer.get(&id), &self.journal) else { return Ok(None) };
        journal::read(file, entry, &self.folder.join(journal::NAME)).map(Some)
    }

    /// Everything kept of a token, for the next pack.
    fn thumbs(&self, id: u32) -> Result<Option<Thumbs>, ArtError> {
        if let Some(thumbs) = self.journalled(id)? {
            return Ok(Some(thumbs));
        }
        let Some((pack, kept)) = self.kept(id) else { return Ok(None) };
        let (cell, small, large) = (pack.read(kept.cell)?, pack.read(kept.small)?, pack.read(kept.large)?);
        Ok(Some(Thumbs { cell, small, large }))
    }

    /// Whether the pack alone holds exactly these tokens and keys.
    pub(crate) fn is_current(&self, tokens: &[Source]) -> bool {
        self.newer.is_empty()
            && self.pack.as_ref().is_some_and(|pack| {
                pack.tokens.len() == tokens.len()
                    && tokens.iter().all(|(id, key)| pack.tokens.get(id).is_some_and(|kept| kept.key == *key))
            })
    }
}

impl Pack {
    fn open(path: PathBuf, file: File) -> Result<Self, ArtError> {
        let damaged = |reason| ArtError::PackDamaged { path: path.clone(), reason };
        let io = |error| ArtError::io("read", &path, error);
        let length = file.metadata().map_err(io)?.len();
        if length < HEADER as u64 {
            return Err(damaged("it is too short"));
        }
        let header = read_at(&file, 0, HEADER).map_err(io)?;
        let (u32_at, u64_at) = (|at| le_u32(&header, at), |at| le_u64(&header, at));
        if &header[..16] != MAGIC {
            return Err(damaged("it does not begin like a pack of this version"));
        }
        if u32_at(60) != crc32(&header[..60]) {
            return Err(damaged("its header does not match its checksum"));
        }
        if u64_at(48) != length {
            return Err(damaged("it is cut off"));
        }
        let (cells, tokens, pages) = (u32_at(16), u32_at(20), u32_at(24));
        let (cells_at, index_at) = (u64_at(32), u64_at(40));
        let index_length = tokens as usize * TOKEN_ENTRY + pages as usize * PAGE_ENTRY;
        if cells > MAX_SUPPLY
            || tokens > cells
            || pages != cells.div_ceil(CELLS_PER_PAGE)
            || index_at.checked_add(index_length as u64) != Some(length)
            || cells_at.checked_add(u64::from(cells) * CELL_BYTES as u64).is_none_or(|end| end > index_at)
        {
            return Err(damaged("its parts overlap"));
        }
        let index = read_at(&file, index_at, index_length).map_err(io)?;
        let checksum = u32_at(56);
        if crc32(&index) != checksum {
            return Err(damaged("its index does not match its checksum"));
        }
        let (entries, page_entries) = index.split_at(tokens as usize * TOKEN_ENTRY);
        let inside = |region: Region| {
            let end = region.at.checked_add(u64::from(region.length));
            if end.is_some_and(|end| end <= index_at) {
                Ok(region)
            } else {
                Err(damaged("it points outside"))
            }
        };
        let mut kept = BTreeMap::new();
        for entry in entries.as_chunks::<TOKEN_ENTRY>().0 {
            let id = le_u32(entry, 0);
            if id == 0 || id > cells {
                return Err(damaged("it names a token it has no room for"));
            }
            let mut key = [0; 32];
            key.copy_from_slice(&entry[4..36]);
            let (at, small, large) = (le_u64(entry, 36), le_u32(entry, 44), le_u32(entry, 48));
            let cell_at = cells_at + u64::from(id - 1) * CELL_BYTES as u64;
            let region = |at, length, from| Region { at, length, checksum: le_u32(entry, from) };
            let cell = region(cell_at, u32::try_from(CELL_BYTES).unwrap_or(u32::MAX), 52);
            let small = inside(region(at, small, 56))?;
            let large = inside(region(at + u64::from(small.length), large, 60))?;
            kept.insert(id, Kept { key, cell, small, large });
        }
        let pages = page_entries
            .as_chunks::<PAGE_ENTRY>()
            .0
            .iter()
            .map(|entry| {
                inside(Region { at: le_u64(entry, 0), length: le_u32(entry, 8), checksum: le_u32(entry, 12) })
            })
            .collect::<Result<_, _>>()?;
        Ok(Self { cells, cells_at, tokens: kept, pages, checksum, file, path })
    }

    fn read(&self, region: Region) -> Result<Vec<u8>, ArtError> {
        let bytes = read_at(&self.file, region.at, region.length as usize)
            .map_err(|error| ArtError::io("read", &self.path, error))?;
        if crc32(&bytes) != region.checksum {
            let reason = "a picture does not match its checksum";
            return Err(ArtError::PackDamaged { path: self.path.clone(), reason });
        }
        Ok(bytes)
    }

    /// The cells of one page; grey past the last token.
    fn read_cells(&self, page: u32) -> Result<Vec<u8>, ArtError> {
        let first = page * CELLS_PER_PAGE;
        let count = self.cells.saturating_sub(first).min(CELLS_PER_PAGE) as usize;
        let at = self.cells_at + u64::from(first) * CELL_BYTES as u64;
        let mut cells = read_at(&self.file, at, count * CELL_BYTES)
            .map_err(|error| ArtError::io("read", &self.path, error))?;
        cells.resize(CELLS_PER_PAGE as usize * CELL_BYTES, MAT);
        Ok(cells)
    }
}

/// A token and the key of its picture.
pub(crate) type Source = (u32, [u8; 32]);

/// Writes the next pack with exactly these tokens, in order of their ids, from what `from` shows of them.
pub(crate) fn write_pack(folder: &Path, from: &ThumbPack, tokens: &[Source]) -> Result<(), ArtError> {
    let path = folder.join(NAME);
    let part = part_of(&path);
    let file = File::create(&part).map_err(|error| ArtError::io("write", &path, error))?;
    let outcome = fill(&path, BufWriter::with_capacity(1 << 20, file), from, tokens)
        .and_then(|()| fs::rename(&part, &path).map_err(|error| ArtError::io("write", &path, error)));
    if outcome.is_err() {
        // What is left of it is of no use; if it cannot be removed either, the next pack writes over it.
        let _ = fs::remove_file(&part);
    }
    outcome
}

fn fill(path: &Path, file: BufWriter<File>, from: &ThumbPack, tokens: &[Source]) -> Result<(), ArtError> {
    let mut out = Counted { file, at: 0, path };
    out.put(&[0; HEADER])?;
    let count = tokens.iter().map(|(id, _)| *id).max().unwrap_or(0);
    let mut cells = vec![MAT; count as usize * CELL_BYTES];
    let mut index = Vec::with_capacity(tokens.len() * TOKEN_ENTRY);
    for (id, key) in tokens {
        let missing =
            || ArtError::PackDamaged { path: path.to_owned(), reason: "a token's picture is missing" };
        let Thumbs { cell, small, large } = from.thumbs(*id)?.ok_or_else(missing)?;
        index.extend_from_slice(&id.to_le_bytes());
        index.extend_from_slice(key);
        index.extend_from_slice(&out.at.to_le_bytes());
        index.extend_from_slice(&length_of(&small)?.to_le_bytes());
        index.extend_from_slice(&length_of(&large)?.to_le_bytes());
        for part in [&cell, &small, &large] {
            index.extend_from_slice(&crc32(part).to_le_bytes());
        }
        out.put(&small)?;
        out.put(&large)?;
        let at = (*id as usize - 1) * CELL_BYTES;
        cells[at..at + CELL_BYTES].copy_from_slice(&cell);
    }
    let cells_at = out.at;
    out.put(&cells)?;
    let per_page = CELLS_PER_PAGE as usize * CELL_BYTES;
    for page in cells.chunks(per_page) {
        let mut page = page.to_vec();
        page.resize(per_page, MAT);
        let picture = page_of(&page)?;
        index.extend_from_slice(&out.at.to_le_bytes());
        index.extend_from_slice(&length_of(&picture)?.to_le_bytes());
        index.extend_from_slice(&crc32(&picture).to_le_bytes());
        out.put(&picture)?;
    }
    let index_at = out.at;
    out.put(&index)?;

    let mut header = [0; HEADER];
    header[..16].copy_from_slice(MAGIC);
    header[16..20].copy_from_slice(&count.to_le_bytes());
    header[20..24].copy_from_slice(&u32::try_from(tokens.len()).map_err(ArtError::codec)?.to_le_bytes());
    header[24..28].copy_from_slice(&count.div_ceil(CELLS_PER_PAGE).to_le_bytes());
    header[32..40].copy_from_slice(&cells_at.to_le_bytes());
    header[40..48].copy_from_slice(&index_at.to_le_bytes());
    header[48..56].copy_from_slice(&out.at.to_le_bytes());
    header[56..60].copy_from_slice(&crc32(&index).to_le_bytes());
    let checksum = crc32(&header[..60]);
    header[60..].copy_from_slice(&checksum.to_le_bytes());
    let Counted { mut file, .. } = out;
    let mut end = || -> io::Result<()> {
        file.seek(SeekFrom::Start(0))?;
        file.write_all(&header)?;
        file.flush()?;
        file.get_ref().sync_all()
    };
    end().map_err(|error| ArtError::io("write", path, error))
}

/// A file that knows how far it has come.
struct Counted<'a> {
    file: BufWriter<File>,
    at: u64,
    path: &'a Path,
}

impl Counted<'_> {
    fn put(&mut self, bytes: &[u8]) -> Result<(), ArtError> {
        self.file.write_all(bytes).map_err(|error| ArtError::io("write", self.path, error))?;
        self.at += bytes.len() as u64;
        Ok(())
    }
}

/// Lays a page's cells out and encodes it.
fn page_of(cells: &[u8]) -> Result<Vec<u8>, ArtError> {
    let (row, stride) = (CELL as usize * 3, PAGE_SIDE as usize * 3);
    let mut page = vec![MAT; stride * PAGE_SIDE as usize];
    for (index, cell) in cells.chunks_exact(CELL_BYTES).enumerate() {
        let per_row = CELLS_PER_ROW as usize;
        let corner = index / per_row * CELL as usize * stride + index % per_row * row;
        for (line, pixels) in cell.chunks_exact(row).enumerate() {
            let at = corner + line * stride;
            page[at..at + row].copy_from_slice(pixels);
        }
    }
    jpeg(&page, PAGE_SIDE, PAGE_SIDE)
}

fn length_of(bytes: &[u8]) -> Result<u32, ArtError> {
    u32::try_from(bytes.len()).map_err(ArtError::codec)
}

fn le_u32(bytes: &[u8], at: usize) -> u32 {
    let mut value = [0; 4];
    value.copy_from_slice(&bytes[at..at + 4]);
    u32::from_le_bytes(value)
}

fn le_u64(bytes: &[u8], at: usize) -> u64 {
    let mut value = [0; 8];
    value.copy_from_slice(&bytes[at..at + 8]);
    u64::from_le_bytes(value)
}
