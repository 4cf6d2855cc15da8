use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use alloy::primitives::{Address, B256, address};
use atelier_vault::testing::{Fault, MemoryKeychain, TurnedClock};
use atelier_vault::{KeyState, Place, Prompt, Request, Role, Secret, SystemClock, Vault, VaultError};
use zeroize::Zeroizing;

const HOUR: Duration = Duration::from_secs(3_600);

/// The first account of every Anvil and Hardhat node.
const KNOWN: &str = "ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";
const KNOWN_ADDRESS: Address = address!("f39Fd6e51aad88F6F4ce6aB8827279cffFb92266");

pub(crate) fn secret(hex: &str) -> Secret {
    Secret::from_hex(&Zeroizing::new(hex.to_owned())).unwrap()
}

pub(crate) fn request(role: Role) -> Request<'static> {
    Request { role, purpose: "Test" }
}

fn vault(keychain: &MemoryKeychain, folder: &Path, clock: &Arc<TurnedClock>) -> Vault {
    keychain.vault(folder, "01TEST", Arc::clone(clock) as _).unwrap()
}

#[test]
fn a_role_goes_from_absent_to_open_and_back() {
    let (dir, keychain, clock) = (tempfile::tempdir().unwrap(), MemoryKeychain::default(), Arc::default());
    let vault = vault(&keychain, dir.path(), &clock);
    let role = Role::Deployer;
    assert_eq!((vault.state(role), vault.address(role)), (KeyState::Absent, None), "nothing yet");
    assert_eq!(vault.unlock(role, HOUR).unwrap_err().code(), "KEY-ABSENT", "nothing to open");
    assert_eq!(
        vault.sign_hash(&request(role), B256::ZERO).unwrap_err().code(),
        "KEY-ABSENT",
        "nothing to sign with"
    );

    let address = vault.create(role).unwrap();
    assert_eq!(
        (vault.state(role), vault.address(role)),
        (KeyState::Closed, Some(address)),
        "made, and closed"
    );
    assert_eq!(
        vault.sign_hash(&request(role), B256::ZERO).unwrap_err().code(),
        "KEY-CLOSED",
        "closed keys do not sign"
    );

    assert_eq!(vault.unlock(role, HOUR).unwrap(), address, "opened");
    let signature = vault.sign_hash(&request(role), B256::repeat_byte(7)).unwrap();
    let recovered = signature.recover_address_from_prehash(&B256::repeat_byte(7)).unwrap();
    assert_eq!(recovered, address, "it signs as itself");
    assert!(!vault.is_unlocked(Role::Relayer), "the other roles are not open by that");

    vault.lock(role);
    assert_eq!(vault.state(role), KeyState::Closed, "closed again");
}

#[test]
fn an_open_key_closes_by_itself() {
    let (dir, keychain, clock) = (tempfile::tempdir().unwrap(), MemoryKeychain::default(), Arc::default());
    let vault = vault(&keychain, dir.path(), &clock);
    let role = Role::Relayer;
    vault.create(role).unwrap();
    vault.unlock(role, HOUR).unwrap();
    clock.pass(HOUR / 2);
    assert_eq!(vault.state(role), KeyState::Open { remaining: HOUR / 2 }, "half of it is left");
    vault.unlock(role, HOUR).unwrap();
    clock.pass(HOUR - Duration::from_nanos(1));
    assert!(vault.is_unlocked(role), "unlocking again starts anew");
    clock.pass(Duration::from_nanos(1));
    let error = vault.sign_hash(&request(role), B256::ZERO).unwrap_err();
    assert_eq!(error.code(), "KEY-CLOSED", "the hour is over to the nanosecond");
}

#[test]
fn neither_sleep_nor_a_set_clock_keeps_a_key_open() {
    let (dir, keychain, clock) = (tempfile::tempdir().unwrap(), MemoryKeychain::default(), Arc::default());
    let vault = vault(&keychain, dir.path(), &clock);
    let role = Role::Deployer;
    vault.create(role).unwrap();
    vault.unlock(role, HOUR).unwrap();
    clock.sleep(HOUR);
    assert_eq!(vault.state(role), KeyState::Closed, "the lid was closed for an hour");

    vault.unlock(role, HOUR).unwrap();
    clock.set_back();
    assert!(vault.is_unlocked(role), "setting the clock back does not close it");
    clock.pass(HOUR);
    assert_eq!(vault.state(role), KeyState::Closed, "nor keep it open");
    assert_eq!(vault.unlock(role, Duration::MAX).unwrap_err().code(), "KEY-TOO-LONG", "for ever is no time");
}

#[test]
fn addresses_are_known_without_the_keychain() {
    let (dir, keychain, clock) = (tempfile::tempdir().unwrap(), MemoryKeychain::default(), Arc::default());
    let first = vault(&keychain, dir.path(), &clock);
    assert_eq!(Vault::place_of(dir.path()).unwrap(), None, "no key, no place");
    let addresses: Vec<_> = Role::ALL.map(|role| first.create(role).unwrap()).into();
    first.set_treasury(Some(KNOWN_ADDRESS)).unwrap();
    keychain.fail(Some(Fault::NoKeychain));

    let again = keychain.vault(dir.path(), "another-id", clock).unwrap();
    let known: Vec<_> = again.addresses().into_values().collect();
    assert_eq!(known, addresses, "they are in keys.json");
    assert_eq!(again.treasury(), Some(KNOWN_ADDRESS), "and so is the treasury");
    assert_eq!(Vault::place_of(dir.path()).unwrap(), Some(Place::Keychain), "and where they are kept");
    keychain.fail(None);
    assert_eq!(again.unlock(Role::Deployer, HOUR).unwrap(), addresses[0], "the vault keeps its first name");
}

#[test]
fn a_key_is_never_replaced() {
    let (dir, keychain, clock) = (tempfile::tempdir().unwrap(), MemoryKeychain::default(), Arc::default());
    let vault = vault(&keychain, dir.path(), &clock);
    assert_eq!(
        vault.import(Role::Deployer, secret(KNOWN)).unwrap(),
        KNOWN_ADDRESS,
        "the address others give it"
    );
    for error in
        [vault.create(Role::Deployer).unwrap_err(), vault.import(Role::Deployer, secret(KNOWN)).unwrap_err()]
    {
        assert!(matches!(error, VaultError::Exists { address: KNOWN_ADDRESS, .. }), "{error}");
    }
}

#[test]
fn a_crash_between_keeping_and_writing_down_loses_no_key() {
    let (dir, keychain, clock) = (tempfile::tempdir().unwrap(), MemoryKeychain::default(), Arc::default());
    let address = vault(&keychain, dir.path(), &clock).create(Role::Deployer).unwrap();
    std::fs::remove_file(dir.path().join("keys.json")).unwrap();
    let again = vault(&keychain, dir.path(), &clock);
    let error = again.import(Role::Deployer, secret(KNOWN)).unwrap_err();
    assert_eq!(error.code(), "KEY-EXISTS", "what is in the keychain is not overwritten: {error}");
    assert_eq!(again.create(Role::Deployer).unwrap(), address, "the kept key is found and taken");
}

#[test]
fn what_is_wrong_with_the_keychain_is_told_apart() {
    let (dir, keychain, clock) = (tempfile::tempdir().unwrap(), MemoryKeychain::default(), Arc::default());
    let vault = vault(&keychain, dir.path(), &clock);
    let role = Role::VoucherSigner;
    vault.create(role).unwrap();
    for (fault, code) in [
        (Fault::NoKeychain, "KEY-NO-KEYCHAIN"),
        (Fault::Locked, "KEY-LOCKED"),
        (Fault::Dismissed, "KEY-DISMISSED"),
    ] {
        keychain.fail(Some(fault));
        assert_eq!(vault.unlock(role, HOUR).unwrap_err().code(), code, "opening");
        assert_eq!(vault.create(Role::Relayer).unwrap_err().code(), code, "making");
        assert_eq!(vault.check().unwrap_err().code(), code, "looking");
        assert_eq!(vault.state(role), KeyState::Closed, "the key itself may be well");
    }
    keychain.fail(None);
    vault.check().expect("well again");

    vault.unlock(role, HOUR).unwrap();
    keychain.delete(role);
    assert!(vault.is_unlocked(role), "what is open stays open: nobody looked");
    assert_eq!(vault.unlock(role, HOUR).unwrap_err().code(), "KEY-MISSING", "gone");
    assert_eq!(vault.state(role), KeyState::Missing, "and shown as gone, not as open");
    assert_eq!(vault.address(role).map(|_| ()), Some(()), "its address is still known");
}

#[test]
fn a_damaged_or_swapped_item_is_no_key() {
    let (dir, keychain, clock) = (tempfile::tempdir().unwrap(), MemoryKeychain::default(), Arc::default());
    let vault = vault(&keychain, dir.path(), &clock);
    vault.create(Role::Deployer).unwrap();
    for junk in [&b""[..], b"hello", &[b'0'; 64], &[b'f'; 64], &[0; 32]] {
        keychain.overwrite(Role::Deployer, junk);
        assert_eq!(vault.unlock(Role::Deployer, HOUR).unwrap_err().code(), "KEY-DAMAGED", "{junk:?}");
    }
    keychain.overwrite(Role::Deployer, KNOWN.as_bytes());
    let error = vault.unlock(Role::Deployer, HOUR).unwrap_err();
    assert!(matches!(error, VaultError::OtherKey { found: KNOWN_ADDRESS, .. }), "{error}");
    assert!(!vault.is_unlocked(Role::Deployer), "and it does not sign for this project");
}

#[test]
fn text_that_is_no_key_is_refused_without_repeating_it() {
    for text in ["", "0x", "hunter2", &"0".repeat(64), &"f".repeat(64), &"a".repeat(63), &"a".repeat(66)] {
        let error = Secret::from_hex(&Zeroizing::new(text.to_owned())).unwrap_err();
        assert_eq!(error.code(), "KEY-BAD-SECRET", "{text:?}");
        assert!(text.len() < 5 || !error.to_string().contains(text), "{error}");
    }
    for text in [format!("0x{KNOWN}"), format!(" {KNOWN}\n"), KNOWN.to_uppercase()] {
        secret(&text);
    }
}

#[test]
fn a_damaged_page_is_named_and_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    let page = dir.path().join("keys.json");
    for text in ["", "{", r#"{"schema":1}"#, r#"{"schema":2,"vault":"a","place":"keychain","keys":{}}"#] {
        std::fs::write(&page, text).unwrap();
        let error =
            Vault::in_keychain(dir.path(), "01TEST", Prompt::Never, Arc::new(SystemClock)).unwrap_err();
        assert_eq!(error.code(), "KEY-FILE-DAMAGED", "{text}: {error}");
        assert_eq!(std::fs::read_to_string(&page).unwrap(), text, "not touched");
    }
    std::fs::remove_file(&page).unwrap();
    let error = Vault::in_keychain(dir.path(), "../other", Prompt::Never, Arc::new(SystemClock)).unwrap_err();
    assert_eq!(error.code(), "KEY-BAD-ID", "a name is no path: {error}");
}

#[test]
fn two_that_make_the_same_key_at_once_make_one() {
    let (dir, keychain, clock) = (tempfile::tempdir().unwrap(), MemoryKeychain::default(), Arc::default());
    let vault = vault(&keychain, dir.path(), &clock);
    let made: Vec<_> = std::thread::scope(|scope| {
        let makers: Vec<_> = (0..4).map(|_| scope.spawn(|| vault.create(Role::Deployer))).collect();
        makers.into_iter().map(|maker| maker.join().unwrap()).collect()
    });
    assert_eq!(made.iter().filter(|made| made.is_ok()).count(), 1, "{made:?}");
    vault.unlock(Role::Deployer, HOUR).expect("and the one that was made is the one that is known");
}
