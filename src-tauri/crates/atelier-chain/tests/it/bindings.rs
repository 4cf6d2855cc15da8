use std::collections::{BTreeMap, BTreeSet};

use alloy::{
    primitives::B256,
    sol_types::{SolCall, SolInterface, SolType},
};
use atelier_chain::{
    artifacts::{Artifact, Artifacts},
    bindings::{
        IAtelierDrop::{self, IAtelierDropCalls, IAtelierDropErrors, IAtelierDropEvents},
        IAtelierFactory::{self, IAtelierFactoryCalls, IAtelierFactoryErrors, IAtelierFactoryEvents},
    },
};

fn check(
    artifact: &Artifact,
    calls: &BTreeSet<[u8; 4]>,
    errors: &BTreeSet<[u8; 4]>,
    events: &BTreeSet<B256>,
) {
    let name = &artifact.contract_name;
    let abi = &artifact.abi;
    let compiled: BTreeSet<[u8; 4]> = abi.functions().map(|function| function.selector().0).collect();
    assert_eq!(*calls, compiled, "{name}: the functions of src/bindings.rs are not those of the artifact");
    let compiled: BTreeSet<[u8; 4]> = abi.errors().map(|error| error.selector().0).collect();
    assert_eq!(*errors, compiled, "{name}: the errors of src/bindings.rs are not those of the artifact");
    let compiled: BTreeSet<B256> = abi.events().map(|event| event.selector()).collect();
    assert_eq!(*events, compiled, "{name}: the events of src/bindings.rs are not those of the artifact");
}

#[test]
fn bindings_equal_the_artifacts() {
    let artifacts = Artifacts::embedded().expect("the artifacts are whole");
    check(
        &artifacts.drop,
        &IAtelierDropCalls::selectors().collect(),
        &IAtelierDropErrors::selectors().collect(),
        &IAtelierDropEvents::SELECTORS.iter().map(|topic| B256::from(*topic)).collect(),
    );
    check(
        &artifacts.factory,
        &IAtelierFactoryCalls::selectors().collect(),
        &IAtelierFactoryErrors::selectors().collect(),
        &IAtelierFactoryEvents::SELECTORS.iter().map(|topic| B256::from(*topic)).collect(),
    );
}

fn returns<C: SolCall>() -> (String, String) {
    let name = <C::ReturnTuple<'static> as SolType>::SOL_NAME;
    // A tuple of one is written "(address,)".
    (C::SIGNATURE.to_owned(), name.replace(",)", ")"))
}

macro_rules! returns {
    ($($contract:ident: $($call:ident),+;)+) => {
        BTreeMap::from([$($(returns::<$contract::$call>()),+),+])
    };
}

#[test]
fn what_the_bindings_decode_is_what_the_contracts_return() {
    let ours = returns! {
        IAtelierDrop: MAX_ROYALTY_BPSCall, ownerCall, pendingOwnerCall, nextBatchIdCall, totalMintedCall,
            totalSupplyCall, maxSupplyCall, numberMintedCall, mintPausedCall, metadataFrozenCall,
            provenanceCall, minterCall, voucherSignerCall, voucherUsedCall, baseURICall, contractURICall,
            royaltyInfoCall, eip712DomainCall, nameCall, symbolCall, tokenURICall, balanceOfCall, ownerOfCall,
            getApprovedCall, isApprovedForAllCall, supportsInterfaceCall;
        IAtelierFactory: implementationCall, createDropCall, predictDropCall;
    };
    let artifacts = Artifacts::embedded().expect("the artifacts are whole");
    let functions = artifacts.drop.abi.functions().chain(artifacts.factory.abi.functions());
    let compiled: BTreeMap<String, String> = functions
        .filter(|function| !function.outputs.is_empty())
        .map(|function| {
            let types: Vec<_> =
                function.outputs.iter().map(|output| output.selector_type().into_owned()).collect();
            (function.signature(), format!("({})", types.join(",")))
        })
        .collect();
    assert_eq!(ours, compiled, "a return type of src/bindings.rs is not the artifact's");
}

#[test]
fn what_is_indexed_in_an_event_is_indexed_in_the_bindings() {
    use alloy::sol_types::SolEvent;
    let artifacts = Artifacts::embedded().expect("the artifacts are whole");
    macro_rules! topics {
        ($($event:ident),+) => {
            [$((IAtelierDrop::$event::SIGNATURE, <IAtelierDrop::$event as SolEvent>::TopicList::COUNT)),+]
        };
    }
    use alloy::sol_types::TopicList as _;
    for (signature, topics) in topics![
        Transfer,
        Approval,
        ApprovalForAll,
        MetadataUpdate,
        BatchMetadataUpdate,
        ContractURIUpdated,
        EIP712DomainChanged,
        OwnershipTransferStarted,
        OwnershipTransferred,
        BatchMinted,
        VoucherRedeemed,
        VoucherCancelled,
        VoucherSignerChanged,
        MinterChanged,
        RoyaltyChanged,
        MetadataFrozen,
        MaxSupplyReduced,
        MintPausedChanged,
        Withdrawn
    ] {
        let event = artifacts.drop.abi.events().find(|event| event.signature() == signature);
        let event = event.unwrap_or_else(|| panic!("{signature} is not an event of the drop"));
        let indexed = 1 + event.inputs.iter().filter(|input| input.indexed).count();
        assert_eq!(topics, indexed, "{signature}: the bindings index other fields than the contract");
    }
}
