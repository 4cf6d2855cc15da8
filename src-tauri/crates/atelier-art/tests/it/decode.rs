//! Every hostile file, both in this process and in a child, gives the same pixels or the same named problem.

use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use atelier_art::decode::{Decoder, Limits, Size};
use atelier_art::{ArtError, Picture, Problem};
use image::ImageFormat;
use proptest::prelude::*;

use crate::forge::{self, chunk, deflate, gif, gradient, header, jpeg_frame, plain, png};

fn program() -> PathBuf {
    PathBuf::from(env!("CARGO_BIN_EXE_atelier-art-decode"))
}

/// Decodes here and in a child, and insists that both say the same.
fn decode(bytes: &[u8], extension: &str, limits: Limits) -> Result<Picture, Problem> {
    let here = Decoder::in_process().with_limits(limits).decode(bytes, extension, None);
    let child = Decoder::in_child(program()).with_limits(limits).decode(bytes, extension, None);
    assert_eq!(here, child, "a child answers what this process would");
    here
}

fn code(bytes: &[u8], extension: &str) -> &'static str {
    match decode(bytes, extension, Limits::default()) {
        Ok(_) => "decoded",
        Err(problem) => problem.code(),
    }
}

#[test]
fn sound_files_of_every_format_decode() {
    for (format, extension) in [
        (ImageFormat::Png, "png"),
        (ImageFormat::Jpeg, "jpg"),
        (ImageFormat::Jpeg, "jpeg"),
        (ImageFormat::WebP, "webp"),
        (ImageFormat::Gif, "gif"),
    ] {
        let bytes = gradient(40, 30, format);
        let ours = decode(&bytes, extension, Limits::default()).unwrap();
        let theirs = image::load_from_memory_with_format(&bytes, format).unwrap().into_rgba8();
        assert_eq!(
            ours.rgba(),
            theirs.as_raw().as_slice(),
            "{extension}: the image crate sees the same pixels"
        );
    }
    assert_eq!(code(&gif(1), "gif"), "decoded", "a GIF with one frame is a still picture");
}

#[test]
fn unusual_but_sound_pngs_decode() {
    let grey16 = png(&[header(1, 1, 16, 0), chunk(*b"IDAT", &deflate(&[0, 0xab, 0xcd]))]);
    let palette = png(&[
        header(2, 1, 1, 3),
        chunk(*b"PLTE", &[1, 2, 3, 4, 5, 6]),
        chunk(*b"tRNS", &[128]),
        chunk(*b"IDAT", &deflate(&[0, 0b0100_0000])),
    ]);
    let pixels = |bytes: &[u8]| decode(bytes, "png", Limits::default()).unwrap().into_rgba();
    assert_eq!(pixels(&grey16), [0xab, 0xab, 0xab, 255], "16 bits become 8");
    assert_eq!(pixels(&palette), [1, 2, 3, 128, 4, 5, 6, 255], "a palette with transparency");
}

#[test]
fn a_camera_orientation_is_applied() {
    // Exif: big-endian TIFF with one entry, orientation = 6 (turn right).
    let exif = b"MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
    let picture = decode(&plain(3, 2, &[chunk(*b"eXIf", exif)]), "png", Limits::default()).unwrap();
    assert_eq!((picture.width(), picture.height()), (2, 3), "it was lying on its side");
}

#[test]
fn cut_off_files_are_truncated_wherever_they_are_cut() {
    for (format, extension) in
        [(ImageFormat::Png, "png"), (ImageFormat::Jpeg, "jpg"), (ImageFormat::WebP, "webp")]
    {
        let bytes = gradient(60, 60, format);
        for share in [3, 5, 8, 9] {
            let cut = &bytes[..bytes.len() * share / 10];
            assert_eq!(code(cut, extension), "ART-TRUNCATED", "{extension} cut at {share}0 %");
        }
        assert_eq!(
            code(&bytes[..bytes.len() - 1], extension),
            "ART-TRUNCATED",
            "{extension} without its end"
        );
    }
    let bytes = gif(1);
    assert_eq!(code(&bytes[..bytes.len() - 1], "gif"), "ART-TRUNCATED", "a GIF without its end");
}

#[test]
fn damage_is_named() {
    let mut wrong = plain(8, 8, &[]);
    let data = wrong.windows(4).position(|name| name == b"IDAT").unwrap();
    wrong[data + 12] ^= 1;
    assert_eq!(code(&wrong, "png"), "ART-DAMAGED", "one flipped bit in the data");
    assert_eq!(code(&png(&[header(0, 8, 8, 6)]), "png"), "ART-DAMAGED", "no width");
    assert_eq!(code(&png(&[header(8, 8, 8, 6)]), "png"), "ART-DAMAGED", "no data at all");
    assert_eq!(code(&[], "png"), "ART-EMPTY", "no bytes");
}

#[test]
fn the_contents_count_and_not_the_name() {
    let jpeg = gradient(8, 8, ImageFormat::Jpeg);
    assert_eq!(
        decode(&jpeg, "png", Limits::default()),
        Err(Problem::Mislabelled { extension: "png".to_owned(), found: "JPEG".to_owned() }),
        "a JPEG called .png"
    );
    assert_eq!(code(&plain(8, 8, &[]), ""), "ART-MISLABELLED", "a PNG without an ending");
    let svg = b"<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"/>";
    let problem = decode(svg, "png", Limits::default()).unwrap_err();
    assert_eq!(problem.code(), "ART-UNSUPPORTED", "an SVG is not opened at all");
    assert!(problem.to_string().contains("SVG"), "and it is called by its name: {problem}");
    assert_eq!(code(b"8BPS\0\x01", "psd"), "ART-UNSUPPORTED", "a Photoshop file");
    assert_eq!(code(&jpeg_frame(4), "jpg"), "ART-UNSUPPORTED", "four components are CMYK");
}

#[test]
fn animations_are_refused() {
    let control = chunk(*b"acTL", &[0, 0, 0, 2, 0, 0, 0, 0]);
    assert_eq!(code(&plain(8, 8, &[control]), "png"), "ART-ANIMATED", "an animated PNG");
    assert_eq!(code(&gif(2), "gif"), "ART-ANIMATED", "a GIF with two frames");
}

#[test]
fn bombs_are_refused_before_they_go_off() {
    let huge = png(&[header(50_000, 50_000, 8, 6), chunk(*b"IDAT", &deflate(&[0; 64]))]);
    assert_eq!(
        decode(&huge, "png", Limits::default()),
        Err(Problem::TooLarge { width: 50_000, height: 50_000, limit: 8_192 }),
        "the header alone tells"
    );
    let limits = Limits { memory_bytes: 1 << 20, ..Limits::default() };
    let wide = png(&[header(8_000, 8_000, 8, 6), chunk(*b"IDAT", &deflate(&[0; 64]))]);
    let problem = Decoder::in_process().with_limits(limits).decode(&wide, "png", None).unwrap_err();
    assert_eq!(problem.code(), "ART-OUT-OF-MEMORY", "256 MB of pixels under a limit of 1 MB");
    let small = Limits { file_bytes: 100, ..Limits::default() };
    assert_eq!(
        decode(&gradient(60, 60, ImageFormat::Png), "png", small).unwrap_err().code(),
        "ART-FILE-TOO-LARGE",
        "the file itself is bounded"
    );
}

#[test]
fn text_and_profile_chunks_are_never_inflated() {
    let zeros = deflate(&vec![0; 64 << 20]);
    assert!(zeros.len() < 100_000, "64 MiB of zeros are a small chunk");
    let text = |name, head: &[u8]| chunk(name, &[head, &zeros].concat());
    let bomb =
        plain(4, 4, &[text(*b"zTXt", b"a\0\0"), text(*b"iTXt", b"a\0\x01\0\0\0"), text(*b"iCCP", b"a\0\0")]);
    // The child may use 16 MiB: inflating any of the three would end it.
    let limits = Limits { memory_bytes: 16 << 20, ..Limits::default() };
    let child = Decoder::in_child(program()).with_limits(limits);
    assert_eq!(child.decode(&bomb, "png", None).map(|picture| picture.width()), Ok(4), "the picture is fine");
}

#[test]
fn a_child_that_runs_out_of_memory_costs_one_file() {
    // The WebP decoder's own buffers are not held to any limit of ours: the kernel must stop it.
    let bytes = gradient(3_000, 3_000, ImageFormat::WebP);
    let limits = Limits { memory_bytes: 12 << 20, ..Limits::default() };
    let child = Decoder::in_child(program()).with_limits(limits);
    let problem = child.decode(&bytes, "webp", None).unwrap_err();
    assert_eq!(problem.code(), "ART-OUT-OF-MEMORY", "27 MB of pixels in 12 MiB: {problem}");
    assert_eq!(
        child.decode(&plain(4, 4, &[]), "png", None).map(|picture| picture.width()),
        Ok(4),
        "the next is fine"
    );
}

#[test]
fn a_child_that_hangs_is_stopped() {
    let limits = Limits { seconds: 1, ..Limits::default() };
    let folder = tempfile::tempdir().unwrap();
    let script = folder.path().join("hang");
    fs::write(&script, "#!/bin/sh\nexec /bin/sleep 60\n").unwrap();
    make_executable(&script);
    let begun = Instant::now();
    let problem = Decoder::in_child(script).with_limits(limits).decode(&plain(4, 4, &[]), "png", None);
    assert_eq!(problem, Err(Problem::TimedOut { seconds: 1 }), "it never answers");
    assert!(begun.elapsed() < Duration::from_secs(50), "it was not waited for");
}

#[test]
fn a_child_that_dies_lies_or_is_missing_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let script = |name: &str, body: &str| {
        let path = folder.path().join(name);
        fs::write(&path, format!("#!/bin/sh\n{body}\n")).unwrap();
        make_executable(&path);
        Decoder::in_child(path).decode(&plain(4, 4, &[]), "png", None).unwrap_err().code()
    };
    assert_eq!(script("dies", "exit 3"), "ART-DECODER-DIED", "an exit");
    assert_eq!(script("crashes", "kill -SEGV $$"), "ART-DECODER-DIED", "a crash");
    assert_eq!(script("babbles", "printf 'aaaaaaaaaaaaaaaa'"), "ART-DECODER-DIED", "nonsense");
    let huge = r#"printf '\046\000\000\000{"Picture":{"width":9000,"height":9000}}'"#;
    assert_eq!(script("lies", huge), "ART-DECODER-DIED", "a picture larger than asked for");
    let missing = Decoder::in_child(folder.path().join("nobody"));
    let problem = missing.decode(&plain(4, 4, &[]), "png", None).unwrap_err();
    assert_eq!(problem.code(), "ART-DECODER-MISSING", "no such program");
}

fn make_executable(path: &std::path::Path) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
    }
}

#[test]
fn one_child_serves_many_files_and_is_replaced() {
    let child = Decoder::in_child(program());
    let bytes = plain(4, 4, &[]);
    for _ in 0..70 {
        assert!(child.decode(&bytes, "png", None).is_ok(), "more files than one child decodes");
    }
}

#[test]
fn files_are_named_with_what_is_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let decoder = Decoder::in_process();
    let path = folder.path().join("Crown.PNG");
    fs::write(&path, plain(4, 4, &[])).unwrap();
    let canvas = Some(Size { width: 8, height: 8 });
    let error = decoder.decode_file(&path, canvas).unwrap_err();
    assert_eq!(error.code(), "ART-WRONG-SIZE", "4 × 4 on a canvas of 8 × 8");
    let text = error.to_string();
    assert!(text.contains("Crown.PNG") && text.contains("4 × 4"), "file and size are named: {text}");
    assert!(decoder.decode_file(&path, None).is_ok(), "capital letters in an ending are fine");
    let missing = decoder.decode_file(&folder.path().join("none.png"), None).unwrap_err();
    assert_eq!(missing.code(), "ART-MISSING", "no such file");
    let directory = decoder.decode_file(folder.path(), None).unwrap_err();
    assert!(
        matches!(&directory, ArtError::Picture { problem: Problem::Unreadable { .. }, .. }),
        "a folder: {directory}"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Whatever is done to a file: pixels of the promised size or a problem, never a panic.
    #[test]
    fn mangled_files_never_panic(
        which in 0_usize..4,
        flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        keep in 0_usize..=100,
    ) {
        let formats = [
            (ImageFormat::Png, "png"),
            (ImageFormat::Jpeg, "jpg"),
            (ImageFormat::WebP, "webp"),
            (ImageFormat::Gif, "gif"),
        ];
        let (format, extension) = formats[which];
        let mut bytes = gradient(24, 16, format);
        for (at, value) in flips {
            let at = at.index(bytes.len());
            bytes[at] = value;
        }
        bytes.truncate(bytes.len() * keep / 100);
        let limits = Limits { side: 64, memory_bytes: 8 << 20, ..Limits::default() };
        match Decoder::in_process().with_limits(limits).decode(&bytes, extension, None) {
            Ok(picture) => prop_assert!(picture.width() <= 64, "within the limit"),
            Err(problem) => prop_assert_ne!(problem.code(), "ART-DECODER-DIED", "the decoder panicked"),
        }
    }
}

#[test]
fn forged_files_are_what_they_claim() {
    assert!(image::load_from_memory(&forge::plain(4, 4, &[])).is_ok(), "another decoder reads the plain one");
    assert!(image::load_from_memory(&forge::gif(2)).is_ok(), "another decoder reads the GIF");
}
