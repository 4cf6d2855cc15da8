//! Addresses that are known before anything is there.
//!
//! Implementation and factory go through the deterministic CREATE2 proxy, so they have one address on every
//! chain; a drop is an ERC-1167 clone whose CREATE2 salt binds its whole configuration.

use alloy::{
    primitives::{Address, B256, Bytes, address, b256, bytes, keccak256},
    sol_types::SolValue,
};

use crate::{artifacts::Artifacts, bindings::DropConfig};

/// Arachnid's deterministic deployment proxy: calldata is a salt followed by creation code.
pub const PROXY: Address = address!("0x4e59b44847b379578588920cA78FbF26c0B4956C");

/// The code at [`PROXY`].
pub const PROXY_CODE: Bytes = bytes!(
    "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe03601600081602082378035828234f58015156039578182fd5b8082525050506014600cf3"
);

/// keccak-256 of [`PROXY_CODE`].
pub const PROXY_CODE_HASH: B256 = b256!("0x2fa86add0aed31f33a762c9d88e807c475bd51d0f52bd0955754b2608f7e4989");

/// The salt of our own deployments through [`PROXY`].
pub const SALT: B256 = B256::ZERO;

/// Where our contracts are, and what puts them there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deployment {
    /// Address of the drop implementation.
    pub implementation: Address,
    /// Its creation code.
    pub implementation_code: Bytes,
    /// keccak-256 of its code on chain.
    pub implementation_hash: B256,
    /// Address of the factory.
    pub factory: Address,
    /// Its creation code, with the implementation as constructor argument.
    pub factory_code: Bytes,
    /// keccak-256 of its code on chain.
    pub factory_hash: B256,
}

impl Deployment {
    /// The addresses of `artifacts` on every chain.
    #[must_use]
    pub fn of(artifacts: &Artifacts) -> Self {
        let implementation_code = artifacts.drop.bytecode.clone();
        let implementation = proxied(SALT, &implementation_code);
        let factory_code: Bytes =
            [artifacts.factory.bytecode.as_ref(), implementation.abi_encode().as_slice()].concat().into();
        Self {
            implementation,
            implementation_code,
            implementation_hash: artifacts.implementation_code_hash(),
            factory: proxied(SALT, &factory_code),
            factory_code,
            factory_hash: artifacts.factory_code_hash(implementation),
        }
    }

    /// Where the factory will put a drop.
    #[must_use]
    pub fn drop(&self, salt: B256, config: &DropConfig) -> Address {
        predict_drop(self.factory, self.implementation, salt, config)
    }
}

/// Where [`PROXY`] puts `creation_code`.
#[must_use]
pub fn proxied(salt: B256, creation_code: &[u8]) -> Address {
    PROXY.create2_from_code(salt, creation_code)
}

/// What to send to [`PROXY`].
#[must_use]
pub fn proxy_calldata(salt: B256, creation_code: &[u8]) -> Bytes {
    [salt.as_slice(), creation_code].concat().into()
}

/// Creation code of an ERC-1167 clone, as OpenZeppelin's `Clones` writes it.
#[must_use]
pub fn clone_creation_code(implementation: Address) -> [u8; 55] {
    let mut code = [0; 55];
    code[..10].copy_from_slice(&alloy::hex!("3d602d80600a3d3981f3"));
    code[10..].copy_from_slice(&clone_code(implementation));
    code
}

/// Runtime code of an ERC-1167 clone.
#[must_use]
pub fn clone_code(implementation: Address) -> [u8; 45] {
    let mut code = [0; 45];
    code[..10].copy_from_slice(&alloy::hex!("363d3d373d3d3d363d73"));
    code[10..30].copy_from_slice(implementation.as_slice());
    code[30..].copy_from_slice(&alloy::hex!("5af43d82803e903d91602b57fd5bf3"));
    code
}

/// The CREATE2 salt of a drop: `keccak256(abi.encode(salt, keccak256(abi.encode(config))))`.
#[must_use]
pub fn clone_salt(salt: B256, config: &DropConfig) -> B256 {
    keccak256((salt, keccak256(config.abi_encode())).abi_encode())
}

/// What `predictDrop` of the factory answers.
#[must_use]
pub fn predict_drop(factory: Address, implementation: Address, salt: B256, config: &DropConfig) -> Address {
    factory.create2_from_code(clone_salt(salt, config), clone_creation_code(implementation))
}
