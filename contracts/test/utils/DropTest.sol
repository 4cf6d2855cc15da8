// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.28;

import {AtelierDrop} from "../../src/AtelierDrop.sol";
import {AtelierFactory} from "../../src/AtelierFactory.sol";
import {IAtelierDrop} from "../../src/interfaces/IAtelierDrop.sol";
import {DropConfig} from "../../src/types/DropConfig.sol";
import {Voucher} from "../../src/types/Voucher.sol";
import {vm} from "./Vm.sol";

/// @dev The world of the drop's tests: an implementation, a factory, one drop and the people around it.
abstract contract DropTest {
    uint256 internal constant SIGNER_KEY = 0xA11CE;
    uint256 internal constant NOW = 1_800_000_000;

    address internal immutable owner = _person("owner");
    address internal immutable minter = _person("minter");
    address internal immutable royaltyReceiver = _person("royalty receiver");
    address internal immutable alice = _person("alice");
    address internal immutable bob = _person("bob");
    address internal immutable stranger = _person("stranger");
    address internal immutable signer = vm.addr(SIGNER_KEY);

    AtelierDrop internal implementation;
    AtelierFactory internal factory;
    IAtelierDrop internal drop;

    function setUp() public virtual {
        vm.warp(NOW);
        implementation = new AtelierDrop();
        factory = new AtelierFactory(address(implementation));
        drop = IAtelierDrop(factory.createDrop("salt", _config()));
        vm.deal(address(this), 100 ether);
        vm.deal(alice, 100 ether);
        vm.deal(bob, 100 ether);
        vm.deal(stranger, 100 ether);
    }

    function _person(string memory name) internal returns (address person) {
        person = address(uint160(uint256(keccak256(bytes(name)))));
        vm.label(person, name);
    }

    function _config() internal view returns (DropConfig memory) {
        return DropConfig({
            name: "Tidepool Keepers",
            symbol: "TIDE",
            baseURI: "ipfs://bafybeifgehtuh5ep4au3elqrdxjr7imsoi43tuakkhr34e6a24egypdzq4/",
            contractURI: "ipfs://bafkreifgehtuh5ep4au3elqrdxjr7imsoi43tuakkhr34e6a24egypdzq4",
            owner: owner,
            minter: minter,
            voucherSigner: signer,
            maxSupply: 1000,
            royaltyReceiver: royaltyReceiver,
            royaltyBps: 500,
            provenance: keccak256("bundle")
        });
    }

    /// @dev A free voucher for one token for alice, valid now and without end.
    function _voucher(uint256 nonce) internal view returns (Voucher memory) {
        return Voucher({recipient: alice, quantity: 1, price: 0, validFrom: NOW, validUntil: 0, nonce: nonce});
    }

    function _sign(uint256 key, IAtelierDrop target, Voucher memory voucher) internal view returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, _digest(block.chainid, address(target), voucher));
        return abi.encodePacked(r, s, v);
    }

    function _sign(Voucher memory voucher) internal view returns (bytes memory) {
        return _sign(SIGNER_KEY, drop, voucher);
    }

    /// @dev What the voucher signer signs, computed by forge's own EIP-712 code from the typed data as a wallet would be
    /// shown it, and so independent of the contract's hashing.
    function _digest(uint256 chainId, address target, Voucher memory voucher) internal pure returns (bytes32) {
        string memory types = string.concat(
            '{"types":{"EIP712Domain":[{"name":"name","type":"string"},{"name":"version","type":"string"},',
            '{"name":"chainId","type":"uint256"},{"name":"verifyingContract","type":"address"}],',
            '"Voucher":[{"name":"recipient","type":"address"},{"name":"quantity","type":"uint256"},',
            '{"name":"price","type":"uint256"},{"name":"validFrom","type":"uint256"},',
            '{"name":"validUntil","type":"uint256"},{"name":"nonce","type":"uint256"}]},"primaryType":"Voucher",'
        );
        string memory domain = string.concat(
            '"domain":{"name":"Atelier Drop","version":"1","chainId":"',
            vm.toString(chainId),
            '","verifyingContract":"',
            vm.toString(target),
            '"},'
        );
        string memory message = string.concat(
            '"message":{"recipient":"',
            vm.toString(voucher.recipient),
            '","quantity":"',
            vm.toString(voucher.quantity),
            '","price":"',
            vm.toString(voucher.price),
            '","validFrom":"',
            vm.toString(voucher.validFrom)
        );
        message = string.concat(
            message,
            '","validUntil":"',
            vm.toString(voucher.validUntil),
            '","nonce":"',
            vm.toString(voucher.nonce),
            '"}}'
        );
        return vm.eip712HashTypedData(string.concat(types, domain, message));
    }

    function _mintBatch(address to, uint256 quantity) internal {
        vm.startPrank(owner);
        drop.mintBatch(drop.nextBatchId(), to, quantity);
        vm.stopPrank();
    }
}
