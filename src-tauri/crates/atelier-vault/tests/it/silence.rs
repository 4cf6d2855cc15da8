//! A planted key is looked for wherever it could have slipped out.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use alloy::consensus::TxEip1559;
use alloy::primitives::{B256, TxKind, U256};
use atelier_vault::testing::{MemoryKeychain, quick_encrypted_file};
use atelier_vault::{Passphrase, Role, Secret, SystemClock, Vault, VaultError};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use tracing_subscriber::fmt::MakeWriter;

use crate::vault::{request, secret};

const PLANTED: &str = "4f3edf983ac636a65a842ce7c78d9aa706d3b113bce9c46f30d7d21715b23b1d";
const PHRASE: &str = "a passphrase nobody shall see";

/// The ways a key is written down by accident.
pub(crate) fn traces_of(key: &str) -> Vec<String> {
    let bytes = hex::decode(key).unwrap();
    let spaced = bytes.iter().map(u8::to_string).collect::<Vec<_>>().join(", ");
    let lines = bytes.iter().map(u8::to_string).collect::<Vec<_>>().join(",\n");
    // Base64 shifts with what stands before; these cover the key at the start of the encoded text.
    vec![
        key.to_owned(),
        key.to_uppercase(),
        STANDARD_NO_PAD.encode(&bytes)[..42].to_owned(),
        URL_SAFE_NO_PAD.encode(&bytes)[..42].to_owned(),
        STANDARD_NO_PAD.encode(key)[..80].to_owned(),
        spaced.replace(' ', ""),
        lines,
        spaced,
        U256::from_be_slice(&bytes).to_string(),
    ]
}

pub(crate) fn files_below(roots: &[&Path]) -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = roots.iter().map(|root| root.to_path_buf()).collect();
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let entry = entry.unwrap();
            let kind = entry.file_type().unwrap();
            if kind.is_dir() {
                folders.push(entry.path());
            } else if kind.is_file() {
                files.push(entry.path());
            }
        }
    }
    files.sort();
    files
}

#[track_caller]
pub(crate) fn assert_silent(files: &[PathBuf], key: &str) {
    let mut needles: Vec<Vec<u8>> = traces_of(key).into_iter().map(String::into_bytes).collect();
    needles.push(hex::decode(key).unwrap());
    for file in files {
        let content = std::fs::read(file).unwrap();
        for needle in &needles {
            let found = content.windows(needle.len()).any(|window| window == needle);
            assert!(!found, "{} holds the key as {:?}", file.display(), String::from_utf8_lossy(needle));
        }
    }
}

/// Collects what is logged.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

/// Does everything a vault can do, well and badly, and writes down all it shows.
fn use_it(vault: &Vault, break_it: impl Fn(), shown: &mut String) {
    let mut show = |what: &dyn std::fmt::Debug| shown.push_str(&format!("{what:?}\n{what:#?}\n"));
    let planted = secret(PLANTED);
    show(&planted);
    show(&Passphrase::new(PHRASE.to_owned()));
    show(&vault.import(Role::Deployer, planted));
    show(&vault.import(Role::Deployer, secret(PLANTED)));
    show(&vault.create(Role::Deployer));
    show(&vault.unlock(Role::Deployer, Duration::from_secs(60)));
    show(&vault);
    show(&vault.state(Role::Deployer));
    let transaction = TxEip1559 { chain_id: 31_337, to: TxKind::Create, ..TxEip1559::default() };
    show(&vault.sign_transaction(&request(Role::Deployer), &transaction));
    show(&vault.sign_message(&request(Role::Deployer), b"hello"));
    show(&vault.sign_hash(&request(Role::Relayer), B256::ZERO));
    break_it();
    let broken: VaultError = vault.unlock(Role::Deployer, Duration::from_secs(60)).unwrap_err();
    show(&broken);
    show(&broken.to_string());
    show(&Secret::from_hex(&zeroize::Zeroizing::new(format!("{PLANTED}00"))));
}

#[test]
fn a_key_shows_in_no_file_no_log_and_no_message() {
    let (file_dir, memory_dir) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let log = Log::default();
    let mut shown = String::new();
    let subscriber =
        tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(log.clone()).finish();
    tracing::subscriber::with_default(subscriber, || {
        let vault = quick_encrypted_file(file_dir.path(), "01TEST", Arc::new(SystemClock)).unwrap();
        vault.give_passphrase(Passphrase::new(PHRASE.to_owned())).unwrap();
        let sealed = file_dir.path().join("vault.age");
        let cut = || {
            let whole = std::fs::read(&sealed).unwrap();
            assert_silent(&files_below(&[file_dir.path()]), PLANTED);
            std::fs::write(&sealed, &whole[..whole.len() - 5]).unwrap();
        };
        use_it(&vault, cut, &mut shown);

        let keychain = MemoryKeychain::default();
        let vault = keychain.vault(memory_dir.path(), "01TEST", Arc::new(SystemClock)).unwrap();
        // Long enough to be the key with something after it: nothing of it may be repeated.
        use_it(&vault, || keychain.overwrite(Role::Deployer, format!("{PLANTED}!").as_bytes()), &mut shown);
    });
    assert!(shown.contains("KEY") || shown.contains("Damaged"), "something was shown: {shown}");
    let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(log.contains("signed") && log.contains("purpose"), "and something was logged: {log}");
    for text in [&shown, &log] {
        assert!(!text.contains(PHRASE), "the passphrase");
        for trace in traces_of(PLANTED) {
            assert!(!text.contains(&trace), "{trace}");
        }
    }
    let files = files_below(&[file_dir.path(), memory_dir.path()]);
    assert_eq!(files.len(), 3, "vault.age and two pages: {files:?}");
    assert_silent(&files, PLANTED);
}

#[test]
fn the_search_itself_finds_what_is_there() {
    let dir = tempfile::tempdir().unwrap();
    for trace in traces_of(PLANTED) {
        let file = dir.path().join("leak");
        std::fs::write(&file, format!("before {trace} after")).unwrap();
        let found = std::panic::catch_unwind(|| assert_silent(std::slice::from_ref(&file), PLANTED));
        assert!(found.is_err(), "{trace} is found");
    }
}
