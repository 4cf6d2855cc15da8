use alloy::{
    hex,
    primitives::U256,
    sol_types::{SolError, SolInterface},
};
use atelier_chain::{
    artifacts::Artifacts,
    bindings::IAtelierDrop::{Drop_SupplyExceeded, IAtelierDropErrors},
    revert::decode_revert,
};

#[test]
fn our_errors_become_sentences_with_their_numbers() {
    let error = Drop_SupplyExceeded { wanted: U256::from(20), left: U256::from(7) };
    let decoded = decode_revert(&error.abi_encode());
    assert_eq!(decoded.name, "Drop_SupplyExceeded");
    assert_eq!(decoded.sentence, "20 more tokens were asked for, and the supply has 7 left");
}

#[test]
fn soliditys_own_errors_become_sentences() {
    // abi.encodeWithSignature("Error(string)", "no"), written out.
    let error = hex!(
        "08c379a0"
        "0000000000000000000000000000000000000000000000000000000000000020"
        "0000000000000000000000000000000000000000000000000000000000000002"
        "6e6f000000000000000000000000000000000000000000000000000000000000"
    );
    assert_eq!(decode_revert(&error).sentence, "the contract says \"no\"");
    let panic = hex!("4e487b71" "0000000000000000000000000000000000000000000000000000000000000011");
    assert_eq!(decode_revert(&panic).sentence, "the contract panicked: a number overflowed (code 0x11)");
}

#[test]
fn rubbish_is_unknown_and_nothing_breaks() {
    assert_eq!(decode_revert(&[]).name, "unknown");
    for cut in 0..36 {
        let error = Drop_SupplyExceeded { wanted: U256::from(20), left: U256::from(7) }.abi_encode();
        assert_eq!(decode_revert(&error[..cut]).name, "unknown", "cut at {cut}");
    }
    assert_eq!(decode_revert(&hex!("deadbeef00")).name, "unknown");
}

#[test]
fn every_error_of_the_contracts_has_a_sentence_of_its_own() {
    let artifacts = Artifacts::embedded().expect("the artifacts are whole");
    for error in artifacts.drop.abi.errors() {
        let words = error.inputs.len();
        let data = [&error.selector()[..], &vec![0; 32 * words]].concat();
        let decoded = decode_revert(&data);
        assert_eq!(decoded.name, error.name, "{} is known", error.name);
        assert!(IAtelierDropErrors::valid_selector(error.selector().0));
    }
    for error in artifacts.factory.abi.errors() {
        let data = [&error.selector()[..], &vec![0; 32 * error.inputs.len()]].concat();
        assert_eq!(decode_revert(&data).name, error.name, "{} is known", error.name);
    }
}
