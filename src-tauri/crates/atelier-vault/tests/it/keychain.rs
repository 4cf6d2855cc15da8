//! The operating system's keychain, for real: each step below is a process of its own in a private session.
//!
//! A step is this binary again, running [`probe`] alone, told by environment variables what to do.

use std::collections::HashMap;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use alloy::primitives::{Address, B256, Signature};
use atelier_vault::{Prompt, Role, SystemClock, Vault, VaultError};
use secret_service::EncryptionType;
use secret_service::blocking::{Item, SecretService};

use crate::session::{Services, Session};
use crate::vault::{request, secret};

const STEP: &str = "ATELIER_PROBE_STEP";
const FOLDER: &str = "ATELIER_PROBE_FOLDER";
const PROMPT: &str = "ATELIER_PROBE_PROMPT";
const VAULT: &str = "01KEYCHAIN";
const DIGEST: B256 = B256::repeat_byte(0x5a);
/// A key that is imported, to be looked for where it should not be.
const PLANTED: &str = "8da4ef21b864d2cc526dbdb2a120bd2874c36c9d0a1fb7f8c63d7f7a8b41de8f";

#[test]
fn probe() {
    let Ok(step) = std::env::var(STEP) else { return };
    tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(std::io::stderr).init();
    let folder = std::env::var_os(FOLDER).unwrap();
    let prompt = if std::env::var_os(PROMPT).is_some() { Prompt::Ask } else { Prompt::Never };
    let vault = Vault::in_keychain(Path::new(&folder), VAULT, prompt, Arc::new(SystemClock)).unwrap();
    let said = match act(&step, &vault) {
        Ok(said) => format!("ok {said}"),
        Err(error) => format!("{} {error} {error:?}", error.code()),
    };
    #[expect(clippy::print_stdout, reason = "this is what the parent reads")]
    {
        println!("\nprobe: {said}");
    }
}

fn act(step: &str, vault: &Vault) -> Result<String, VaultError> {
    let role = Role::Deployer;
    match step {
        "create" => vault.create(role).map(|address| address.to_string()),
        "import" => vault.import(role, secret(PLANTED)).map(|address| address.to_string()),
        "check" => vault.check().map(|()| String::new()),
        "sign" => {
            let address = vault.unlock(role, Duration::from_secs(60))?;
            Ok(format!("{address} {}", vault.sign_hash(&request(role), DIGEST)?))
        }
        // A person with a keyring program.
        "lock" => with_item(|keychain, _| keychain.get_default_collection().unwrap().lock().unwrap()),
        "delete" => with_item(|_, item| item.unwrap().delete().unwrap()),
        "overwrite" => with_item(|_, item| item.unwrap().set_secret(b"hello", "text/plain").unwrap()),
        "read" => {
            let mut held = String::new();
            with_item(|_, item| held = String::from_utf8(item.unwrap().get_secret().unwrap()).unwrap())?;
            Ok(held)
        }
        other => panic!("no step {other}"),
    }
}

fn with_item(work: impl FnOnce(&SecretService<'_>, Option<&Item<'_>>)) -> Result<String, VaultError> {
    let keychain = SecretService::connect(EncryptionType::Plain).unwrap();
    let account = format!("{VAULT}/deployer");
    let found = keychain
        .search_items(HashMap::from([("service", "atelier"), ("username", account.as_str())]))
        .unwrap();
    work(&keychain, found.unlocked.first());
    Ok(String::new())
}

/// What a step said, and everything it wrote.
struct Said {
    line: String,
    everything: String,
}

fn run(mut command: Command, folder: &Path, step: &str) -> Said {
    let output = command
        .args(["--exact", "keychain::probe", "--nocapture"])
        .env(STEP, step)
        .env(FOLDER, folder)
        .output()
        .unwrap();
    let everything =
        format!("{}\n{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    let line = everything.lines().find_map(|line| line.strip_prefix("probe: ")).map(str::to_owned);
    let line = line.unwrap_or_else(|| panic!("step {step} said nothing:\n{everything}"));
    Said { line, everything }
}

fn this() -> std::path::PathBuf {
    std::env::current_exe().unwrap()
}

fn step(session: &Session, folder: &Path, step: &str) -> String {
    run(session.command(&this()), folder, step).line
}

fn asking(session: &Session, folder: &Path, step: &str) -> String {
    let mut command = session.command(&this());
    command.env(PROMPT, "1");
    run(command, folder, step).line
}

#[track_caller]
fn assert_code(said: &str, code: &str, why: &str) {
    assert!(said.starts_with(&format!("{code} ")), "{why}: {said}");
}

#[test]
fn a_key_made_in_one_process_signs_in_the_next_until_it_is_deleted() {
    let session = Session::with_keyring("a login password");
    let dir = tempfile::tempdir().unwrap();
    assert_code(&step(&session, dir.path(), "check"), "ok", "the keychain answers");
    assert_code(&step(&session, dir.path(), "sign"), "KEY-ABSENT", "no key yet");
    let made = step(&session, dir.path(), "create");
    let address: Address = made.strip_prefix("ok ").unwrap().parse().unwrap();

    let shown = Vault::in_keychain(dir.path(), VAULT, Prompt::Never, Arc::new(SystemClock)).unwrap();
    assert_eq!(
        shown.address(Role::Deployer),
        Some(address),
        "known outside that session, without a keychain"
    );

    let signed = step(&session, dir.path(), "sign");
    let (signer, signature) = signed.strip_prefix("ok ").unwrap().split_once(' ').unwrap();
    assert_eq!(signer.parse::<Address>().unwrap(), address, "the same key");
    let signature: Signature = signature.parse().unwrap();
    assert_eq!(signature.recover_address_from_prehash(&DIGEST).unwrap(), address, "and it signed");
    assert_code(&step(&session, dir.path(), "create"), "KEY-EXISTS", "it is not made twice");

    step(&session, dir.path(), "overwrite");
    assert_code(&step(&session, dir.path(), "sign"), "KEY-DAMAGED", "somebody wrote over it");
    step(&session, dir.path(), "delete");
    assert_code(&step(&session, dir.path(), "sign"), "KEY-MISSING", "somebody deleted it");
}

#[test]
fn a_locked_keychain_is_told_from_a_dismissed_question() {
    let session = Session::with_keyring("a login password");
    let dir = tempfile::tempdir().unwrap();
    assert_code(&step(&session, dir.path(), "create"), "ok", "made while it is open");
    step(&session, dir.path(), "lock");
    let said = step(&session, dir.path(), "sign");
    assert_code(&said, "KEY-LOCKED", "nobody is asked, and it is not taken for missing");
    assert!(said.contains("Unlock it"), "says what to do: {said}");
    assert_code(&step(&session, dir.path(), "check"), "KEY-LOCKED", "looking asks nobody either");
    assert_code(
        &asking(&session, dir.path(), "sign"),
        "KEY-DISMISSED",
        "a question that nobody could answer",
    );

    let other = tempfile::tempdir().unwrap();
    std::fs::create_dir(other.path().join("new")).unwrap();
    let said = step(&session, &other.path().join("new"), "create");
    assert_code(&said, "KEY-LOCKED", "nor is a key made");
    assert!(!other.path().join("new/keys.json").exists(), "and none is written down");
}

#[test]
fn no_keychain_at_all_is_said_so() {
    let dir = tempfile::tempdir().unwrap();
    let bare = |address: Option<&str>| {
        let mut command = Command::new(this());
        command
            .env_remove("DBUS_SESSION_BUS_ADDRESS")
            .env("XDG_RUNTIME_DIR", dir.path())
            .env("HOME", dir.path());
        if let Some(address) = address {
            command.env("DBUS_SESSION_BUS_ADDRESS", address);
        }
        command
    };
    let nowhere = format!("unix:path={}/nothing-listens-here", dir.path().display());
    for (why, address) in [("no D-Bus", None), ("a D-Bus that is gone", Some(nowhere.as_str()))] {
        for asked in ["check", "create"] {
            let said = run(bare(address), dir.path(), asked).line;
            assert_code(&said, "KEY-NO-KEYCHAIN", why);
            assert!(said.contains("encrypted file"), "names the other way: {said}");
        }
    }
    let session = Session::start(&Services::None);
    assert_code(&step(&session, dir.path(), "create"), "KEY-NO-KEYCHAIN", "a D-Bus without a keychain on it");
    let session = Session::start(&Services::Silence);
    assert_code(&step(&session, dir.path(), "create"), "KEY-NO-KEYCHAIN", "a D-Bus that never answers");
}

#[test]
fn a_key_in_the_keychain_shows_nowhere_else() {
    let session = Session::with_keyring("a login password");
    let dir = tempfile::tempdir().unwrap();
    let mut everything = String::new();
    for asked in ["import", "import", "sign", "check"] {
        let said = run(session.command(&this()), dir.path(), asked);
        everything.push_str(&said.everything);
    }
    assert!(everything.contains("TRACE"), "the steps were listened to closely");
    let traces = crate::silence::traces_of(PLANTED);
    for trace in &traces {
        assert!(!everything.contains(trace), "{trace} was written to a log");
    }
    let files = crate::silence::files_below(&[dir.path(), &session.home()]);
    assert!(files.iter().any(|file| file.ends_with("login.keyring")), "the keyring is among them: {files:?}");
    assert!(files.iter().any(|file| file.ends_with("keys.json")), "and the page: {files:?}");
    crate::silence::assert_silent(&files, PLANTED);
    assert_eq!(step(&session, dir.path(), "read"), format!("ok {PLANTED}"), "it is in the keychain, as hex");
}
