// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.28;

import {IAtelierDrop} from "../../src/interfaces/IAtelierDrop.sol";
import {vm} from "../utils/Vm.sol";
import {DropHandler} from "./DropHandler.sol";

/// @dev What holds for a drop whatever is done to it.
contract DropInvariantsTest {
    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    DropHandler private handler;
    IAtelierDrop private drop;

    function setUp() public {
        handler = new DropHandler();
        drop = handler.theDrop();
    }

    /// @dev Read by forge: the contract to call.
    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    /// @dev Read by forge: the functions to call.
    function targetSelectors() public view returns (FuzzSelector[] memory targets) {
        bytes4[] memory selectors = new bytes4[](12);
        // Mints and transfers more often than the rest.
        selectors[0] = DropHandler.mintBatch.selector;
        selectors[1] = DropHandler.mintVoucher.selector;
        selectors[2] = DropHandler.mintVoucher.selector;
        selectors[3] = DropHandler.transfer.selector;
        selectors[4] = DropHandler.approve.selector;
        selectors[5] = DropHandler.burn.selector;
        selectors[6] = DropHandler.cancelVoucher.selector;
        selectors[7] = DropHandler.setMintPaused.selector;
        selectors[8] = DropHandler.reduceMaxSupply.selector;
        selectors[9] = DropHandler.setURIs.selector;
        selectors[10] = DropHandler.freeze.selector;
        selectors[11] = DropHandler.withdraw.selector;
        targets = new FuzzSelector[](1);
        targets[0] = FuzzSelector(address(handler), selectors);
    }

    function invariant_EveryTokenHasTheOwnerOfTheBooks() public view {
        uint256 minted = handler.minted();
        vm.assertEq(drop.totalMinted(), minted, "number minted");
        vm.assertEq(drop.totalSupply(), minted - handler.burned(), "number existing");
        for (uint256 id = 0; id <= minted + 1; ++id) {
            (bool exists, bytes memory result) =
                address(drop).staticcall(abi.encodeWithSignature("ownerOf(uint256)", id));
            address expected = handler.ownerOf(id);
            vm.assertEq(exists, expected != address(0), "exists exactly when the books say so");
            if (exists) vm.assertEq(abi.decode(result, (address)), expected, "owner");
        }
    }

    function invariant_BalancesAddUp() public view {
        uint256 balances;
        uint256 everMinted;
        for (uint256 i = 0; i < handler.actorCount(); ++i) {
            address actor = handler.actors(i);
            balances += drop.balanceOf(actor);
            everMinted += drop.numberMinted(actor);
            vm.assertEq(drop.numberMinted(actor), handler.mintedTo(actor), "minted to one account");
        }
        vm.assertEq(balances, drop.totalSupply(), "balances add up to the supply");
        vm.assertEq(everMinted, drop.totalMinted(), "mints add up to the total");
    }

    function invariant_SupplyIsKept() public view {
        vm.assertEq(drop.maxSupply(), handler.lowestMaxSupply(), "the lowest ever set");
        vm.assertLe(drop.totalMinted(), drop.maxSupply(), "never more than the maximum");
    }

    function invariant_BatchesAndNoncesAreMintedOnce() public view {
        uint256 batches = handler.batches();
        vm.assertEq(drop.nextBatchId(), batches + 1, "next batch");
        for (uint256 batchId = 0; batchId <= batches + 1; ++batchId) {
            uint256 times = batchId == 0 || batchId > batches ? 0 : 1;
            vm.assertEq(handler.timesBatchMinted(batchId), times, "each batch once");
        }
        for (uint256 nonce = 0; nonce < 24; ++nonce) {
            uint256 times = handler.timesNonceMinted(nonce);
            vm.assertLe(times, 1, "each nonce once");
            vm.assertEq(drop.voucherUsed(nonce), times == 1 || handler.cancelled(nonce), "used up");
            vm.assertFalse(times == 1 && handler.cancelled(nonce), "minted or cancelled, never both");
        }
    }

    function invariant_MoneyInIsMoneyOut() public view {
        vm.assertEq(address(drop).balance + handler.paidOut(), handler.paidIn(), "nothing lost, nothing stuck");
        vm.assertEq(address(0x7EA5).balance, handler.paidOut(), "paid to whom the owner named");
    }

    function invariant_FrozenMeansFrozen() public view {
        if (!handler.frozen()) return;
        vm.assertTrue(drop.metadataFrozen(), "for ever");
        vm.assertEq(drop.baseURI(), handler.frozenBaseURI(), "base URI");
        vm.assertEq(drop.contractURI(), handler.frozenContractURI(), "contract URI");
    }
}
