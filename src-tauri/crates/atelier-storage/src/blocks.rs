//! Blocks on disk, one file each, named by what they hash to.
//!
//! Files are spread over folders by the next-to-last two characters of their identifier, as Kubo does, so
//! that no folder grows large. A block appears under its name complete; it is hashed when it is written and
//! again whenever it is read, so a damaged disk is an error and never wrong content. Single blocks are not
//! forced to the disk (ten thousand syncs would take minutes): one lost in a power cut is missed by the next
//! verification and written by the next `put`.

use std::fs::{self, File};
use std::io::{BufReader, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use atelier_bundle::car::{CarBlocks, check_block};
use atelier_bundle::{Cid, Stage, Watch};

use crate::error::StorageError;
use crate::target::{BundleCars, CarFile};

/// Nodes of the profile stay far below this; a larger file is not a block.
const MAX_BLOCK: u64 = 4 << 20;

/// A folder of blocks.
#[derive(Debug, Clone)]
pub struct BlockStore {
    folder: PathBuf,
}

impl BlockStore {
    /// Opens or creates the store.
    ///
    /// # Errors
    /// [`StorageError::Io`] when the folder cannot be made.
    pub fn open(folder: &Path) -> Result<Self, StorageError> {
        fs::create_dir_all(folder).map_err(StorageError::io("create", folder))?;
        Ok(Self { folder: folder.to_path_buf() })
    }

    fn path(&self, cid: &Cid) -> PathBuf {
        let name = Cid::new_v1(cid.codec(), *cid.hash()).to_string();
        let shard = name.get(name.len().saturating_sub(3)..name.len() - 1).unwrap_or("__");
        self.folder.join(shard).join(&name)
    }

    /// Reads a block and checks it.
    ///
    /// # Errors
    /// [`StorageError::BlockMissing`], [`StorageError::BlockDamaged`], [`StorageError::Io`].
    pub fn get(&self, cid: &Cid) -> Result<Vec<u8>, StorageError> {
        let path = self.path(cid);
        let file = match File::open(&path) {
            Ok(file) => file,
            Err(e) if e.kind() == ErrorKind::NotFound => {
                return Err(StorageError::BlockMissing { cid: *cid });
            }
            Err(e) => return Err(StorageError::io("read", &path)(e)),
        };
        let mut bytes = Vec::new();
        file.take(MAX_BLOCK + 1).read_to_end(&mut bytes).map_err(StorageError::io("read", &path))?;
        match check_block(cid, &bytes) {
            Ok(()) => Ok(bytes),
            Err(_) => Err(StorageError::BlockDamaged { cid: *cid }),
        }
    }

    /// Whether a sound copy of the block is here.
    ///
    /// # Errors
    /// [`StorageError::Io`].
    pub fn has(&self, cid: &Cid) -> Result<bool, StorageError> {
        match self.get(cid) {
            Ok(_) => Ok(true),
            Err(StorageError::BlockMissing { .. } | StorageError::BlockDamaged { .. }) => Ok(false),
            Err(other) => Err(other),
        }
    }

    /// Writes a block unless a sound copy is here; a damaged copy is replaced. Answers whether it wrote.
    ///
    /// # Errors
    /// [`StorageError::BlockDamaged`] when the bytes are not the block, [`StorageError::Io`].
    pub fn put(&self, cid: &Cid, bytes: &[u8]) -> Result<bool, StorageError> {
        if check_block(cid, bytes).is_err() {
            return Err(StorageError::BlockDamaged { cid: *cid });
        }
        if self.has(cid)? {
            return Ok(false);
        }
        let path = self.path(cid);
        let folder = path.parent().unwrap_or(&self.folder);
        fs::create_dir_all(folder).map_err(StorageError::io("create", folder))?;
        let mut builder = tempfile::Builder::new();
        builder.prefix(".atelier-");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            builder.permissions(fs::Permissions::from_mode(0o666));
        }
        let mut file = builder.tempfile_in(folder).map_err(StorageError::io("create a file in", folder))?;
        file.write_all(bytes).map_err(StorageError::io("write", &path))?;
        file.persist(&path).map_err(|e| StorageError::io("write", &path)(e.error))?;
        Ok(true)
    }

    /// Takes every block of the archives. Progress counts bytes of archives.
    ///
    /// # Errors
    /// [`StorageError::Bundle`] for a damaged archive, [`StorageError::WrongRoot`] when an archive is not
    /// the one named, [`StorageError::Cancelled`], [`StorageError::Io`].
    pub fn import(&self, cars: &BundleCars, watch: &Watch) -> Result<(), StorageError> {
        let total = cars.bytes();
        let mut done = 0;
        for car in &cars.cars {
            for block in open_car(car)? {
                if watch.is_cancelled() {
                    return Err(StorageError::Cancelled);
                }
                let block = block?;
                self.put(&block.cid, &block.bytes)?;
                done += block.bytes.len() as u64;
                watch.report(Stage::Store, done.min(total), total);
            }
        }
        watch.report(Stage::Store, total, total);
        Ok(())
    }
}

fn open_car(car: &CarFile) -> Result<CarBlocks<BufReader<File>>, StorageError> {
    let file = File::open(&car.path).map_err(StorageError::io("read", &car.path))?;
    let blocks = CarBlocks::open(BufReader::with_capacity(1 << 20, file), &car.path)?;
    if blocks.roots() != [car.root] {
        let returned = blocks.roots().iter().map(Cid::to_string).collect::<Vec<_>>().join(", ");
        return Err(StorageError::WrongRoot {
            endpoint: car.path.display().to_string(),
            car: car.name.clone(),
            expected: Box::new(car.root),
            returned,
        });
    }
    Ok(blocks)
}
