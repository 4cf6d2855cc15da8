//! Tokens to images and thumbnails; hostile files are decoded in a limited child process.
