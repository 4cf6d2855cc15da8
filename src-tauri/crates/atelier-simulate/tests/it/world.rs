use std::path::{Path, PathBuf};

use alloy::{
    primitives::{Address, B256, Bytes, U256, keccak256},
    signers::{SignerSync, local::PrivateKeySigner},
};
use atelier_chain::{
    artifacts::Artifacts,
    bindings::DropConfig,
    create2::Deployment,
    fees::FeeQuotes,
    practice::{Practice, PracticeSettings, find_anvil},
    voucher::{Voucher, digest},
};
use atelier_launch::{LaunchInput, LaunchPlan};
use atelier_simulate::{Options, RehearsalReport, Source, VoucherTrial, rehearse};
use tempfile::TempDir;

pub const OWNER: Address = Address::repeat_byte(0x11);
pub const BUYER: Address = Address::repeat_byte(0xb1);
pub const CHAIN_ID: u64 = 31_337;
pub const NOW: u64 = 1_800_000_000;

pub fn signer(word: &str) -> PrivateKeySigner {
    PrivateKeySigner::from_bytes(&keccak256(word)).expect("a hash is a key")
}

pub fn input() -> LaunchInput {
    LaunchInput {
        chain_id: CHAIN_ID,
        deployer: OWNER,
        deployment: Deployment::of(&Artifacts::embedded().expect("the artifacts are whole")),
        salt: B256::ZERO,
        config: DropConfig {
            name: "Tidepool Keepers".into(),
            symbol: "TIDE".into(),
            baseURI: "ipfs://bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi/".into(),
            contractURI: "ipfs://bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi/c.json".into(),
            owner: OWNER,
            minter: Address::ZERO,
            voucherSigner: signer("voucher signer").address(),
            maxSupply: 100,
            royaltyReceiver: OWNER,
            royaltyBps: 500,
            provenance: keccak256("root"),
        },
        recipient: OWNER,
        batched: 80,
        batch_size: 8,
        vouchers: 20,
        freeze: true,
    }
}

pub fn plan(input: &LaunchInput) -> LaunchPlan {
    LaunchPlan::build(input).unwrap_or_else(|error| panic!("{error}"))
}

pub fn options() -> Options {
    Options {
        fees: FeeQuotes::assumed(U256::from(1_000_000_000)),
        check_balance: false,
        vouchers: Vec::new(),
        first_transfers: Vec::new(),
    }
}

/// A voucher for two tokens at a tenth of an ether, valid for ever, signed with `key`.
pub fn trial(plan: &LaunchPlan, nonce: u64, key: &str, change: impl FnOnce(&mut Voucher)) -> VoucherTrial {
    let mut voucher = Voucher {
        recipient: Address::repeat_byte(0xaa),
        quantity: U256::from(2),
        price: U256::from(10).pow(U256::from(17)),
        validFrom: U256::ZERO,
        validUntil: U256::ZERO,
        nonce: U256::from(nonce),
    };
    change(&mut voucher);
    let digest = digest(&voucher, plan.chain_id, plan.drop);
    let signature = signer(key).sign_hash_sync(&digest).expect("a local key signs");
    VoucherTrial { voucher, signature: Bytes::from(signature.as_bytes().to_vec()), sender: BUYER }
}

pub async fn on_clean(plan: &LaunchPlan, options: &Options) -> RehearsalReport {
    let source = Source::Clean { chain_id: plan.chain_id, timestamp: NOW };
    rehearse(plan, source, options).await.unwrap_or_else(|error| panic!("{error}"))
}

fn checkout() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..")
}

/// A practice chain that ends with the test. Without Anvil the test fails; it never passes by skipping.
pub async fn practice() -> (Practice, TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    let anvil = find_anvil(None, Some(&checkout())).unwrap_or_else(|error| panic!("{error}"));
    let settings = PracticeSettings { anvil, folder: folder.path().to_owned(), port: None };
    let practice = Practice::start(settings).await.unwrap_or_else(|error| panic!("{error}"));
    (practice, folder)
}
