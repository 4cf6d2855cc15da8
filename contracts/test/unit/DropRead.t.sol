// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.28;

import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";

import {DropTest} from "../utils/DropTest.sol";
import {vm} from "../utils/Vm.sol";

contract DropReadTest is DropTest {
    function test_TokenURI() public {
        _mintBatch(alice, 105);
        vm.assertEq(
            drop.tokenURI(105),
            "ipfs://bafybeifgehtuh5ep4au3elqrdxjr7imsoi43tuakkhr34e6a24egypdzq4/105.json",
            "base URI, id, .json"
        );
        vm.prank(alice);
        drop.burn(1);
        uint256[3] memory missing = [uint256(0), 1, 106];
        for (uint256 i = 0; i < missing.length; ++i) {
            vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721NonexistentToken.selector, missing[i]));
            drop.tokenURI(missing[i]);
        }
    }

    function test_TokenURIWithoutABase() public {
        _mintBatch(alice, 1);
        vm.prank(owner);
        drop.setBaseURI("");
        vm.assertEq(drop.tokenURI(1), "", "no address is better than a wrong one");
    }

    function test_Supply() public {
        _mintBatch(alice, 10);
        vm.prank(alice);
        drop.burn(3);
        vm.assertEq(drop.totalSupply(), 9, "nine exist");
        vm.assertEq(drop.totalMinted(), 10, "ten did");
        vm.assertEq(drop.maxSupply(), 1000, "maximum unchanged");
    }

    function test_BurnByOwnerApprovedOrOperator() public {
        _mintBatch(alice, 10);
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721InsufficientApproval.selector, owner, 1));
        vm.prank(owner);
        drop.burn(1);
        vm.startPrank(alice);
        drop.burn(1);
        drop.approve(bob, 2);
        drop.setApprovalForAll(stranger, true);
        vm.stopPrank();
        vm.prank(bob);
        drop.burn(2);
        vm.prank(stranger);
        drop.burn(3);
        vm.assertEq(drop.totalSupply(), 7, "three burned");
    }

    function test_RoyaltyIsTheSameForEveryId() public view {
        uint256[3] memory ids = [uint256(0), 1, type(uint256).max];
        for (uint256 i = 0; i < ids.length; ++i) {
            (address receiver, uint256 amount) = drop.royaltyInfo(ids[i], 1 ether);
            vm.assertEq(receiver, royaltyReceiver, "receiver");
            vm.assertEq(amount, 0.05 ether, "five in a hundred");
        }
    }

    function test_Domain() public view {
        (
            bytes1 fields,
            string memory name,
            string memory version,
            uint256 chainId,
            address verifyingContract,
            bytes32 salt,
            uint256[] memory extensions
        ) = drop.eip712Domain();
        vm.assertEq(uint8(fields), 0x0f, "name, version, chain and contract");
        vm.assertEq(name, "Atelier Drop", "name");
        vm.assertEq(version, "1", "version");
        vm.assertEq(chainId, block.chainid, "chain");
        vm.assertEq(verifyingContract, address(drop), "contract");
        vm.assertEq(salt, bytes32(0), "no salt");
        vm.assertEq(extensions.length, 0, "no extensions");
    }

    function test_Interfaces() public view {
        // The ids as the standards print them.
        bytes4[5] memory known = [bytes4(0x01ffc9a7), 0x80ac58cd, 0x5b5e139f, 0x2a55205a, 0x49064906];
        for (uint256 i = 0; i < known.length; ++i) {
            vm.assertTrue(drop.supportsInterface(known[i]), "supported");
        }
        bytes4[3] memory unknown = [bytes4(0xffffffff), 0x00000000, 0x780e9d63];
        for (uint256 i = 0; i < unknown.length; ++i) {
            vm.assertFalse(drop.supportsInterface(unknown[i]), "not supported");
        }
    }

    function test_OneWordHoldsWhatAMintNeeds() public {
        _mintBatch(alice, 7);
        _mintBatch(alice, 2);
        vm.prank(owner);
        drop.setMintPaused(true);
        uint256 word = uint256(vm.load(address(drop), bytes32(uint256(6))));
        vm.assertEq(uint32(word), 9, "minted");
        vm.assertEq(uint32(word >> 32), 1000, "maximum");
        vm.assertEq(uint24(word >> 64), 2, "batches");
        vm.assertEq(uint8(word >> 88), 1, "paused");
        vm.assertEq(address(uint160(word >> 96)), minter, "minter");
    }
}
