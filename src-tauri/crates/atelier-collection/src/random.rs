//! The random generator, written down so that another language can reproduce it bit for bit.
//!
//! 1. **Seed.** The 32-byte key is SHA-256 of the bytes `atelier/seed/v1`, one zero byte, and the seed text in UTF-8.
//! 2. **Stream.** Every purpose has a stream of its own, so that drawing more for one changes nothing in another. The
//!    64-bit stream number is the first eight bytes, little-endian, of SHA-256 of `atelier/stream/v1`, one zero byte,
//!    and the purpose's name in UTF-8.
//! 3. **Words.** The output is the key stream of ChaCha20 in D. J. Bernstein's original layout: 64-bit block counter
//!    starting at zero (state words 12 and 13), the stream number as the 64-bit nonce (words 14 and 15), read as
//!    consecutive little-endian 32-bit words.
//! 4. **A number below n** (`1 ≤ n ≤ 2³²−1`, Lemire's method): draw a word `w`; let `m = w × n` in 64 bits. If the low
//!    32 bits of `m` are less than `(2³² − n) mod n`, draw again. The result is the high 32 bits of `m`.
//! 5. **Shuffle** (Fisher–Yates, from the back): for `i` from `len − 1` down to 1, draw `j` below `i + 1` and exchange
//!    the items at `i` and `j`.
//!
//! There is no clock, no thread and no floating point anywhere in it.

use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use sha2::{Digest, Sha256};

/// The 32-byte key that a seed text stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seed([u8; 32]);

impl Seed {
    /// Hashes a seed text.
    pub fn from_text(text: &str) -> Self {
        Self(tagged(b"atelier/seed/v1\0", text))
    }

    /// The key itself.
    pub fn bytes(self) -> [u8; 32] {
        self.0
    }

    /// The generator for one purpose.
    pub fn stream(self, purpose: &str) -> Stream {
        let digest = tagged(b"atelier/stream/v1\0", purpose);
        let mut number = [0; 8];
        number.copy_from_slice(&digest[..8]);
        let mut generator = ChaCha20Rng::from_seed(self.0);
        generator.set_stream(u64::from_le_bytes(number));
        Stream(generator)
    }
}

fn tagged(tag: &[u8], text: &str) -> [u8; 32] {
    let mut hasher = Sha256::new();
    hasher.update(tag);
    hasher.update(text.as_bytes());
    hasher.finalize().into()
}

/// One purpose's numbers.
#[derive(Clone, Debug)]
pub struct Stream(ChaCha20Rng);

impl Stream {
    /// The next 32-bit word.
    pub fn word(&mut self) -> u32 {
        self.0.next_u32()
    }

    /// A number in `0..n`, each equally likely. `n` is taken as 1 when it is 0.
    pub fn below(&mut self, n: u32) -> u32 {
        let n = n.max(1);
        let threshold = n.wrapping_neg() % n;
        loop {
            let product = u64::from(self.word()) * u64::from(n);
            let low = product as u32; // the low half is what the method compares
            if low >= threshold {
                return (product >> 32) as u32; // the high half is below n
            }
        }
    }

    /// Puts `items` in random order.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            let bound = u32::try_from(i + 1).expect("a drop has at most MAX_SUPPLY tokens, far below 2^32");
            items.swap(i, self.below(bound) as usize);
        }
    }
}
