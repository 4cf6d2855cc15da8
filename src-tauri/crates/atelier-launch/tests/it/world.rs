use alloy::primitives::{Address, B256, keccak256};
use atelier_chain::{artifacts::Artifacts, bindings::DropConfig, create2::Deployment};
use atelier_launch::LaunchInput;

pub const OWNER: Address = Address::repeat_byte(0x11);

pub fn input() -> LaunchInput {
    LaunchInput {
        chain_id: 31_337,
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
            voucherSigner: Address::repeat_byte(0x22),
            maxSupply: 100,
            royaltyReceiver: OWNER,
            royaltyBps: 500,
            provenance: keccak256("root"),
        },
        recipient: OWNER,
        batched: 80,
        batch_size: 10,
        vouchers: 20,
        freeze: true,
    }
}
