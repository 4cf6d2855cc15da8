use alloy::signers::{Signer, SignerSync, local::PrivateKeySigner};
use atelier_storage::arweave::{DataItem, Draft, Tag};

/// Made with @dha-team/arbundles 1.0.4 from the first development key.
const VECTOR: &str = "0300238af55d76b063cdef45dc76e7dcd7e0b1e0cfdd85bb0f9fa6dc896ac7a65af5085235ec4072873d2f4d49aa088ceb5d55402ccc1b1cfd5cb243dade14ffa60d1b048318535b54105d4a7aae60c08fc45f9687181b4fdfc625bd1a753fa7397fed753547f11ca8696646f2f3acb08e31016afac23e630c5d11f59f61fef57b0d2aa5000002000000000000002b000000000000000418436f6e74656e742d54797065206170706c69636174696f6e2f6a736f6e104170702d4e616d650278007b226e616d65223a2261227d";
const ID: &str = "epa-ukkIfps9IJGpMBkfCO--WK2VuARdBum0ij26-CI";

fn key() -> PrivateKeySigner {
    "ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80".parse().unwrap()
}

fn public(key: &PrivateKeySigner) -> [u8; 65] {
    let mut owner = [4; 65];
    owner[1..].copy_from_slice(key.public_key().as_slice());
    owner
}

fn tag(name: &str, value: &str) -> Tag {
    Tag { name: name.into(), value: value.into() }
}

fn draft(tags: &[Tag], data: &[u8]) -> Draft {
    Draft::new(public(&key()), tags.to_vec(), data.to_vec()).unwrap()
}

#[tokio::test]
async fn the_reference_vector_byte_for_byte() {
    let tags = [tag("Content-Type", "application/json"), tag("App-Name", "x")];
    let signer = key();
    let item = draft(&tags, b"{\"name\":\"a\"}")
        .sign_with(|message| async move {
            signer.sign_message(&message).await.map(|signature| signature.as_bytes())
        })
        .await
        .unwrap();
    assert_eq!(hex::encode(item.bytes()), VECTOR, "as arbundles writes it");
    assert_eq!(item.id_text(), ID, "the id follows from the signature");
    assert_eq!(item.owner(), key().address(), "signed by its owner");
    let parsed = DataItem::parse(item.bytes()).unwrap();
    assert_eq!((parsed.tags(), &parsed), (tags.as_slice(), &item), "and back");
}

#[test]
fn any_flipped_byte_is_found() {
    let sound = hex::decode(VECTOR).unwrap();
    for at in 0..sound.len() {
        let mut bytes = sound.clone();
        bytes[at] ^= 1;
        assert!(DataItem::parse(&bytes).is_err(), "flipping byte {at} went unnoticed");
        assert!(DataItem::parse(&sound[..at]).is_err(), "cutting at {at} went unnoticed");
    }
}

#[test]
fn limits_of_the_standard() {
    let owner = public(&key());
    let attempt =
        |tags: &[Tag]| Draft::new(owner, tags.to_vec(), Vec::new()).map(|_| ()).map_err(|e| e.code());
    let refused = Err("STORE-DATA-ITEM");
    assert_eq!(attempt(&vec![tag("a", "b"); 128]), Ok(()), "128 tags");
    assert_eq!(attempt(&vec![tag("a", "b"); 129]), refused, "129 tags");
    assert_eq!(attempt(&[tag(&"n".repeat(1024), &"v".repeat(3072))]), Ok(()), "the longest");
    assert_eq!(attempt(&[tag(&"n".repeat(1025), "v")]), refused, "a longer name");
    assert_eq!(attempt(&[tag("n", &"v".repeat(3073))]), refused, "a longer value");
    assert_eq!(attempt(&[tag("", "v")]), refused, "an empty name");
    assert_eq!(attempt(&[tag("n", "")]), refused, "an empty value");
    let error = Draft::new([2; 65], Vec::new(), Vec::new()).unwrap_err();
    assert_eq!(error.code(), "STORE-DATA-ITEM", "a compressed key");
}

#[tokio::test]
async fn another_key_and_a_refusing_signer_are_told_apart() {
    let other = PrivateKeySigner::random();
    let draft = draft(&[], b"x").with_anchor([1; 32]).with_target([2; 32]);
    let signature = other.sign_message_sync(&draft.message()).unwrap().as_bytes();
    let error = draft.clone().finish(&signature).unwrap_err();
    assert_eq!(error.code(), "STORE-DATA-ITEM-SIGNER", "{error}");
    let error = draft.clone().sign_with(|_| async { Err::<[u8; 65], _>("locked") }).await.unwrap_err();
    assert_eq!(error.code(), "STORE-NOT-SIGNED", "{error}");
    let signature = key().sign_message_sync(&draft.message()).unwrap().as_bytes();
    let item = draft.finish(&signature).unwrap();
    assert_eq!(DataItem::parse(item.bytes()).unwrap(), item, "target and anchor survive");
}
