use alloy::dyn_abi::TypedData;
use alloy::primitives::{Address, B256, Bytes, U256, address};
use alloy::signers::{SignerSync, local::PrivateKeySigner};
use atelier_bundle::Watch;
use atelier_bundle::manifest::Manifest;
use atelier_bundle::signature::{Scheme, SignatureFile, SignedStatement};
use atelier_bundle::statement::Statement;

use crate::bundle::small_bundle;

pub fn signer(seed: u8) -> PrivateKeySigner {
    PrivateKeySigner::from_bytes(&B256::repeat_byte(seed)).unwrap()
}

pub fn statement(manifest: &Manifest) -> Statement {
    Statement::new(
        manifest,
        31_337,
        address!("0x00000000000000000000000000000000000d0d0d"),
        signer(1).address(),
        500,
    )
}

pub fn signed(manifest: &Manifest, key: &PrivateKeySigner) -> SignedStatement {
    let statement = statement(manifest);
    let signature = key.sign_hash_sync(&statement.digest()).unwrap().as_bytes();
    SignedStatement::new(&statement, key.address(), Scheme::Ecdsa, signature.to_vec()).unwrap()
}

fn example() -> Manifest {
    let dir = tempfile::tempdir().unwrap();
    small_bundle(dir.path(), 2, &Watch::silent()).unwrap().manifest
}

#[test]
fn the_wallet_form_has_the_same_digest() {
    let statement = statement(&example());
    let typed: TypedData = serde_json::from_value(statement.typed_data()).unwrap();
    assert_eq!(
        typed.eip712_signing_hash().unwrap(),
        statement.digest(),
        "eth_signTypedData_v4 signs the same"
    );
}

#[test]
fn several_people_sign_and_the_file_survives_the_disk() {
    let dir = tempfile::tempdir().unwrap();
    let manifest = example();
    let mut file = SignatureFile::default();
    file.attach(signed(&manifest, &signer(1)));
    file.attach(signed(&manifest, &signer(2)));
    file.attach(signed(&manifest, &signer(1)));
    assert_eq!(file.signatures().len(), 2, "signing the same thing again replaces the signature");
    file.write(dir.path()).unwrap();
    let read = SignatureFile::read(dir.path()).unwrap().unwrap();
    assert_eq!(read, file, "through the disk and back");
    for signed in read.signatures() {
        signed.check().unwrap();
    }
    assert_eq!(SignatureFile::read(&dir.path().join("nowhere")).unwrap(), None, "unsigned is not an error");
}

#[test]
fn bent_signatures_are_refused() {
    let manifest = example();
    let statement = statement(&manifest);
    let key = signer(1);
    let good = key.sign_hash_sync(&statement.digest()).unwrap().as_bytes();
    let attempt = |signer: Address, bytes: &[u8]| {
        SignedStatement::new(&statement, signer, Scheme::Ecdsa, Bytes::copy_from_slice(bytes))
            .map_err(|e| e.code())
            .err()
    };
    assert_eq!(attempt(key.address(), &good), None, "the real one");
    assert_eq!(attempt(signer(2).address(), &good), Some("BUNDLE-SIGNATURE-WRONG-SIGNER"), "another name");
    assert_eq!(attempt(key.address(), &good[..64]), Some("BUNDLE-SIGNATURE-FORM"), "short");
    let mut low_v = good;
    low_v[64] -= 27;
    assert_eq!(attempt(key.address(), &low_v), Some("BUNDLE-SIGNATURE-FORM"), "v 0 or 1");
    let order: U256 = "0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141".parse().unwrap();
    let mut mirrored = good;
    let s = order - U256::from_be_slice(&good[32..64]);
    mirrored[32..64].copy_from_slice(&s.to_be_bytes::<32>());
    mirrored[64] = 55 - good[64];
    assert_eq!(attempt(key.address(), &mirrored), Some("BUNDLE-SIGNATURE-FORM"), "the other s");
    assert_eq!(attempt(key.address(), &[0; 65]), Some("BUNDLE-SIGNATURE-FORM"), "all zero");
}

#[test]
fn every_field_is_bound() {
    let original = statement(&example());
    let mut others = vec![original.clone(); 9];
    others[0].chain_id += 1;
    others[1].drop = Address::ZERO;
    others[2].message.root = B256::ZERO;
    others[3].message.manifest = B256::ZERO;
    others[4].message.supply += 1;
    others[5].message.royalty_receiver = Address::ZERO;
    others[6].message.royalty_bps += 1;
    others[7].message.base_uri.push('x');
    others[8].message.reveal_commitment = B256::repeat_byte(1);
    for (at, other) in others.iter().enumerate() {
        assert_ne!(other.digest(), original.digest(), "field {at} changes the digest");
    }
}
