use std::io::Read;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use alloy::primitives::B256;
use atelier_vault::testing::quick_encrypted_file;
use atelier_vault::{Passphrase, Place, Prompt, Role, SystemClock, Vault, VaultError};

use crate::vault::request;

const HOUR: Duration = Duration::from_secs(3_600);

fn phrase(text: &str) -> Passphrase {
    Passphrase::new(text.to_owned())
}

fn quick(folder: &Path) -> Vault {
    quick_encrypted_file(folder, "01TEST", Arc::new(SystemClock)).unwrap()
}

#[test]
fn the_file_opens_with_its_passphrase_only() {
    let dir = tempfile::tempdir().unwrap();
    let vault = quick(dir.path());
    assert_eq!(
        vault.create(Role::Deployer).unwrap_err().code(),
        "KEY-PASSPHRASE-NEEDED",
        "nothing without one"
    );
    assert_eq!(
        vault.give_passphrase(phrase("short")).unwrap_err().code(),
        "KEY-PASSPHRASE-SHORT",
        "nor with that"
    );
    vault.give_passphrase(phrase("correct horse battery")).unwrap();
    let addresses = Role::ALL.map(|role| vault.create(role).unwrap());

    let again = quick(dir.path());
    assert_eq!(
        again.give_passphrase(phrase("incorrect horse")).unwrap_err().code(),
        "KEY-WRONG-PASSPHRASE",
        "no"
    );
    assert_eq!(
        again.unlock(Role::Deployer, HOUR).unwrap_err().code(),
        "KEY-PASSPHRASE-NEEDED",
        "a wrong one is not kept"
    );
    again.give_passphrase(phrase("correct horse battery")).unwrap();
    for (role, address) in Role::ALL.into_iter().zip(addresses) {
        again.unlock(role, HOUR).unwrap();
        let signature = again.sign_hash(&request(role), B256::repeat_byte(1)).unwrap();
        let recovered = signature.recover_address_from_prehash(&B256::repeat_byte(1)).unwrap();
        assert_eq!(recovered, address, "{role:?} signs as itself");
    }
    again.lock_all();
    assert!(!again.is_unlocked(Role::Deployer), "locking closes the keys");
    assert_eq!(again.check().unwrap_err().code(), "KEY-PASSPHRASE-NEEDED", "and forgets the passphrase");
}

#[test]
fn real_work_is_done_for_a_real_file() {
    let dir = tempfile::tempdir().unwrap();
    let vault = Vault::in_encrypted_file(dir.path(), "01TEST", Arc::new(SystemClock)).unwrap();
    vault.give_passphrase(phrase("correct horse battery")).unwrap();
    vault.create(Role::Deployer).unwrap();
    let header = std::fs::read(dir.path().join("vault.age")).unwrap();
    let header = String::from_utf8_lossy(&header[..100]).into_owned();
    let mut lines = header.lines();
    assert_eq!(lines.next(), Some("age-encryption.org/v1"), "the format others read");
    let stanza: Vec<_> = lines.next().unwrap_or_default().split(' ').collect();
    assert_eq!((stanza[1], stanza[3]), ("scrypt", "18"), "N is 2 to the 18: {header}");
}

#[test]
fn a_person_can_read_the_file_without_this_program() {
    let dir = tempfile::tempdir().unwrap();
    let vault = quick(dir.path());
    vault.give_passphrase(phrase("correct horse battery")).unwrap();
    vault.create(Role::Relayer).unwrap();
    let sealed = std::fs::read(dir.path().join("vault.age")).unwrap();
    let identity = age::scrypt::Identity::new("correct horse battery".into());
    let mut plain = String::new();
    age::Decryptor::new(&sealed[..])
        .unwrap()
        .decrypt(std::iter::once(&identity as _))
        .unwrap()
        .read_to_string(&mut plain)
        .unwrap();
    let (role, key) = plain.trim_end().split_once(' ').unwrap();
    assert_eq!((role, key.len()), ("relayer", 64), "one line a key");
}

#[test]
fn a_damaged_file_is_named_and_nothing_is_written_over_it() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("vault.age");
    let vault = quick(dir.path());
    vault.give_passphrase(phrase("correct horse battery")).unwrap();
    vault.create(Role::Deployer).unwrap();
    let whole = std::fs::read(&path).unwrap();
    let mut flipped = whole.clone();
    *flipped.last_mut().unwrap() ^= 1;
    for bytes in [&whole[..whole.len() - 1], &whole[..40], &flipped, b"not age at all"] {
        std::fs::write(&path, bytes).unwrap();
        for error in
            [vault.unlock(Role::Deployer, HOUR).unwrap_err(), vault.create(Role::Relayer).unwrap_err()]
        {
            assert_eq!(error.code(), "KEY-FILE-DAMAGED", "{error}");
        }
        assert_eq!(std::fs::read(&path).unwrap(), bytes, "what may still be rescued was not touched");
    }
    std::fs::remove_file(&path).unwrap();
    let error = vault.unlock(Role::Deployer, HOUR).unwrap_err();
    assert!(matches!(error, VaultError::Missing { place: Place::EncryptedFile, .. }), "{error}");
}

#[test]
fn keys_stay_where_they_were_put() {
    let dir = tempfile::tempdir().unwrap();
    let vault = quick(dir.path());
    vault.give_passphrase(phrase("correct horse battery")).unwrap();
    vault.create(Role::Deployer).unwrap();
    let error = Vault::in_keychain(dir.path(), "01TEST", Prompt::Never, Arc::new(SystemClock)).unwrap_err();
    assert!(matches!(error, VaultError::OtherPlace { place: Place::EncryptedFile }), "{error}");
}

#[cfg(unix)]
#[test]
fn only_the_user_may_read_the_files() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().unwrap();
    let vault = quick(dir.path());
    vault.give_passphrase(phrase("correct horse battery")).unwrap();
    vault.create(Role::Deployer).unwrap();
    for name in ["vault.age", "keys.json"] {
        let mode = std::fs::metadata(dir.path().join(name)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
}
