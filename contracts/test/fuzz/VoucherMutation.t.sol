// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.28;

import {IAtelierDrop} from "../../src/interfaces/IAtelierDrop.sol";
import {Voucher} from "../../src/types/Voucher.sol";
import {DropTest} from "../utils/DropTest.sol";
import {vm} from "../utils/Vm.sol";

/// @dev Whatever a voucher says: it is good as signed, and good for nothing once anything about it is changed.
contract VoucherMutationTest is DropTest {
    function _anyVoucher(Voucher memory voucher) private view returns (Voucher memory) {
        if (voucher.recipient == address(0)) voucher.recipient = alice;
        voucher.quantity = 1 + voucher.quantity % 1000;
        voucher.price = voucher.price % 50 ether;
        voucher.validFrom = voucher.validFrom % (NOW + 1);
        if (voucher.validUntil != 0) voucher.validUntil = NOW + voucher.validUntil % (type(uint256).max - NOW);
        return voucher;
    }

    /// @dev Forge signs what its own EIP-712 code hashes; the contract must agree.
    function testFuzz_AnySignedVoucherIsGoodOnce(Voucher memory voucher) public {
        voucher = _anyVoucher(voucher);
        bytes memory signature = _sign(voucher);
        vm.prank(stranger);
        drop.mintVoucher{value: voucher.price}(voucher, signature);
        vm.assertEq(drop.balanceOf(voucher.recipient), voucher.quantity, "all to the recipient");
        vm.assertEq(address(drop).balance, voucher.price, "paid in full");
        vm.assertTrue(drop.voucherUsed(voucher.nonce), "nonce spent");
        vm.expectRevert(abi.encodeWithSelector(IAtelierDrop.Drop_VoucherUsed.selector, voucher.nonce));
        vm.prank(stranger);
        drop.mintVoucher{value: voucher.price}(voucher, signature);
    }

    /// @dev Each field is changed to another value that would itself be acceptable, so that only the signature is in the
    /// way.
    function testFuzz_AnyChangedFieldIsRejected(Voucher memory voucher, uint256 field, uint256 change) public {
        voucher = _anyVoucher(voucher);
        voucher.quantity = 1 + voucher.quantity % 500;
        bytes memory signature = _sign(voucher);
        field %= 6;
        if (field == 0) {
            address other = address(uint160(change));
            vm.assume(other != voucher.recipient && other != address(0));
            voucher.recipient = other;
        } else if (field == 1) {
            voucher.quantity += 1 + change % 500;
        } else if (field == 2) {
            voucher.price = (voucher.price + 1 + change % (50 ether - 1)) % 50 ether;
        } else if (field == 3) {
            voucher.validFrom = (voucher.validFrom + 1 + change % NOW) % (NOW + 1);
        } else if (field == 4) {
            uint256 other = change % 2 == 0 ? 0 : NOW + change % (type(uint256).max - NOW);
            vm.assume(other != voucher.validUntil);
            voucher.validUntil = other;
        } else {
            vm.assume(change != voucher.nonce);
            voucher.nonce = change;
        }
        _expectRejected(voucher, signature);
    }

    function testFuzz_AnyChangedByteOfTheSignatureIsRejected(Voucher memory voucher, uint256 index, uint8 mask) public {
        vm.assume(mask != 0);
        voucher = _anyVoucher(voucher);
        bytes memory signature = _sign(voucher);
        index %= signature.length;
        signature[index] = bytes1(uint8(signature[index]) ^ mask);
        _expectRejected(voucher, signature);
    }

    function testFuzz_AnyOtherChainIsRejected(Voucher memory voucher, uint64 chainId) public {
        vm.assume(chainId != block.chainid && chainId != 0);
        voucher = _anyVoucher(voucher);
        bytes memory signature = _sign(voucher);
        vm.chainId(chainId);
        _expectRejected(voucher, signature);
    }

    function testFuzz_AnyOtherDropIsRejected(Voucher memory voucher, bytes32 salt) public {
        vm.assume(salt != "salt");
        voucher = _anyVoucher(voucher);
        bytes memory signature = _sign(voucher);
        drop = IAtelierDrop(factory.createDrop(salt, _config()));
        _expectRejected(voucher, signature);
    }

    function testFuzz_AnyOtherKeyIsRejected(Voucher memory voucher, uint128 key) public {
        vm.assume(key != 0 && key != SIGNER_KEY);
        voucher = _anyVoucher(voucher);
        _expectRejected(voucher, _sign(key, drop, voucher));
    }

    function _expectRejected(Voucher memory voucher, bytes memory signature) private {
        vm.expectRevert(abi.encodeWithSelector(IAtelierDrop.Drop_VoucherWrongSigner.selector, signer));
        vm.prank(stranger);
        drop.mintVoucher{value: voucher.price}(voucher, signature);
        vm.assertEq(drop.totalMinted(), 0, "nothing minted");
        vm.assertFalse(drop.voucherUsed(voucher.nonce), "no nonce spent");
    }
}
