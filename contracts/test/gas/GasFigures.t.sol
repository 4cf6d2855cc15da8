// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.28;

import {IAtelierDrop} from "../../src/interfaces/IAtelierDrop.sol";
import {DropConfig} from "../../src/types/DropConfig.sol";
import {Voucher} from "../../src/types/Voucher.sol";
import {DropTest} from "../utils/DropTest.sol";
import {vm} from "../utils/Vm.sol";

/// @dev Whole-transaction gas, as a receipt states it: each call below is a transaction of its own, with the 21,000 and
/// the calldata in it. The drop is in use (nobody's first mint), every recipient is new to it. The figures are kept in
/// snapshots/GasFiguresTest.json, and a figure that differs from it fails the test (README.md says how to renew them).
/// forge-config: default.isolate = true
contract GasFiguresTest is DropTest {
    uint256 private people;

    function setUp() public override {
        super.setUp();
        DropConfig memory config = _config();
        config.maxSupply = 100_000;
        drop = IAtelierDrop(factory.createDrop("gas", config));
        vm.prank(minter);
        drop.mintBatch(1, _newcomer(), 3);
    }

    /// @dev An address nothing has touched.
    function _newcomer() private returns (address) {
        people += 1;
        return address(uint160(uint256(keccak256(abi.encode("newcomer", people)))));
    }

    function _note(string memory name, uint256 most) private returns (uint256 gas) {
        gas = vm.lastCallGas().gasTotalUsed;
        vm.snapshotValue(name, gas);
        vm.assertLe(gas, most, name);
    }

    function _batch(address sender, uint256 quantity) private {
        uint256 batchId = drop.nextBatchId();
        address to = _newcomer();
        vm.prank(sender);
        drop.mintBatch(batchId, to, quantity);
    }

    function test_Batches() public {
        _batch(minter, 1);
        _note("batch of 1", 84_000);
        _batch(minter, 50);
        _note("batch of 50", 185_000);
        _batch(minter, 500);
        _note("batch of 500", 1_100_000);
        _batch(owner, 50);
        _note("batch of 50, sent by the owner who is not the minter", 187_100);
    }

    function test_Vouchers() public {
        Voucher memory voucher = _voucher(1000);
        voucher.recipient = _newcomer();
        bytes memory signature = _sign(voucher);
        vm.prank(stranger);
        drop.mintVoucher(voucher, signature);
        _note("voucher of 1, first of its 256 nonces", 115_000);

        voucher.nonce += 1;
        voucher.recipient = _newcomer();
        voucher.price = 0.001 ether;
        signature = _sign(voucher);
        vm.prank(stranger);
        drop.mintVoucher{value: 0.001 ether}(voucher, signature);
        _note("voucher of 1", 97_000);
    }

    function test_FirstTransferAfterBatchesOf50() public {
        _firstTransfers("first transfer after batches of 50, dearest id", 50, 30, 92_000);
    }

    function test_FirstTransferAfterBatchesOf500() public {
        _firstTransfers("first transfer after batches of 500, dearest id", 500, 3, 95_000);
    }

    /// @dev The dearest of every id's first transfer, each from the same state to a new owner.
    function _firstTransfers(string memory name, uint256 size, uint256 batches, uint256 most) private {
        uint256 first = drop.totalMinted() + 1;
        for (uint256 i = 0; i < batches; ++i) {
            _batch(minter, size);
        }
        address to = _newcomer();
        uint256 dearest;
        for (uint256 id = first; id < first + size * batches; ++id) {
            address holder = drop.ownerOf(id);
            uint256 state = vm.snapshotState();
            vm.prank(holder);
            drop.transferFrom(holder, to, id);
            uint256 gas = vm.lastCallGas().gasTotalUsed;
            vm.revertToState(state);
            if (gas > dearest) dearest = gas;
        }
        vm.snapshotValue(name, dearest);
        vm.assertLe(dearest, most, name);
    }

    function test_OtherMoves() public {
        address holder = _newcomer();
        vm.prank(minter);
        drop.mintBatch(2, holder, 50);
        address to = _newcomer();
        vm.prank(holder);
        drop.transferFrom(holder, to, 10);
        vm.prank(to);
        drop.transferFrom(to, holder, 10);
        _note("second transfer, back to a holder", 70_000);
        vm.prank(holder);
        drop.approve(stranger, 20);
        _note("approve one token of a batch", 100_000);
        vm.prank(stranger);
        drop.transferFrom(holder, to, 20);
        _note("transfer by the approved", 80_000);
        vm.prank(holder);
        drop.burn(30);
        _note("burn", 90_000);
    }

    function test_NewDrop() public {
        DropConfig memory config = _config();
        factory.createDrop("full", config);
        _note("new drop, clone and initialise, with both URIs", 520_000);
        config.baseURI = "";
        config.contractURI = "";
        factory.createDrop("short", config);
        _note("new drop, clone and initialise, URIs empty", 340_000);
        config.royaltyReceiver = address(0);
        config.royaltyBps = 0;
        config.provenance = 0;
        config.voucherSigner = address(0);
        config.minter = address(0);
        factory.createDrop("bare", config);
        _note("new drop, clone and initialise, name, symbol, owner and supply only", 195_000);
    }

    function test_Sizes() public {
        vm.snapshotValue("size of AtelierDrop in bytes", address(implementation).code.length);
        vm.snapshotValue("size of AtelierFactory in bytes", address(factory).code.length);
        vm.assertLe(address(implementation).code.length, 24_576 - 4096, "EIP-170 with a margin");
    }
}
