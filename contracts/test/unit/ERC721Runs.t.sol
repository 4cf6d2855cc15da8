// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.28;

import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {ERC721Runs} from "../../src/ERC721Runs.sol";
import {GoodReceiver, Mute, PassingReceiver, RefusingReceiver, WrongReceiver} from "../utils/Receivers.sol";
import {RunsHarness} from "../utils/RunsHarness.sol";
import {vm} from "../utils/Vm.sol";

contract ERC721RunsTest {
    // Storage slots of the core, as drawn at its top.
    uint256 private constant OWN = 0;
    uint256 private constant RUNS = 1;
    uint256 private constant CONTINUES = 2;

    address private constant ALICE = address(0xA11CE);
    address private constant BOB = address(0xB0B);
    address private constant CAROL = address(0xCA401);

    RunsHarness private runs;

    function setUp() public {
        runs = new RunsHarness();
    }

    function _word(uint256 mappingSlot, uint256 key) private view returns (uint256) {
        return uint256(vm.load(address(runs), keccak256(abi.encode(key, mappingSlot))));
    }

    function _error(bytes4 selector, uint256 value) private pure returns (bytes memory) {
        return abi.encodeWithSelector(selector, value);
    }

    function _nonexistent(uint256 id) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IERC721Errors.ERC721NonexistentToken.selector, id);
    }

    /*//////////////////////////////////////////////////////////////
                                  MINT
    //////////////////////////////////////////////////////////////*/

    function test_MintToZeroReverts() public {
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721InvalidReceiver.selector, address(0)));
        runs.mint(address(0), 1);
    }

    function test_MintOfNothingReverts() public {
        vm.expectRevert(abi.encodeWithSelector(ERC721Runs.ERC721Runs_ZeroQuantity.selector));
        runs.mint(ALICE, 0);
    }

    function test_MintBeyond32BitsReverts() public {
        runs.mint(ALICE, 2);
        uint256 tooMany = uint256(type(uint32).max) - 1;
        vm.expectRevert(abi.encodeWithSelector(SafeCast.SafeCastOverflowedUintDowncast.selector, 32, tooMany + 2));
        runs.mint(ALICE, tooMany);
    }

    function test_MintOfOneWritesItsOwnWordAndNoRun() public {
        uint256 first = runs.mint(ALICE, 1);
        vm.assertEq(first, 1, "ids start at 1");
        vm.assertEq(_word(OWN, 1), uint160(ALICE), "own word");
        vm.assertEq(_word(RUNS, 1), 0, "no run for a single token");
        vm.assertEq(_word(CONTINUES, 0), 0, "no bit for a single token");
    }

    function test_MintOfManyWritesOneOwnerWord() public {
        runs.mint(BOB, 1);
        uint256 first = runs.mint(ALICE, 300);
        vm.assertEq(first, 2, "ids continue");
        vm.assertEq(_word(RUNS, 2), uint160(ALICE), "the head stores the owner");
        for (uint256 id = 2; id <= 301; ++id) {
            vm.assertEq(_word(OWN, id), 0, "no id of a run has a word of its own");
            if (id > 2) vm.assertEq(_word(RUNS, id), 0, "only the head stores the owner");
            vm.assertEq(runs.ownerOf(id), ALICE, "owner through the run");
        }
        // Ids 3 to 301 continue the run of 2.
        vm.assertEq(_word(CONTINUES, 0), type(uint256).max << 3, "first word of bits");
        vm.assertEq(_word(CONTINUES, 1), (1 << (301 - 255)) - 1, "second word of bits");
        vm.assertEq(runs.balanceOf(ALICE), 300, "balance");
        vm.assertEq(runs.numberMinted(ALICE), 300, "number minted");
    }

    function test_MintBeyondTheLongestRunStartsAnother() public {
        runs.mint(ALICE, 1025);
        vm.assertEq(_word(RUNS, 1), uint160(ALICE), "first run");
        vm.assertEq(_word(RUNS, 513), uint160(ALICE), "second run, 512 ids later");
        vm.assertEq(_word(RUNS, 1025), uint160(ALICE), "third run, of one id");
        vm.assertEq(_word(CONTINUES, 2) & 2, 0, "the second head continues nothing");
        vm.assertEq(_word(CONTINUES, 4) & 2, 0, "the third head continues nothing");
        vm.assertEq(runs.ownerOf(1025), ALICE, "last id");
        vm.expectRevert(_nonexistent(1026));
        runs.ownerOf(1026);
    }

    /*//////////////////////////////////////////////////////////////
                                TRANSFER
    //////////////////////////////////////////////////////////////*/

    function test_TransferWritesItsOwnWordAndNoOther() public {
        runs.mint(ALICE, 10);
        uint256 bits = _word(CONTINUES, 0);
        vm.prank(ALICE);
        runs.transferFrom(ALICE, BOB, 5);
        vm.assertEq(_word(OWN, 5), uint160(BOB), "own word");
        vm.assertEq(_word(OWN, 4), 0, "neighbour below");
        vm.assertEq(_word(OWN, 6), 0, "neighbour above");
        vm.assertEq(_word(CONTINUES, 0), bits, "bits");
        vm.assertEq(_word(RUNS, 1), uint160(ALICE), "the run keeps its first owner");
        vm.assertEq(runs.ownerOf(6), ALICE, "owner above");
        vm.assertEq(runs.balanceOf(ALICE), 9, "balance of the sender");
        vm.assertEq(runs.balanceOf(BOB), 1, "balance of the receiver");
        vm.assertEq(runs.numberMinted(BOB), 0, "a transfer is no mint");
    }

    function test_TransferOfTheHeadLeavesTheRun() public {
        runs.mint(ALICE, 3);
        vm.prank(ALICE);
        runs.transferFrom(ALICE, BOB, 1);
        vm.assertEq(runs.ownerOf(1), BOB, "head moved");
        vm.assertEq(runs.ownerOf(2), ALICE, "the rest stayed");
    }

    function test_TransferToZeroReverts() public {
        runs.mint(ALICE, 1);
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721InvalidReceiver.selector, address(0)));
        vm.prank(ALICE);
        runs.transferFrom(ALICE, address(0), 1);
    }

    function test_TransferOfMissingTokenReverts() public {
        vm.expectRevert(_nonexistent(1));
        runs.transferFrom(ALICE, BOB, 1);
    }

    function test_TransferByAnyoneElseReverts() public {
        runs.mint(ALICE, 2);
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721InsufficientApproval.selector, BOB, 2));
        vm.prank(BOB);
        runs.transferFrom(ALICE, BOB, 2);

        vm.prank(ALICE);
        runs.approve(CAROL, 2);
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721InsufficientApproval.selector, BOB, 2));
        vm.prank(BOB);
        runs.transferFrom(ALICE, BOB, 2);
    }

    function test_TransferFromAnotherOwnerReverts() public {
        runs.mint(ALICE, 2);
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721IncorrectOwner.selector, BOB, 2, ALICE));
        vm.prank(ALICE);
        runs.transferFrom(BOB, CAROL, 2);
    }

    function test_TransferEndsAnApprovalForGood() public {
        runs.mint(ALICE, 2);
        vm.prank(ALICE);
        runs.approve(BOB, 2);
        vm.assertEq(runs.getApproved(2), BOB, "approved");
        vm.prank(BOB);
        runs.transferFrom(ALICE, CAROL, 2);
        vm.assertEq(runs.getApproved(2), address(0), "ended by the transfer");
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721InsufficientApproval.selector, BOB, 2));
        vm.prank(BOB);
        runs.transferFrom(CAROL, BOB, 2);

        // An approval of someone else does not wake the old one.
        vm.prank(CAROL);
        runs.approve(ALICE, 2);
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721InsufficientApproval.selector, BOB, 2));
        vm.prank(BOB);
        runs.transferFrom(CAROL, BOB, 2);
    }

    function test_OperatorMovesEveryToken() public {
        runs.mint(ALICE, 2);
        vm.prank(ALICE);
        runs.setApprovalForAll(BOB, true);
        vm.prank(BOB);
        runs.transferFrom(ALICE, CAROL, 1);
        vm.prank(ALICE);
        runs.setApprovalForAll(BOB, false);
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721InsufficientApproval.selector, BOB, 2));
        vm.prank(BOB);
        runs.transferFrom(ALICE, CAROL, 2);
    }

    /*//////////////////////////////////////////////////////////////
                             SAFE TRANSFER
    //////////////////////////////////////////////////////////////*/

    function test_SafeTransferTellsTheReceiver() public {
        runs.mint(ALICE, 2);
        vm.prank(ALICE);
        runs.approve(BOB, 2);
        GoodReceiver receiver = new GoodReceiver();
        vm.prank(BOB);
        runs.safeTransferFrom(ALICE, address(receiver), 2, "hello");
        vm.assertEq(receiver.lastCall(), abi.encode(BOB, ALICE, 2, bytes("hello")), "operator, from, id, data");
        vm.prank(ALICE);
        runs.safeTransferFrom(ALICE, address(receiver), 1);
        vm.assertEq(receiver.lastCall(), abi.encode(ALICE, ALICE, 1, bytes("")), "without data");
        vm.assertEq(runs.balanceOf(address(receiver)), 2, "both arrived");
    }

    function test_SafeTransferToAPerson() public {
        runs.mint(ALICE, 2);
        vm.prank(ALICE);
        runs.safeTransferFrom(ALICE, BOB, 2);
        vm.assertEq(runs.ownerOf(2), BOB, "an account without code is not asked");
    }

    function test_SafeTransferToAReceiverThatPassesItOn() public {
        runs.mint(ALICE, 3);
        PassingReceiver receiver = new PassingReceiver(BOB);
        vm.prank(ALICE);
        runs.safeTransferFrom(ALICE, address(receiver), 2);
        vm.assertEq(runs.ownerOf(2), BOB, "re-entered after every write: the last transfer wins");
        vm.assertEq(runs.balanceOf(address(receiver)), 0, "balance of the one in between");
        vm.assertEq(runs.balanceOf(ALICE), 2, "balance of the sender");
    }

    function test_SafeTransferToAWrongReceiverReverts() public {
        runs.mint(ALICE, 1);
        address receiver = address(new WrongReceiver());
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721InvalidReceiver.selector, receiver));
        vm.prank(ALICE);
        runs.safeTransferFrom(ALICE, receiver, 1);
    }

    function test_SafeTransferToARefusingReceiverReverts() public {
        runs.mint(ALICE, 1);
        address receiver = address(new RefusingReceiver());
        vm.expectRevert(_error(RefusingReceiver.Refused.selector, 1));
        vm.prank(ALICE);
        runs.safeTransferFrom(ALICE, receiver, 1);
    }

    function test_SafeTransferToAMuteContractReverts() public {
        runs.mint(ALICE, 1);
        address receiver = address(new Mute());
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721InvalidReceiver.selector, receiver));
        vm.prank(ALICE);
        runs.safeTransferFrom(ALICE, receiver, 1);
    }

    /*//////////////////////////////////////////////////////////////
                                APPROVALS
    //////////////////////////////////////////////////////////////*/

    function test_ApproveByAnyoneElseReverts() public {
        runs.mint(ALICE, 1);
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721InvalidApprover.selector, BOB));
        vm.prank(BOB);
        runs.approve(BOB, 1);
    }

    function test_ApproveByTheApprovedReverts() public {
        runs.mint(ALICE, 1);
        vm.prank(ALICE);
        runs.approve(BOB, 1);
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721InvalidApprover.selector, BOB));
        vm.prank(BOB);
        runs.approve(CAROL, 1);
    }

    function test_ApproveOfMissingTokenReverts() public {
        vm.expectRevert(_nonexistent(1));
        runs.approve(BOB, 1);
    }

    function test_OperatorMayApprove() public {
        runs.mint(ALICE, 2);
        vm.prank(ALICE);
        runs.setApprovalForAll(BOB, true);
        vm.prank(BOB);
        runs.approve(CAROL, 2);
        vm.assertEq(runs.getApproved(2), CAROL, "approved by the operator");
    }

    function test_ApprovalIsTakenBack() public {
        runs.mint(ALICE, 3);
        vm.startPrank(ALICE);
        runs.approve(BOB, 2);
        runs.approve(CAROL, 2);
        vm.assertEq(runs.getApproved(2), CAROL, "replaced");
        runs.approve(address(0), 2);
        vm.stopPrank();
        vm.assertEq(runs.getApproved(2), address(0), "taken back");
        vm.assertEq(runs.ownerOf(2), ALICE, "owner unchanged");
        vm.assertEq(runs.balanceOf(ALICE), 3, "balance unchanged");
    }

    function test_TakingBackNothingWritesNothing() public {
        runs.mint(ALICE, 3);
        vm.prank(ALICE);
        runs.approve(address(0), 2);
        vm.assertEq(_word(OWN, 2), 0, "no own word for nothing");
    }

    function test_ApproveZeroForAllReverts() public {
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721InvalidOperator.selector, address(0)));
        runs.setApprovalForAll(address(0), true);
    }

    /*//////////////////////////////////////////////////////////////
                                  BURN
    //////////////////////////////////////////////////////////////*/

    function test_BurnLeavesTheRestOfTheRun() public {
        runs.mint(ALICE, 3);
        vm.prank(ALICE);
        runs.burn(1);
        vm.expectRevert(_nonexistent(1));
        runs.ownerOf(1);
        vm.expectRevert(_nonexistent(1));
        runs.getApproved(1);
        vm.expectRevert(_nonexistent(1));
        runs.requireMinted(1);
        vm.assertEq(runs.ownerOf(2), ALICE, "second of the run");
        vm.assertEq(runs.ownerOf(3), ALICE, "third of the run");
    }

    function test_BurnCountsAndFreesNoId() public {
        runs.mint(ALICE, 2);
        vm.prank(ALICE);
        runs.burn(2);
        vm.assertEq(runs.totalBurned(), 1, "counted");
        vm.assertEq(runs.totalMinted(), 2, "still counted as minted");
        vm.assertEq(runs.balanceOf(ALICE), 1, "balance");
        vm.assertEq(runs.numberMinted(ALICE), 2, "number minted stays");
        vm.assertEq(runs.mint(BOB, 1), 3, "the burned id is not used again");
        vm.expectRevert(_nonexistent(2));
        vm.prank(ALICE);
        runs.burn(2);
    }

    /*//////////////////////////////////////////////////////////////
                                  READ
    //////////////////////////////////////////////////////////////*/

    function test_BalanceOfZeroReverts() public {
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721InvalidOwner.selector, address(0)));
        runs.balanceOf(address(0));
    }

    function test_OwnerOfWhatNeverWasReverts() public {
        runs.mint(ALICE, 511);
        uint256[5] memory ids = [uint256(0), 512, 513, type(uint32).max, type(uint256).max];
        for (uint256 i = 0; i < ids.length; ++i) {
            vm.expectRevert(_nonexistent(ids[i]));
            runs.ownerOf(ids[i]);
        }
    }
}
