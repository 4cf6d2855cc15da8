use std::{fs, path::Path};

use alloy::{
    eips::BlockId,
    primitives::{Address, B256, Bytes, U256, address, keccak256},
    rpc::types::TransactionRequest,
    sol_types::SolValue,
};
use serde::{Deserialize, Serialize};

use super::bindings::ISeaport;
use crate::{ChainError, Endpoint, create2, practice};

/// Pays for the practice market's deployment: nobody has its key, Anvil needs none.
const BUILDER: Address = address!("0x00000000000000000000000000000000A7e11E12");
const ETHER: u64 = 1_000_000_000_000_000_000;

const SEAPORT: &str = "seaport/contracts/Seaport.sol/Seaport.json";
const CONTROLLER: &str = "seaport/contracts/conduit/ConduitController.sol/LocalConduitController.json";

/// A Seaport on the practice chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Market {
    /// Seaport itself.
    pub seaport: Address,
    /// Its conduit controller.
    pub conduit_controller: Address,
}

#[derive(Deserialize)]
struct Published {
    bytecode: Bytes,
}

/// True when `seaport_js` (the folder of npm `@opensea/seaport-js`) holds the published contracts.
#[must_use]
pub fn market_available(seaport_js: &Path) -> bool {
    [SEAPORT, CONTROLLER].iter().all(|file| seaport_js.join("src/artifacts").join(file).is_file())
}

/// Put Seaport 1.6 and its conduit controller on a practice chain, or find them there. They go through the
/// deterministic proxy, so their addresses are the same on every practice chain.
///
/// `seaport_js` is the folder of npm `@opensea/seaport-js` 4.3.0, whose artifacts are the published ones.
pub async fn deploy_practice_market(endpoint: &Endpoint, seaport_js: &Path) -> Result<Market, ChainError> {
    let controller_code = creation_code(seaport_js, CONTROLLER)?;
    let conduit_controller = create2::proxied(B256::ZERO, &controller_code);
    let seaport_code =
        [creation_code(seaport_js, SEAPORT)?.as_ref(), &conduit_controller.abi_encode()].concat();
    let seaport = create2::proxied(B256::ZERO, &seaport_code);
    practice::fund(endpoint, BUILDER, U256::from(ETHER) * U256::from(100)).await?;
    for (address, code, what) in [
        (conduit_controller, controller_code.as_ref(), "putting Seaport's conduit controller on the chain"),
        (seaport, seaport_code.as_slice(), "putting Seaport on the chain"),
    ] {
        if endpoint.code(address, BlockId::latest()).await?.is_empty() {
            let calldata = create2::proxy_calldata(B256::ZERO, code);
            let request = TransactionRequest::default().to(create2::PROXY).input(calldata.into());
            practice::send_unlocked(endpoint, BUILDER, request, what).await?;
        }
    }
    let market = Market { seaport, conduit_controller };
    check(endpoint, market).await?;
    Ok(market)
}

/// Ask the deployed contract who it is: version, signing domain, controller.
async fn check(endpoint: &Endpoint, market: Market) -> Result<(), ChainError> {
    let said = endpoint.read(market.seaport, &ISeaport::informationCall {}, BlockId::latest()).await?;
    let expected = super::order::domain(endpoint.chain_id(), market.seaport).separator();
    if said.version != "1.6" || said.domainSeparator != expected {
        return Err(ChainError::Market { reason: format!("it is Seaport {}, not 1.6", said.version) });
    }
    if said.conduitController != market.conduit_controller {
        return Err(ChainError::Market { reason: "its conduit controller is another".to_owned() });
    }
    Ok(())
}

fn creation_code(seaport_js: &Path, file: &str) -> Result<Bytes, ChainError> {
    let path = seaport_js.join("src/artifacts").join(file);
    let missing = |reason: String| ChainError::MarketMissing { path: path.clone(), reason };
    let text = fs::read(&path).map_err(|error| missing(error.to_string()))?;
    let published: Published =
        serde_json::from_slice(&text).map_err(|error| missing(format!("it is no artifact ({error})")))?;
    if published.bytecode.is_empty() {
        return Err(missing("it holds no bytecode".to_owned()));
    }
    tracing::debug!(file, hash = %keccak256(&published.bytecode), "read a published contract");
    Ok(published.bytecode)
}
