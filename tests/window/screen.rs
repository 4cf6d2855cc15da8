//! An X server without a monitor, and what it shows.
//!
//! Pictures come from the server's own frame buffer: what a monitor would show, whatever the engine paints with.
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufRead as _, BufReader, BufWriter};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context as _, Result, bail, ensure};
use atelier_tests::{Running, World};

/// A display of the test's own. It ends with this value.
pub struct Screen {
    number: String,
    buffer: PathBuf,
    _server: Running,
}

impl Screen {
    /// Starts it on a free number.
    pub fn start(world: &World) -> Result<Self> {
        let folder = world.path("screen");
        std::fs::create_dir_all(&folder)?;
        let mut server = Running::start(
            Command::new("Xvfb")
                .args(["-displayfd", "1", "-screen", "0", "1280x800x24", "-nolisten", "tcp", "-fbdir"])
                .arg(&folder)
                .stdout(Stdio::piped())
                .stderr(Stdio::null()),
        )
        .context("Xvfb is needed (Debian package xvfb)")?;
        let out = server.child().stdout.take().context("Xvfb has no output")?;
        let mut number = String::new();
        BufReader::new(out).read_line(&mut number)?;
        let number = number.trim().to_owned();
        if number.is_empty() {
            bail!("Xvfb found no free display");
        }
        Ok(Self { number, buffer: folder.join("Xvfb_screen0"), _server: server })
    }

    /// Its name for programs.
    pub fn display(&self) -> String {
        format!(":{}", self.number)
    }

    /// What it shows once that no longer changes.
    pub async fn settles(&self) -> Result<Picture> {
        let mut before = self.picture()?;
        for _ in 0..40 {
            tokio::time::sleep(Duration::from_millis(150)).await;
            let now = self.picture()?;
            if now == before {
                break;
            }
            before = now;
        }
        Ok(before)
    }

    /// What it shows.
    pub fn picture(&self) -> Result<Picture> {
        let dump = std::fs::read(&self.buffer)?;
        // An X window dump: big-endian words, a colour map, then lines of four-byte pixels, blue first.
        let word = |at: usize| -> Result<usize> {
            let bytes = dump.get(at * 4..at * 4 + 4).context("the frame buffer is cut short")?;
            Ok(u32::from_be_bytes(bytes.try_into()?) as usize)
        };
        let (header, width, height, line, colours) = (word(0)?, word(4)?, word(5)?, word(12)?, word(19)?);
        ensure!(word(11)? == 32, "the frame buffer has another depth");
        let pixels = dump.get(header + colours * 12..).context("the frame buffer has no pixels")?;
        let mut rgb = Vec::with_capacity(width * height * 3);
        for row in pixels.chunks(line).take(height) {
            for pixel in row.chunks_exact(4).take(width) {
                rgb.extend([pixel[2], pixel[1], pixel[0]]);
            }
        }
        ensure!(rgb.len() == width * height * 3, "the frame buffer is cut short");
        Ok(Picture { width: u32::try_from(width)?, height: u32::try_from(height)?, rgb })
    }
}

/// Pixels of the whole screen.
#[derive(PartialEq)]
pub struct Picture {
    width: u32,
    height: u32,
    rgb: Vec<u8>,
}

impl Picture {
    /// How many different colours there are.
    pub fn colours(&self) -> usize {
        self.rgb.chunks_exact(3).collect::<BTreeSet<_>>().len()
    }

    /// Writes it as PNG.
    pub fn save(&self, path: &Path) -> Result<()> {
        let file = File::create(path).with_context(|| format!("{} could not be made", path.display()))?;
        let mut encoder = png::Encoder::new(BufWriter::new(file), self.width, self.height);
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.write_header()?.write_image_data(&self.rgb)?;
        Ok(())
    }
}
