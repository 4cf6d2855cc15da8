// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.28;

import {AtelierFactory} from "../../src/AtelierFactory.sol";
import {IAtelierDrop} from "../../src/interfaces/IAtelierDrop.sol";
import {IAtelierFactory} from "../../src/interfaces/IAtelierFactory.sol";
import {DropConfig} from "../../src/types/DropConfig.sol";
import {DropTest} from "../utils/DropTest.sol";
import {vm} from "../utils/Vm.sol";

contract DropCreationTest is DropTest {
    /*//////////////////////////////////////////////////////////////
                               INITIALIZE
    //////////////////////////////////////////////////////////////*/

    function test_ImplementationCannotBeInitialized() public {
        vm.expectRevert(abi.encodeWithSelector(IAtelierDrop.Drop_AlreadyInitialized.selector));
        implementation.initialize(_config());
        vm.assertEq(implementation.owner(), address(implementation), "it owns itself, so that nobody does");
        vm.assertEq(implementation.maxSupply(), 0, "nothing can be minted on it");
    }

    function test_SecondInitializeReverts() public {
        vm.expectRevert(abi.encodeWithSelector(IAtelierDrop.Drop_AlreadyInitialized.selector));
        vm.prank(owner);
        drop.initialize(_config());
        vm.expectRevert(abi.encodeWithSelector(IAtelierDrop.Drop_AlreadyInitialized.selector));
        vm.prank(address(factory));
        drop.initialize(_config());
    }

    function test_ZeroOwnerReverts() public {
        DropConfig memory config = _config();
        config.owner = address(0);
        vm.expectRevert(abi.encodeWithSelector(IAtelierDrop.Drop_ZeroAddress.selector));
        factory.createDrop("other", config);
    }

    function test_ZeroSupplyReverts() public {
        DropConfig memory config = _config();
        config.maxSupply = 0;
        vm.expectRevert(abi.encodeWithSelector(IAtelierDrop.Drop_InvalidMaxSupply.selector, 0, 1, type(uint32).max));
        factory.createDrop("other", config);
    }

    function test_RoyaltyAboveTheCapReverts() public {
        DropConfig memory config = _config();
        config.royaltyBps = 1001;
        vm.expectRevert(abi.encodeWithSelector(IAtelierDrop.Drop_RoyaltyTooHigh.selector, 1001));
        factory.createDrop("other", config);
    }

    function test_RoyaltyForNobodyReverts() public {
        DropConfig memory config = _config();
        config.royaltyReceiver = address(0);
        vm.expectRevert(abi.encodeWithSelector(IAtelierDrop.Drop_ZeroAddress.selector));
        factory.createDrop("other", config);
    }

    function test_ZeroRolesAreAllowed() public {
        DropConfig memory config = _config();
        config.minter = address(0);
        config.voucherSigner = address(0);
        config.royaltyReceiver = address(0);
        config.royaltyBps = 0;
        IAtelierDrop other = IAtelierDrop(factory.createDrop("other", config));
        vm.assertEq(other.minter(), address(0), "no minter");
        (address receiver, uint256 amount) = other.royaltyInfo(1, 1 ether);
        vm.assertEq(receiver, address(0), "no royalty receiver");
        vm.assertEq(amount, 0, "no royalty");
    }

    function test_EveryFieldIsKept() public view {
        DropConfig memory config = _config();
        vm.assertEq(drop.name(), config.name, "name");
        vm.assertEq(drop.symbol(), config.symbol, "symbol");
        vm.assertEq(drop.baseURI(), config.baseURI, "base URI");
        vm.assertEq(drop.contractURI(), config.contractURI, "contract URI");
        vm.assertEq(drop.owner(), owner, "owner");
        vm.assertEq(drop.pendingOwner(), address(0), "no pending owner");
        vm.assertEq(drop.minter(), minter, "minter");
        vm.assertEq(drop.voucherSigner(), signer, "voucher signer");
        vm.assertEq(drop.maxSupply(), config.maxSupply, "maximum supply");
        vm.assertEq(drop.provenance(), config.provenance, "provenance");
        (address receiver, uint256 amount) = drop.royaltyInfo(1, 10_000);
        vm.assertEq(receiver, royaltyReceiver, "royalty receiver");
        vm.assertEq(amount, config.royaltyBps, "royalty");
        vm.assertEq(drop.totalMinted(), 0, "nothing minted");
        vm.assertEq(drop.totalSupply(), 0, "nothing exists");
        vm.assertEq(drop.nextBatchId(), 1, "batch 1 is next");
        vm.assertFalse(drop.mintPaused(), "not paused");
        vm.assertFalse(drop.metadataFrozen(), "not frozen");
    }

    function test_InitializeEmits() public {
        address other = factory.predictDrop("other", _config());
        vm.expectEmit(other);
        emit IAtelierDrop.OwnershipTransferred(address(0), owner);
        vm.expectEmit(other);
        emit IAtelierDrop.MinterChanged(minter);
        vm.expectEmit(other);
        emit IAtelierDrop.VoucherSignerChanged(signer);
        vm.expectEmit(other);
        emit IAtelierDrop.RoyaltyChanged(royaltyReceiver, 500);
        vm.expectEmit(address(factory));
        emit IAtelierFactory.DropCreated(other, owner, address(implementation), "other");
        factory.createDrop("other", _config());
    }

    /*//////////////////////////////////////////////////////////////
                                FACTORY
    //////////////////////////////////////////////////////////////*/

    function test_AddressIsThePredictedOne() public {
        address predicted = factory.predictDrop("other", _config());
        vm.prank(stranger);
        vm.assertEq(factory.createDrop("other", _config()), predicted, "whoever sends it");
    }

    function test_PredictionFollowsTheStatedFormula() public view {
        bytes32 salt = keccak256(abi.encode(bytes32("salt"), keccak256(abi.encode(_config()))));
        bytes memory code = abi.encodePacked(
            hex"3d602d80600a3d3981f3363d3d373d3d3d363d73", address(implementation), hex"5af43d82803e903d91602b57fd5bf3"
        );
        bytes32 hash = keccak256(abi.encodePacked(bytes1(0xff), address(factory), salt, keccak256(code)));
        vm.assertEq(address(drop), address(uint160(uint256(hash))), "EIP-1014 over the ERC-1167 creation code");
    }

    function test_DropIsAMinimalProxy() public view {
        vm.assertEq(
            address(drop).code,
            abi.encodePacked(hex"363d3d373d3d3d363d73", address(implementation), hex"5af43d82803e903d91602b57fd5bf3"),
            "ERC-1167 runtime code"
        );
    }

    function test_SecondDeploymentReverts() public {
        vm.expectRevert(abi.encodeWithSelector(IAtelierFactory.Factory_AlreadyDeployed.selector, address(drop)));
        vm.prank(stranger);
        factory.createDrop("salt", _config());
    }

    function test_EveryFieldIsBoundIntoTheAddress() public view {
        DropConfig memory config = _config();
        address same = factory.predictDrop("salt", config);
        vm.assertEq(same, address(drop), "the drop itself");
        vm.assertNotEq(factory.predictDrop("Salt", config), same, "salt");
        config.name = "x";
        _assertElsewhere(config, "name");
        config = _config();
        config.symbol = "x";
        _assertElsewhere(config, "symbol");
        config = _config();
        config.baseURI = "x";
        _assertElsewhere(config, "base URI");
        config = _config();
        config.contractURI = "x";
        _assertElsewhere(config, "contract URI");
        config = _config();
        config.owner = stranger;
        _assertElsewhere(config, "owner");
        config = _config();
        config.minter = stranger;
        _assertElsewhere(config, "minter");
        config = _config();
        config.voucherSigner = stranger;
        _assertElsewhere(config, "voucher signer");
        config = _config();
        config.maxSupply += 1;
        _assertElsewhere(config, "maximum supply");
        config = _config();
        config.royaltyReceiver = stranger;
        _assertElsewhere(config, "royalty receiver");
        config = _config();
        config.royaltyBps += 1;
        _assertElsewhere(config, "royalty");
        config = _config();
        config.provenance = 0;
        _assertElsewhere(config, "provenance");
    }

    function _assertElsewhere(DropConfig memory config, string memory field) private view {
        vm.assertNotEq(factory.predictDrop("salt", config), address(drop), field);
    }

    function test_FactoryWithoutImplementationReverts() public {
        vm.expectRevert(abi.encodeWithSelector(IAtelierFactory.Factory_NoImplementation.selector, stranger));
        new AtelierFactory(stranger);
    }

    function test_FactoryTellsItsImplementation() public view {
        vm.assertEq(factory.implementation(), address(implementation), "implementation");
    }
}
