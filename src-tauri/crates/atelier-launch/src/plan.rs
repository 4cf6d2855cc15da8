use alloy::{
    primitives::{Address, B256, Bytes, U256, keccak256},
    sol_types::SolCall,
};
use atelier_chain::{
    bindings::{DropConfig, IAtelierDrop, IAtelierFactory},
    create2::{self, Deployment},
};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{
    DoneWhen, LaunchError, MAX_BATCH, TokenRange, batch_gas, batches, canonical,
    gas::{FREEZE_GAS, create_drop_gas, creation_gas},
};

/// Schema of the serialised plan.
pub const SCHEMA: u32 = 1;

/// The contract's cap on royalties, in basis points.
const MAX_ROYALTY_BPS: u16 = 1_000;

/// What a launch is made of.
#[derive(Clone, Debug)]
pub struct LaunchInput {
    /// The chain.
    pub chain_id: u64,
    /// Who sends every step.
    pub deployer: Address,
    /// Where our contracts are on every chain ([`Deployment::of`] the embedded artifacts).
    pub deployment: Deployment,
    /// Distinguishes two drops of one configuration.
    pub salt: B256,
    /// What the drop is born with.
    pub config: DropConfig,
    /// Who receives the batches.
    pub recipient: Address,
    /// Tokens minted in batches: 1 to `batched`.
    pub batched: u32,
    /// Tokens in one batch.
    pub batch_size: u32,
    /// Tokens kept for vouchers.
    pub vouchers: u32,
    /// Freeze the metadata at the end.
    pub freeze: bool,
}

/// Where a step stands on the timeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Group {
    /// Contracts and the drop.
    Prepare,
    /// Batches.
    Airdrop,
    /// What closes the launch.
    After,
}

/// One intended transaction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Stable id: `deploy-implementation`, `deploy-factory`, `create-drop`, `batch-1` …, `freeze`.
    pub id: String,
    /// Where it stands on the timeline.
    pub group: Group,
    /// What it does, for a person.
    pub sentence: String,
    /// Whom it calls.
    pub to: Address,
    /// With what.
    pub calldata: Bytes,
    /// Wei it carries, a decimal string when serialised.
    #[serde(with = "atelier_chain::decimal")]
    pub value: U256,
    /// Gas limit before anything was measured.
    pub gas_limit: u64,
    /// Tokens it mints.
    pub tokens: Option<TokenRange>,
    /// How the chain shows that it has happened.
    pub done_when: DoneWhen,
}

/// A launch as a list of intended transactions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LaunchPlan {
    /// [`SCHEMA`].
    pub schema: u32,
    /// The chain.
    pub chain_id: u64,
    /// Who sends every step.
    pub deployer: Address,
    /// Where the drop will be.
    pub drop: Address,
    /// The factory it comes from.
    pub factory: Address,
    /// The code it runs.
    pub implementation: Address,
    /// What the drop is born with.
    pub config: DropConfig,
    /// Who receives the batches.
    pub recipient: Address,
    /// Tokens minted by the steps: 1 to this number.
    pub batched: u32,
    /// Tokens kept for vouchers.
    pub vouchers: u32,
    /// In the order in which they must happen.
    pub steps: Vec<Step>,
}

impl LaunchPlan {
    /// Plan a launch.
    pub fn build(input: &LaunchInput) -> Result<Self, LaunchError> {
        check(input)?;
        let drop = input.deployment.drop(input.salt, &input.config);
        let mut steps = prepare(input, drop);
        steps.extend(airdrop(input, drop));
        if input.freeze {
            steps.push(freeze(drop));
        }
        Ok(Self {
            schema: SCHEMA,
            chain_id: input.chain_id,
            deployer: input.deployer,
            drop,
            factory: input.deployment.factory,
            implementation: input.deployment.implementation,
            config: input.config.clone(),
            recipient: input.recipient,
            batched: input.batched,
            vouchers: input.vouchers,
            steps,
        })
    }

    /// The one serialisation of this plan: canonical JSON (RFC 8785).
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let value = serde_json::to_value(self).expect("a plan holds only integers, strings and lists");
        canonical::to_string(&value).into_bytes()
    }

    /// Read a stored plan.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, LaunchError> {
        #[derive(Deserialize)]
        struct Header {
            schema: u32,
        }
        let unreadable = |error: serde_json::Error| LaunchError::Unreadable { reason: error.to_string() };
        let header: Header = serde_json::from_slice(bytes).map_err(unreadable)?;
        if header.schema != SCHEMA {
            return Err(LaunchError::OtherSchema { found: header.schema, known: SCHEMA });
        }
        serde_json::from_slice(bytes).map_err(unreadable)
    }

    /// SHA-256 of [`LaunchPlan::to_bytes`]: what a rehearsal reports and a launch is bound to.
    #[must_use]
    pub fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.to_bytes()).into()
    }

    /// The step with this id.
    #[must_use]
    pub fn step(&self, id: &str) -> Option<&Step> {
        self.steps.iter().find(|step| step.id == id)
    }

    /// Wei the whole plan can cost at most when no gas costs more than `max_fee_per_gas`.
    #[must_use]
    pub fn worst_case(&self, max_fee_per_gas: U256) -> U256 {
        self.steps.iter().map(|step| step.worst_case(max_fee_per_gas)).sum()
    }

    /// Gas of all limits together.
    #[must_use]
    pub fn gas_limits(&self) -> u64 {
        self.steps.iter().map(|step| step.gas_limit).sum()
    }
}

impl Step {
    /// Wei this step can cost at most when no gas costs more than `max_fee_per_gas`.
    #[must_use]
    pub fn worst_case(&self, max_fee_per_gas: U256) -> U256 {
        U256::from(self.gas_limit) * max_fee_per_gas + self.value
    }
}

fn check(input: &LaunchInput) -> Result<(), LaunchError> {
    let config = &input.config;
    if config.maxSupply == 0 {
        return Err(LaunchError::NoSupply);
    }
    if u64::from(input.batched) + u64::from(input.vouchers) > u64::from(config.maxSupply) {
        let (batched, vouchers, supply) = (input.batched, input.vouchers, config.maxSupply);
        return Err(LaunchError::TooManyTokens { batched, vouchers, supply });
    }
    if input.batch_size == 0 && input.batched > 0 {
        return Err(LaunchError::EmptyBatch);
    }
    if input.batch_size > MAX_BATCH {
        return Err(LaunchError::BatchTooLarge { batch_size: input.batch_size, most: MAX_BATCH });
    }
    for (address, what, needed) in [
        (input.deployer, "deployer", true),
        (config.owner, "owner", true),
        (input.recipient, "recipient of the batches", input.batched > 0),
        (config.royaltyReceiver, "receiver of the royalty", config.royaltyBps > 0),
        (config.voucherSigner, "signer of the vouchers", input.vouchers > 0),
    ] {
        if needed && address.is_zero() {
            return Err(LaunchError::MissingAddress { what });
        }
    }
    if config.royaltyBps > MAX_ROYALTY_BPS {
        return Err(LaunchError::RoyaltyTooHigh { bps: config.royaltyBps, cap: MAX_ROYALTY_BPS });
    }
    let (deployer, owner) = (input.deployer, config.owner);
    if input.batched > 0 && deployer != owner && deployer != config.minter {
        return Err(LaunchError::DeployerHasNoRight { deployer, owner, what: "mint the batches" });
    }
    if input.freeze && deployer != owner {
        return Err(LaunchError::DeployerHasNoRight { deployer, owner, what: "freeze the metadata" });
    }
    Ok(())
}

fn prepare(input: &LaunchInput, drop: Address) -> Vec<Step> {
    let ours = &input.deployment;
    let creation = |id: &str, sentence: String, code: &Bytes, address: Address, code_hash: B256| {
        let calldata = create2::proxy_calldata(create2::SALT, code);
        Step {
            id: id.to_owned(),
            group: Group::Prepare,
            sentence,
            to: create2::PROXY,
            // The runtime is never longer than what creates it.
            gas_limit: creation_gas(&calldata, code.len()),
            calldata,
            value: U256::ZERO,
            tokens: None,
            done_when: DoneWhen::CodeAt { address, code_hash },
        }
    };
    let config = &input.config;
    let strings = [&config.name, &config.symbol, &config.baseURI, &config.contractURI];
    let words: usize = strings.iter().map(|text| 1 + text.len().div_ceil(32)).sum();
    let create = IAtelierFactory::createDropCall { salt: input.salt, config: config.clone() }.abi_encode();
    vec![
        creation(
            "deploy-implementation",
            "Put the drop contract's code on the chain".to_owned(),
            &ours.implementation_code,
            ours.implementation,
            ours.implementation_hash,
        ),
        creation(
            "deploy-factory",
            "Put the factory on the chain, which makes drops from that code".to_owned(),
            &ours.factory_code,
            ours.factory,
            ours.factory_hash,
        ),
        Step {
            id: "create-drop".to_owned(),
            group: Group::Prepare,
            sentence: format!("Create “{}” with a supply of {}", config.name, config.maxSupply),
            to: ours.factory,
            gas_limit: create_drop_gas(create.len(), words),
            calldata: create.into(),
            value: U256::ZERO,
            tokens: None,
            done_when: DoneWhen::CodeAt {
                address: drop,
                code_hash: keccak256(create2::clone_code(ours.implementation)),
            },
        },
    ]
}

fn airdrop(input: &LaunchInput, drop: Address) -> impl Iterator<Item = Step> {
    let to = input.recipient;
    // With nothing to mint there is no batch, whatever the size says.
    batches(input.batched, input.batch_size.max(1)).zip(1_u32..).map(move |(tokens, batch)| {
        let quantity = U256::from(tokens.count());
        let call = IAtelierDrop::mintBatchCall { batchId: U256::from(batch), to, quantity };
        let sentence = if tokens.count() == 1 {
            format!("Mint token {}", tokens.first)
        } else {
            format!("Mint tokens {} to {}", tokens.first, tokens.last)
        };
        Step {
            id: format!("batch-{batch}"),
            group: Group::Airdrop,
            sentence,
            to: drop,
            calldata: call.abi_encode().into(),
            value: U256::ZERO,
            gas_limit: batch_gas(tokens.count()),
            tokens: Some(tokens),
            done_when: DoneWhen::NextBatchAbove { drop, batch },
        }
    })
}

fn freeze(drop: Address) -> Step {
    Step {
        id: "freeze".to_owned(),
        group: Group::After,
        sentence: "Freeze the metadata: nobody can change it after this, you included".to_owned(),
        to: drop,
        calldata: IAtelierDrop::freezeMetadataCall {}.abi_encode().into(),
        value: U256::ZERO,
        gas_limit: FREEZE_GAS,
        tokens: None,
        done_when: DoneWhen::MetadataFrozen { drop },
    }
}
