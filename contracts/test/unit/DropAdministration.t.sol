// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.28;

import {IERC4906} from "@openzeppelin/contracts/interfaces/IERC4906.sol";

import {IAtelierDrop} from "../../src/interfaces/IAtelierDrop.sol";
import {IERC7572} from "../../src/interfaces/IERC7572.sol";
import {DropConfig} from "../../src/types/DropConfig.sol";
import {Voucher} from "../../src/types/Voucher.sol";
import {DropTest} from "../utils/DropTest.sol";
import {GreedyOwner, Mute} from "../utils/Receivers.sol";
import {vm} from "../utils/Vm.sol";

contract DropAdministrationTest is DropTest {
    /*//////////////////////////////////////////////////////////////
                                 ACCESS
    //////////////////////////////////////////////////////////////*/

    function test_AnyoneElseReverts() public {
        vm.prank(owner);
        drop.transferOwnership(bob);

        bytes[10] memory calls = [
            abi.encodeCall(IAtelierDrop.setVoucherSigner, (stranger)),
            abi.encodeCall(IAtelierDrop.setMinter, (stranger)),
            abi.encodeCall(IAtelierDrop.setRoyalty, (stranger, 1)),
            abi.encodeCall(IAtelierDrop.setBaseURI, ("x")),
            abi.encodeCall(IAtelierDrop.setContractURI, ("x")),
            abi.encodeCall(IAtelierDrop.freezeMetadata, ()),
            abi.encodeCall(IAtelierDrop.reduceMaxSupply, (1)),
            abi.encodeCall(IAtelierDrop.setMintPaused, (true)),
            abi.encodeCall(IAtelierDrop.withdraw, (stranger)),
            abi.encodeCall(IAtelierDrop.transferOwnership, (stranger))
        ];
        address[5] memory others = [stranger, minter, signer, address(factory), bob];
        for (uint256 i = 0; i < calls.length; ++i) {
            for (uint256 j = 0; j < others.length; ++j) {
                vm.prank(others[j]);
                (bool success, bytes memory result) = address(drop).call(calls[i]);
                vm.assertFalse(success, "only the owner");
                vm.assertEq(
                    result,
                    abi.encodeWithSelector(IAtelierDrop.Drop_NotOwner.selector, others[j]),
                    "and the error names who tried"
                );
            }
        }
    }

    function test_TheImplementationHasNoOwnerToAct() public {
        vm.expectRevert(abi.encodeWithSelector(IAtelierDrop.Drop_NotOwner.selector, owner));
        vm.prank(owner);
        implementation.withdraw(owner);
    }

    /*//////////////////////////////////////////////////////////////
                                 ROLES
    //////////////////////////////////////////////////////////////*/

    function test_RolesChange() public {
        vm.expectEmit(address(drop));
        emit IAtelierDrop.VoucherSignerChanged(bob);
        vm.prank(owner);
        drop.setVoucherSigner(bob);
        vm.assertEq(drop.voucherSigner(), bob, "voucher signer");

        vm.expectEmit(address(drop));
        emit IAtelierDrop.MinterChanged(alice);
        vm.prank(owner);
        drop.setMinter(alice);
        vm.assertEq(drop.minter(), alice, "minter");
        vm.assertEq(drop.maxSupply(), 1000, "the words beside it are untouched");
        vm.assertEq(drop.nextBatchId(), 1, "the words beside it are untouched");
    }

    /*//////////////////////////////////////////////////////////////
                                ROYALTY
    //////////////////////////////////////////////////////////////*/

    function test_RoyaltyAboveTheCapReverts() public {
        vm.expectRevert(abi.encodeWithSelector(IAtelierDrop.Drop_RoyaltyTooHigh.selector, 1001));
        vm.prank(owner);
        drop.setRoyalty(alice, 1001);
        vm.expectRevert(abi.encodeWithSelector(IAtelierDrop.Drop_RoyaltyTooHigh.selector, type(uint16).max));
        vm.prank(owner);
        drop.setRoyalty(alice, type(uint16).max);
    }

    function test_RoyaltyForNobodyReverts() public {
        vm.expectRevert(abi.encodeWithSelector(IAtelierDrop.Drop_ZeroAddress.selector));
        vm.prank(owner);
        drop.setRoyalty(address(0), 1);
    }

    function test_RoyaltyChanges() public {
        vm.expectEmit(address(drop));
        emit IAtelierDrop.RoyaltyChanged(alice, 1000);
        vm.prank(owner);
        drop.setRoyalty(alice, 1000);
        (address receiver, uint256 amount) = drop.royaltyInfo(1, 1 ether);
        vm.assertEq(receiver, alice, "receiver");
        vm.assertEq(amount, 0.1 ether, "a tenth, the cap itself");
        vm.prank(owner);
        drop.setRoyalty(address(0), 0);
        (receiver, amount) = drop.royaltyInfo(1, 1 ether);
        vm.assertEq(receiver, address(0), "no receiver");
        vm.assertEq(amount, 0, "no royalty");
    }

    /*//////////////////////////////////////////////////////////////
                                METADATA
    //////////////////////////////////////////////////////////////*/

    function test_BaseURIMoves() public {
        _mintBatch(alice, 3);
        vm.expectEmit(address(drop));
        emit IERC4906.BatchMetadataUpdate(1, type(uint256).max);
        vm.prank(owner);
        drop.setBaseURI("ipfs://next/");
        vm.assertEq(drop.baseURI(), "ipfs://next/", "base URI");
        vm.assertEq(drop.tokenURI(3), "ipfs://next/3.json", "token URI");
    }

    function test_ContractURIMoves() public {
        vm.expectEmit(address(drop));
        emit IERC7572.ContractURIUpdated();
        vm.prank(owner);
        drop.setContractURI("ipfs://collection");
        vm.assertEq(drop.contractURI(), "ipfs://collection", "contract URI");
    }

    function test_FrozenMeansFrozen() public {
        DropConfig memory config = _config();
        vm.expectEmit(address(drop));
        emit IAtelierDrop.MetadataFrozen();
        vm.prank(owner);
        drop.freezeMetadata();
        vm.assertTrue(drop.metadataFrozen(), "frozen");

        bytes[3] memory calls = [
            abi.encodeCall(IAtelierDrop.setBaseURI, ("x")),
            abi.encodeCall(IAtelierDrop.setContractURI, ("x")),
            abi.encodeCall(IAtelierDrop.freezeMetadata, ())
        ];
        for (uint256 i = 0; i < calls.length; ++i) {
            vm.prank(owner);
            (bool success, bytes memory result) = address(drop).call(calls[i]);
            vm.assertFalse(success, "frozen");
            vm.assertEq(result, abi.encodeWithSelector(IAtelierDrop.Drop_MetadataFrozen.selector), "and says so");
        }
        vm.assertEq(drop.baseURI(), config.baseURI, "base URI as it was");
        vm.assertEq(drop.contractURI(), config.contractURI, "contract URI as it was");

        // The next owner is bound too, and everything else goes on.
        vm.prank(owner);
        drop.transferOwnership(bob);
        vm.prank(bob);
        drop.acceptOwnership();
        vm.expectRevert(abi.encodeWithSelector(IAtelierDrop.Drop_MetadataFrozen.selector));
        vm.prank(bob);
        drop.setBaseURI("x");
        vm.prank(bob);
        drop.setRoyalty(bob, 1);
        vm.prank(bob);
        drop.mintBatch(1, alice, 1);
    }

    /*//////////////////////////////////////////////////////////////
                                 SUPPLY
    //////////////////////////////////////////////////////////////*/

    function _expectInvalidSupply(uint256 given, uint256 lowest, uint256 highest) private {
        vm.expectRevert(abi.encodeWithSelector(IAtelierDrop.Drop_InvalidMaxSupply.selector, given, lowest, highest));
    }

    function test_SupplyOnlyGoesDownToWhatWasMinted() public {
        _mintBatch(alice, 10);
        vm.startPrank(owner);
        _expectInvalidSupply(1000, 10, 999);
        drop.reduceMaxSupply(1000);
        _expectInvalidSupply(type(uint32).max, 10, 999);
        drop.reduceMaxSupply(type(uint32).max);
        _expectInvalidSupply(9, 10, 999);
        drop.reduceMaxSupply(9);

        vm.expectEmit(address(drop));
        emit IAtelierDrop.MaxSupplyReduced(999);
        drop.reduceMaxSupply(999);
        drop.reduceMaxSupply(10);
        vm.assertEq(drop.maxSupply(), 10, "down to what was minted");

        _expectInvalidSupply(10, 10, 9);
        drop.reduceMaxSupply(10);
        vm.expectRevert(abi.encodeWithSelector(IAtelierDrop.Drop_SupplyExceeded.selector, 1, 0));
        drop.mintBatch(2, alice, 1);
        vm.stopPrank();
    }

    function test_SupplyOfADropNeverMintedMayEndAtZero() public {
        vm.startPrank(owner);
        drop.reduceMaxSupply(0);
        vm.assertEq(drop.maxSupply(), 0, "closed for ever");
        _expectInvalidSupply(0, 0, 0);
        drop.reduceMaxSupply(0);
        vm.stopPrank();
    }

    /*//////////////////////////////////////////////////////////////
                                 PAUSE
    //////////////////////////////////////////////////////////////*/

    function test_PauseNeverStopsATransfer() public {
        _mintBatch(alice, 2);
        vm.expectEmit(address(drop));
        emit IAtelierDrop.MintPausedChanged(true);
        vm.prank(owner);
        drop.setMintPaused(true);
        vm.assertTrue(drop.mintPaused(), "paused");
        vm.prank(alice);
        drop.transferFrom(alice, bob, 1);
        vm.prank(alice);
        drop.burn(2);
        vm.expectEmit(address(drop));
        emit IAtelierDrop.MintPausedChanged(false);
        vm.prank(owner);
        drop.setMintPaused(false);
        vm.assertFalse(drop.mintPaused(), "going on");
    }

    /*//////////////////////////////////////////////////////////////
                                 MONEY
    //////////////////////////////////////////////////////////////*/

    function _sell(uint256 nonce, uint256 price) private {
        Voucher memory voucher = _voucher(nonce);
        voucher.price = price;
        drop.mintVoucher{value: price}(voucher, _sign(voucher));
    }

    function test_WithdrawPaysTheWholeBalance() public {
        _sell(1, 1 ether);
        _sell(2, 2 ether);
        address treasury = _person("treasury");
        vm.expectEmit(address(drop));
        emit IAtelierDrop.Withdrawn(treasury, 3 ether);
        vm.prank(owner);
        drop.withdraw(treasury);
        vm.assertEq(treasury.balance, 3 ether, "paid");
        vm.assertEq(address(drop).balance, 0, "nothing left");
    }

    function test_WithdrawToZeroReverts() public {
        vm.expectRevert(abi.encodeWithSelector(IAtelierDrop.Drop_ZeroAddress.selector));
        vm.prank(owner);
        drop.withdraw(address(0));
    }

    function test_WithdrawToWhoRefusesReverts() public {
        _sell(1, 1 ether);
        address mute = address(new Mute());
        vm.expectRevert(abi.encodeWithSelector(IAtelierDrop.Drop_WithdrawFailed.selector));
        vm.prank(owner);
        drop.withdraw(mute);
        vm.assertEq(address(drop).balance, 1 ether, "the money stays");
    }

    function test_WithdrawReenteredFindsNothingMore() public {
        _sell(1, 1 ether);
        GreedyOwner greedy = new GreedyOwner(drop);
        vm.prank(owner);
        drop.transferOwnership(address(greedy));
        greedy.accept();
        greedy.withdraw();
        vm.assertEq(greedy.entries(), 3, "it did come back in");
        vm.assertEq(greedy.received(), 1 ether, "and got the balance once");
    }

    function test_MoneyForcedInIsPaidOut() public {
        vm.deal(address(drop), 5 ether);
        address treasury = _person("treasury");
        vm.prank(owner);
        drop.withdraw(treasury);
        vm.assertEq(treasury.balance, 5 ether, "nothing can be stuck");
    }

    function test_MoneyWithoutAVoucherIsRefused() public {
        (bool sent,) = address(drop).call{value: 1}("");
        vm.assertFalse(sent, "no receive function");
        (sent,) = address(drop).call{value: 1}(abi.encodeCall(IAtelierDrop.cancelVoucher, (1)));
        vm.assertFalse(sent, "not payable");
    }

    /*//////////////////////////////////////////////////////////////
                               OWNERSHIP
    //////////////////////////////////////////////////////////////*/

    function test_OwnershipPassesInTwoSteps() public {
        vm.expectEmit(address(drop));
        emit IAtelierDrop.OwnershipTransferStarted(owner, bob);
        vm.prank(owner);
        drop.transferOwnership(bob);
        vm.assertEq(drop.owner(), owner, "still the owner");
        vm.assertEq(drop.pendingOwner(), bob, "offered");

        vm.expectEmit(address(drop));
        emit IAtelierDrop.OwnershipTransferred(owner, bob);
        vm.prank(bob);
        drop.acceptOwnership();
        vm.assertEq(drop.owner(), bob, "accepted");
        vm.assertEq(drop.pendingOwner(), address(0), "no offer left");

        vm.expectRevert(abi.encodeWithSelector(IAtelierDrop.Drop_NotOwner.selector, owner));
        vm.prank(owner);
        drop.setMintPaused(true);
        vm.expectRevert(abi.encodeWithSelector(IAtelierDrop.Drop_NotPendingOwner.selector, bob));
        vm.prank(bob);
        drop.acceptOwnership();
    }

    function test_OnlyWhoIsOfferedItAccepts() public {
        address[2] memory others = [stranger, owner];
        for (uint256 i = 0; i < others.length; ++i) {
            vm.expectRevert(abi.encodeWithSelector(IAtelierDrop.Drop_NotPendingOwner.selector, others[i]));
            vm.prank(others[i]);
            drop.acceptOwnership();
        }
        vm.prank(owner);
        drop.transferOwnership(bob);
        vm.prank(owner);
        drop.transferOwnership(alice);
        vm.expectRevert(abi.encodeWithSelector(IAtelierDrop.Drop_NotPendingOwner.selector, bob));
        vm.prank(bob);
        drop.acceptOwnership();
        vm.prank(owner);
        drop.transferOwnership(address(0));
        vm.expectRevert(abi.encodeWithSelector(IAtelierDrop.Drop_NotPendingOwner.selector, alice));
        vm.prank(alice);
        drop.acceptOwnership();
    }
}
