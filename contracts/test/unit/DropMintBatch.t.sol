// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.28;

import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";

import {IAtelierDrop} from "../../src/interfaces/IAtelierDrop.sol";
import {DropTest} from "../utils/DropTest.sol";
import {Mute} from "../utils/Receivers.sol";
import {vm} from "../utils/Vm.sol";

contract DropMintBatchTest is DropTest {
    function test_AnyoneElseReverts() public {
        address[3] memory others = [stranger, signer, address(factory)];
        for (uint256 i = 0; i < others.length; ++i) {
            vm.expectRevert(abi.encodeWithSelector(IAtelierDrop.Drop_NotMinter.selector, others[i]));
            vm.prank(others[i]);
            drop.mintBatch(1, alice, 1);
        }
    }

    function test_SecondUseOfABatchReverts() public {
        _mintBatch(alice, 10);
        _mintBatch(alice, 10);
        for (uint256 batchId = 1; batchId <= 2; ++batchId) {
            vm.expectRevert(abi.encodeWithSelector(IAtelierDrop.Drop_BatchAlreadyUsed.selector, batchId));
            vm.prank(owner);
            drop.mintBatch(batchId, alice, 10);
        }
        vm.assertEq(drop.totalMinted(), 20, "each batch was minted once");
    }

    function test_BatchOutOfOrderReverts() public {
        _mintBatch(alice, 1);
        uint256[3] memory ids = [uint256(0), 3, type(uint256).max];
        for (uint256 i = 0; i < ids.length; ++i) {
            vm.expectRevert(abi.encodeWithSelector(IAtelierDrop.Drop_BatchOutOfOrder.selector, 2, ids[i]));
            vm.prank(owner);
            drop.mintBatch(ids[i], alice, 1);
        }
    }

    function test_PausedReverts() public {
        vm.prank(owner);
        drop.setMintPaused(true);
        vm.expectRevert(abi.encodeWithSelector(IAtelierDrop.Drop_MintPaused.selector));
        vm.prank(owner);
        drop.mintBatch(1, alice, 1);
        vm.assertEq(drop.nextBatchId(), 1, "the batch stays open");
    }

    function test_ToZeroReverts() public {
        vm.expectRevert(abi.encodeWithSelector(IAtelierDrop.Drop_ZeroAddress.selector));
        vm.prank(owner);
        drop.mintBatch(1, address(0), 1);
    }

    function test_OfNothingReverts() public {
        vm.expectRevert(abi.encodeWithSelector(IAtelierDrop.Drop_ZeroQuantity.selector));
        vm.prank(owner);
        drop.mintBatch(1, alice, 0);
    }

    function test_MoreThanIsLeftReverts() public {
        _mintBatch(alice, 990);
        uint256[2] memory quantities = [uint256(11), type(uint256).max];
        for (uint256 i = 0; i < quantities.length; ++i) {
            vm.expectRevert(abi.encodeWithSelector(IAtelierDrop.Drop_SupplyExceeded.selector, quantities[i], 10));
            vm.prank(owner);
            drop.mintBatch(2, alice, quantities[i]);
        }
        vm.assertEq(drop.nextBatchId(), 2, "the batch stays open");
    }

    function test_ToTheLastToken() public {
        _mintBatch(alice, 999);
        _mintBatch(bob, 1);
        vm.assertEq(drop.totalMinted(), drop.maxSupply(), "sold out");
        vm.assertEq(drop.ownerOf(1000), bob, "last token");
        vm.expectRevert(abi.encodeWithSelector(IAtelierDrop.Drop_SupplyExceeded.selector, 1, 0));
        vm.prank(owner);
        drop.mintBatch(3, alice, 1);
    }

    function test_BurnedTokensFreeNoSupply() public {
        _mintBatch(alice, 1000);
        vm.prank(alice);
        drop.burn(5);
        vm.expectRevert(abi.encodeWithSelector(IAtelierDrop.Drop_SupplyExceeded.selector, 1, 0));
        vm.prank(owner);
        drop.mintBatch(2, alice, 1);
    }

    function test_AContractIsNotAsked() public {
        address mute = address(new Mute());
        _mintBatch(mute, 2);
        vm.assertEq(drop.balanceOf(mute), 2, "a batch cannot be blocked by a recipient");
    }

    function test_OwnerAndMinterMintTheNextIds() public {
        vm.expectEmit(address(drop));
        emit IERC721.Transfer(address(0), alice, 1);
        vm.expectEmit(address(drop));
        emit IERC721.Transfer(address(0), alice, 2);
        vm.expectEmit(address(drop));
        emit IAtelierDrop.BatchMinted(1, alice, 1, 2);
        vm.prank(minter);
        drop.mintBatch(1, alice, 2);

        vm.expectEmit(address(drop));
        emit IERC721.Transfer(address(0), bob, 3);
        vm.expectEmit(address(drop));
        emit IAtelierDrop.BatchMinted(2, bob, 3, 1);
        vm.prank(owner);
        drop.mintBatch(2, bob, 1);

        vm.assertEq(drop.totalMinted(), 3, "total");
        vm.assertEq(drop.nextBatchId(), 3, "next batch");
        vm.assertEq(drop.numberMinted(alice), 2, "minted to alice");
        vm.assertEq(drop.ownerOf(2), alice, "owner of 2");
        vm.assertEq(drop.ownerOf(3), bob, "owner of 3");
    }

    function test_AFormerMinterReverts() public {
        vm.prank(owner);
        drop.setMinter(address(0));
        vm.expectRevert(abi.encodeWithSelector(IAtelierDrop.Drop_NotMinter.selector, minter));
        vm.prank(minter);
        drop.mintBatch(1, alice, 1);
    }
}
