// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.28;

import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";

import {IAtelierDrop} from "../../src/interfaces/IAtelierDrop.sol";
import {Voucher} from "../../src/types/Voucher.sol";
import {DropTest} from "../utils/DropTest.sol";
import {Mute, Wallet1271} from "../utils/Receivers.sol";
import {vm} from "../utils/Vm.sol";

contract DropMintVoucherTest is DropTest {
    uint256 private constant OTHER_KEY = 0xBAD;

    /// @dev Order of the secp256k1 group: r, s and r, N - s sign the same.
    uint256 private constant N = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141;

    function _redeem(Voucher memory voucher, bytes memory signature) private {
        vm.prank(stranger);
        drop.mintVoucher{value: voucher.price}(voucher, signature);
    }

    function _expectWrongSigner(address expected) private {
        vm.expectRevert(abi.encodeWithSelector(IAtelierDrop.Drop_VoucherWrongSigner.selector, expected));
    }

    /*//////////////////////////////////////////////////////////////
                                 REDEEM
    //////////////////////////////////////////////////////////////*/

    function test_MintsToTheRecipientWhoeverSends() public {
        Voucher memory voucher = _voucher(77);
        voucher.quantity = 2;
        voucher.price = 0.5 ether;
        bytes memory signature = _sign(voucher);

        vm.expectEmit(address(drop));
        emit IERC721.Transfer(address(0), alice, 1);
        vm.expectEmit(address(drop));
        emit IERC721.Transfer(address(0), alice, 2);
        vm.expectEmit(address(drop));
        emit IAtelierDrop.VoucherRedeemed(77, alice, stranger, 1, 2, 0.5 ether);
        _redeem(voucher, signature);

        vm.assertEq(drop.ownerOf(2), alice, "the recipient owns it");
        vm.assertEq(drop.balanceOf(stranger), 0, "the sender owns nothing");
        vm.assertEq(drop.numberMinted(alice), 2, "counted for the recipient");
        vm.assertEq(address(drop).balance, 0.5 ether, "the money stays in the drop");
        vm.assertTrue(drop.voucherUsed(77), "nonce spent");
        vm.assertFalse(drop.voucherUsed(76), "its neighbour below is not");
        vm.assertFalse(drop.voucherUsed(78), "its neighbour above is not");
        vm.assertEq(drop.nextBatchId(), 1, "a voucher is no batch");
    }

    function test_SecondRedemptionReverts() public {
        Voucher memory voucher = _voucher(1);
        bytes memory signature = _sign(voucher);
        _redeem(voucher, signature);
        vm.expectRevert(abi.encodeWithSelector(IAtelierDrop.Drop_VoucherUsed.selector, 1));
        _redeem(voucher, signature);

        // Another voucher with the same nonce neither.
        voucher.recipient = bob;
        signature = _sign(voucher);
        vm.expectRevert(abi.encodeWithSelector(IAtelierDrop.Drop_VoucherUsed.selector, 1));
        _redeem(voucher, signature);
    }

    function test_NoncesComeInAnyOrder() public {
        // Among them numbers that differ in one bit, and both ends of a word of nonces.
        uint256[8] memory nonces = [uint256(300), 0, type(uint256).max, 255, 256, 128, 1 << 255, 300 - 128];
        for (uint256 i = 0; i < nonces.length; ++i) {
            Voucher memory voucher = _voucher(nonces[i]);
            vm.assertFalse(drop.voucherUsed(nonces[i]), "not spent by another");
            _redeem(voucher, _sign(voucher));
            vm.assertTrue(drop.voucherUsed(nonces[i]), "spent");
        }
        vm.assertEq(drop.balanceOf(alice), 8, "each was taken");
        for (uint256 i = 0; i < nonces.length; ++i) {
            Voucher memory voucher = _voucher(nonces[i]);
            bytes memory signature = _sign(voucher);
            vm.expectRevert(abi.encodeWithSelector(IAtelierDrop.Drop_VoucherUsed.selector, nonces[i]));
            _redeem(voucher, signature);
        }
    }

    function test_WindowIncludesBothEnds() public {
        Voucher memory voucher = _voucher(1);
        voucher.validFrom = NOW + 10;
        voucher.validUntil = NOW + 20;
        bytes memory signature = _sign(voucher);

        vm.warp(NOW + 9);
        vm.expectRevert(abi.encodeWithSelector(IAtelierDrop.Drop_VoucherNotYetValid.selector, NOW + 10));
        _redeem(voucher, signature);
        vm.warp(NOW + 21);
        vm.expectRevert(abi.encodeWithSelector(IAtelierDrop.Drop_VoucherExpired.selector, NOW + 20));
        _redeem(voucher, signature);

        uint256 state = vm.snapshotState();
        vm.warp(NOW + 10);
        _redeem(voucher, signature);
        vm.revertToState(state);
        vm.warp(NOW + 20);
        _redeem(voucher, signature);
        vm.assertEq(drop.balanceOf(alice), 1, "first and last second are valid");
    }

    function test_WrongPaymentReverts() public {
        Voucher memory voucher = _voucher(1);
        voucher.price = 1 ether;
        bytes memory signature = _sign(voucher);
        uint256[3] memory payments = [uint256(0), 1 ether - 1, 1 ether + 1];
        for (uint256 i = 0; i < payments.length; ++i) {
            vm.expectRevert(
                abi.encodeWithSelector(IAtelierDrop.Drop_VoucherWrongPayment.selector, 1 ether, payments[i])
            );
            vm.prank(stranger);
            drop.mintVoucher{value: payments[i]}(voucher, signature);
        }
    }

    function test_PausedReverts() public {
        Voucher memory voucher = _voucher(1);
        bytes memory signature = _sign(voucher);
        vm.prank(owner);
        drop.setMintPaused(true);
        vm.expectRevert(abi.encodeWithSelector(IAtelierDrop.Drop_MintPaused.selector));
        _redeem(voucher, signature);
        vm.assertFalse(drop.voucherUsed(1), "the nonce stays unspent");
        vm.prank(owner);
        drop.setMintPaused(false);
        _redeem(voucher, signature);
    }

    function test_ToZeroReverts() public {
        Voucher memory voucher = _voucher(1);
        voucher.recipient = address(0);
        bytes memory signature = _sign(voucher);
        vm.expectRevert(abi.encodeWithSelector(IAtelierDrop.Drop_ZeroAddress.selector));
        _redeem(voucher, signature);
    }

    function test_OfNothingReverts() public {
        Voucher memory voucher = _voucher(1);
        voucher.quantity = 0;
        bytes memory signature = _sign(voucher);
        vm.expectRevert(abi.encodeWithSelector(IAtelierDrop.Drop_ZeroQuantity.selector));
        _redeem(voucher, signature);
    }

    function test_MoreThanIsLeftReverts() public {
        _mintBatch(bob, 999);
        Voucher memory voucher = _voucher(1);
        voucher.quantity = 2;
        bytes memory signature = _sign(voucher);
        vm.expectRevert(abi.encodeWithSelector(IAtelierDrop.Drop_SupplyExceeded.selector, 2, 1));
        _redeem(voucher, signature);
    }

    function test_AContractIsNotAsked() public {
        Voucher memory voucher = _voucher(1);
        voucher.recipient = address(new Mute());
        _redeem(voucher, _sign(voucher));
        vm.assertEq(drop.ownerOf(1), voucher.recipient, "no call to what the recipient chose");
    }

    /*//////////////////////////////////////////////////////////////
                               SIGNATURES
    //////////////////////////////////////////////////////////////*/

    function test_AnotherKeyReverts() public {
        bytes memory signature = _sign(OTHER_KEY, drop, _voucher(1));
        _expectWrongSigner(signer);
        _redeem(_voucher(1), signature);
    }

    function test_AFormerSignerReverts() public {
        bytes memory signature = _sign(_voucher(1));
        address next = vm.addr(OTHER_KEY);
        vm.prank(owner);
        drop.setVoucherSigner(next);
        _expectWrongSigner(next);
        _redeem(_voucher(1), signature);
        _redeem(_voucher(1), _sign(OTHER_KEY, drop, _voucher(1)));
    }

    function test_WithoutASignerEverySignatureReverts() public {
        bytes memory signature = _sign(_voucher(1));
        vm.prank(owner);
        drop.setVoucherSigner(address(0));
        _expectWrongSigner(address(0));
        _redeem(_voucher(1), signature);
        // What ecrecover cannot recover gives zero, which is not to be mistaken for the signer.
        bytes memory garbage = abi.encodePacked(bytes32(0), bytes32(0), uint8(27));
        _expectWrongSigner(address(0));
        _redeem(_voucher(1), garbage);
        _expectWrongSigner(address(0));
        _redeem(_voucher(1), "");
    }

    function test_AVoucherForAnotherDropReverts() public {
        IAtelierDrop other = IAtelierDrop(factory.createDrop("other", _config()));
        bytes memory signature = _sign(SIGNER_KEY, other, _voucher(1));
        _expectWrongSigner(signer);
        _redeem(_voucher(1), signature);
        other.mintVoucher(_voucher(1), signature);
        vm.assertEq(other.balanceOf(alice), 1, "good where it was meant for");
    }

    function test_AVoucherForAnotherChainReverts() public {
        bytes memory signature = _sign(_voucher(1));
        uint256 here = block.chainid;
        vm.chainId(here + 1);
        _expectWrongSigner(signer);
        _redeem(_voucher(1), signature);
        // After a fork of the chain only signatures for its new id count.
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(SIGNER_KEY, _digest(here + 1, address(drop), _voucher(2)));
        _redeem(_voucher(2), abi.encodePacked(r, s, v));
        vm.chainId(here);
        _redeem(_voucher(1), signature);
    }

    function test_AMalleableSignatureReverts() public {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(SIGNER_KEY, _digest(block.chainid, address(drop), _voucher(1)));
        bytes memory flipped = abi.encodePacked(r, bytes32(N - uint256(s)), v == 27 ? uint8(28) : uint8(27));
        _expectWrongSigner(signer);
        _redeem(_voucher(1), flipped);
    }

    function test_OtherFormsOfASignatureRevert() public {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(SIGNER_KEY, _digest(block.chainid, address(drop), _voucher(1)));
        bytes[7] memory forms = [
            abi.encodePacked(r, bytes32(uint256(s) | (uint256(v - 27) << 255))),
            abi.encodePacked(r, s, v - 27),
            abi.encodePacked(r, s, v, uint8(0)),
            abi.encodePacked(r, s),
            abi.encodePacked(bytes32(0), bytes32(0), v),
            abi.encodePacked(s, r, v),
            bytes("")
        ];
        for (uint256 i = 0; i < forms.length; ++i) {
            _expectWrongSigner(signer);
            _redeem(_voucher(1), forms[i]);
        }
        _redeem(_voucher(1), abi.encodePacked(r, s, v));
    }

    function test_AContractSigns() public {
        Wallet1271 wallet = new Wallet1271(vm.addr(OTHER_KEY));
        vm.prank(owner);
        drop.setVoucherSigner(address(wallet));
        bytes memory signature = _sign(OTHER_KEY, drop, _voucher(1));
        _redeem(_voucher(1), signature);
        vm.assertEq(drop.balanceOf(alice), 1, "accepted by the contract");

        bytes memory wrong = _sign(SIGNER_KEY, drop, _voucher(2));
        _expectWrongSigner(address(wallet));
        _redeem(_voucher(2), wrong);

        bytes memory late = _sign(OTHER_KEY, drop, _voucher(3));
        wallet.revoke();
        _expectWrongSigner(address(wallet));
        _redeem(_voucher(3), late);
    }

    function test_AContractThatKnowsNothingReverts() public {
        address mute = address(new Mute());
        vm.prank(owner);
        drop.setVoucherSigner(mute);
        bytes memory signature = _sign(_voucher(1));
        _expectWrongSigner(mute);
        _redeem(_voucher(1), signature);
    }

    /*//////////////////////////////////////////////////////////////
                                 CANCEL
    //////////////////////////////////////////////////////////////*/

    function test_CancelByAnyoneElseReverts() public {
        address[3] memory others = [stranger, minter, alice];
        for (uint256 i = 0; i < others.length; ++i) {
            vm.expectRevert(abi.encodeWithSelector(IAtelierDrop.Drop_NotVoucherSigner.selector, others[i]));
            vm.prank(others[i]);
            drop.cancelVoucher(1);
        }
    }

    function test_CancelSpendsTheNonce() public {
        bytes memory signature = _sign(_voucher(1));
        vm.expectEmit(address(drop));
        emit IAtelierDrop.VoucherCancelled(1);
        vm.prank(owner);
        drop.cancelVoucher(1);
        vm.prank(signer);
        drop.cancelVoucher(2);
        vm.assertTrue(drop.voucherUsed(1), "cancelled by the owner");
        vm.assertTrue(drop.voucherUsed(2), "cancelled by the signer");
        vm.assertFalse(drop.voucherUsed(3), "no other");
        vm.expectRevert(abi.encodeWithSelector(IAtelierDrop.Drop_VoucherUsed.selector, 1));
        _redeem(_voucher(1), signature);
    }

    function test_CancelOfASpentNonceReverts() public {
        _redeem(_voucher(1), _sign(_voucher(1)));
        vm.expectRevert(abi.encodeWithSelector(IAtelierDrop.Drop_VoucherUsed.selector, 1));
        vm.prank(owner);
        drop.cancelVoucher(1);
        vm.prank(owner);
        drop.cancelVoucher(2);
        vm.expectRevert(abi.encodeWithSelector(IAtelierDrop.Drop_VoucherUsed.selector, 2));
        vm.prank(owner);
        drop.cancelVoucher(2);
    }
}
