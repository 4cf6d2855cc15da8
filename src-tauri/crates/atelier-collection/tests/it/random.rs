use atelier_collection::random::Seed;
use sha2::{Digest, Sha256};

/// The generator written a second time, from the description alone and without the crate it uses.
struct ByTheBook {
    state: [u32; 16],
    words: Vec<u32>,
}

impl ByTheBook {
    fn new(seed: &str, purpose: &str) -> Self {
        let key = Sha256::digest([b"atelier/seed/v1\0", seed.as_bytes()].concat());
        let stream = Sha256::digest([b"atelier/stream/v1\0", purpose.as_bytes()].concat());
        let word =
            |bytes: &[u8], at: usize| u32::from_le_bytes(bytes[at * 4..at * 4 + 4].try_into().expect("4"));
        let mut state =
            [0x6170_7865, 0x3320_646e, 0x7962_2d32, 0x6b20_6574, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        for i in 0..8 {
            state[4 + i] = word(&key, i);
        }
        state[14] = word(&stream, 0);
        state[15] = word(&stream, 1);
        Self { state, words: Vec::new() }
    }

    fn word(&mut self) -> u32 {
        if self.words.is_empty() {
            let mut x = self.state;
            let mut quarter = |a: usize, b: usize, c: usize, d: usize| {
                x[a] = x[a].wrapping_add(x[b]);
                x[d] = (x[d] ^ x[a]).rotate_left(16);
                x[c] = x[c].wrapping_add(x[d]);
                x[b] = (x[b] ^ x[c]).rotate_left(12);
                x[a] = x[a].wrapping_add(x[b]);
                x[d] = (x[d] ^ x[a]).rotate_left(8);
                x[c] = x[c].wrapping_add(x[d]);
                x[b] = (x[b] ^ x[c]).rotate_left(7);
            };
            for _ in 0..10 {
                quarter(0, 4, 8, 12);
                quarter(1, 5, 9, 13);
                quarter(2, 6, 10, 14);
                quarter(3, 7, 11, 15);
                quarter(0, 5, 10, 15);
                quarter(1, 6, 11, 12);
                quarter(2, 7, 8, 13);
                quarter(3, 4, 9, 14);
            }
            self.words = x.iter().zip(self.state).map(|(a, b)| a.wrapping_add(b)).rev().collect();
            let counter = (u64::from(self.state[12]) | u64::from(self.state[13]) << 32) + 1;
            self.state[12] = counter as u32;
            self.state[13] = (counter >> 32) as u32;
        }
        self.words.pop().expect("just filled")
    }
}

#[test]
fn words_follow_the_written_description() {
    let mut ours = Seed::from_text("tidepool").stream("shuffle/1/pool");
    let mut book = ByTheBook::new("tidepool", "shuffle/1/pool");
    for index in 0..1_000 {
        assert_eq!(ours.word(), book.word(), "word {index} differs from ChaCha20 as described");
    }
}

#[test]
fn the_books_cipher_is_chacha20() {
    // RFC 8439 A.1, test vector 1: all-zero key, nonce and counter. Guards the oracle above.
    let mut book = ByTheBook::new("", "");
    book.state[4..].fill(0);
    let words = [0xade0_b876, 0x903d_f1a0, 0xe56a_5d40, 0x28bd_8653];
    for word in words {
        assert_eq!(book.word(), word, "the second implementation must be ChaCha20 itself");
    }
}

#[test]
fn numbers_below_a_bound_follow_the_written_description() {
    for n in [1, 2, 3, 10, 1_000_003, 3_000_000_000, u32::MAX] {
        let mut ours = Seed::from_text("x").stream("y");
        let mut book = ByTheBook::new("x", "y");
        for _ in 0..200 {
            let expected = loop {
                let m = u128::from(book.word()) * u128::from(n);
                if m % (1 << 32) >= ((1_u128 << 32) - u128::from(n)) % u128::from(n) {
                    break m >> 32;
                }
            };
            assert_eq!(u128::from(ours.below(n)), expected, "below({n})");
        }
    }
}

#[test]
fn streams_are_independent_and_repeatable() {
    let draw = |purpose: &str| {
        let mut stream = Seed::from_text("tidepool").stream(purpose);
        (0..8).map(|_| stream.word()).collect::<Vec<_>>()
    };
    assert_eq!(draw("a"), draw("a"), "the same purpose gives the same numbers");
    assert_ne!(draw("a"), draw("b"), "another purpose gives others");
}
