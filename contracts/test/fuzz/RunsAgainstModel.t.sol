// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.28;

import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";

import {ModelERC721} from "../utils/ModelERC721.sol";
import {GoodReceiver, RefusingReceiver, WrongReceiver} from "../utils/Receivers.sol";
import {RunsHarness} from "../utils/RunsHarness.sol";
import {Vm, vm} from "../utils/Vm.sol";

/// @dev The same random calls go to the run table and to OpenZeppelin's ERC721. Success, return data, revert data and
/// events are compared after every call; the owner and the approval of every id, and every balance, at the end.
contract RunsAgainstModelTest {
    uint256 private constant OPERATIONS = 350;

    /// @dev Keeps a sequence affordable: the model writes every id.
    uint256 private constant MOST_IDS = 1800;

    RunsHarness private runs;
    ModelERC721 private model;
    address[] private actors;
    uint256 private entropy;

    function setUp() public {
        runs = new RunsHarness();
        model = new ModelERC721();
        actors = [address(0xA1), address(0xB2), address(0xC3), address(new GoodReceiver())];
        actors.push(address(new WrongReceiver()));
        actors.push(address(new RefusingReceiver()));
        actors.push(address(0));
    }

    /// @dev 60 sequences are 21,000 calls, 3,000 more than a million.
    /// forge-config: default.fuzz.runs = 60
    /// forge-config: full.fuzz.runs = 3000
    function testFuzz_AnySequenceEqualsTheModel(uint256 seed) public {
        entropy = seed;
        for (uint256 i = 0; i < OPERATIONS; ++i) {
            _step();
        }
        _compareEverything();
    }

    /// @dev Every pair of a first and a second batch around the ends of the 256-bit words and of the longest run, with a
    /// transfer out of each end of the second.
    function test_BatchesAroundEveryBoundaryEqualTheModel() public {
        uint256[10] memory sizes = [uint256(1), 2, 254, 255, 256, 257, 511, 512, 513, 514];
        for (uint256 i = 0; i < sizes.length; ++i) {
            for (uint256 j = 0; j < sizes.length; ++j) {
                // Fresh contracts for each pair: ids start at 1 again.
                runs = new RunsHarness();
                model = new ModelERC721();
                _both(actors[0], abi.encodeCall(RunsHarness.mint, (actors[0], sizes[i])));
                _both(actors[0], abi.encodeCall(RunsHarness.mint, (actors[1], sizes[j])));
                _both(actors[0], abi.encodeCall(RunsHarness.mint, (actors[2], 1)));
                uint256 first = sizes[i] + 1;
                uint256 last = sizes[i] + sizes[j];
                _both(actors[1], abi.encodeCall(IERC721.transferFrom, (actors[1], actors[2], first)));
                _both(actors[1], abi.encodeCall(IERC721.transferFrom, (actors[1], actors[2], last)));
                _compareAround(first, last);
            }
        }
    }

    /*//////////////////////////////////////////////////////////////
                               ONE STEP
    //////////////////////////////////////////////////////////////*/

    function _step() private {
        uint256 dice = _random(100);
        if (dice < 14) return _mint();

        uint256 id = _someId();
        address holder = _holder(id);
        // Never the zero address, which sends nothing on a real chain and which the model takes as "do not check".
        address sender = _random(10) < 6 ? holder : actors[_random(actors.length - 1)];
        address from = _random(10) < 9 ? holder : _actor();
        if (dice < 52) {
            _both(sender, abi.encodeCall(IERC721.transferFrom, (from, _actor(), id)));
        } else if (dice < 60) {
            bytes memory data = abi.encode(entropy);
            _both(
                sender,
                abi.encodeWithSignature("safeTransferFrom(address,address,uint256,bytes)", from, _actor(), id, data)
            );
        } else if (dice < 64) {
            _both(sender, abi.encodeWithSignature("safeTransferFrom(address,address,uint256)", from, _actor(), id));
        } else if (dice < 82) {
            _both(sender, abi.encodeCall(IERC721.approve, (_actor(), id)));
            // Often used at once, so that approvals are spent as well as given.
            address spender = _approved(id);
            if (_random(2) == 0 && spender != address(0)) {
                _both(spender, abi.encodeCall(IERC721.transferFrom, (_holder(id), _actor(), id)));
            }
        } else if (dice < 89) {
            _both(sender, abi.encodeCall(IERC721.setApprovalForAll, (_actor(), _random(2) == 0)));
        } else {
            _both(sender, abi.encodeCall(RunsHarness.burn, (id)));
        }
        _compareId(id);
        _compareId(id + 1);
        if (id > 0) _compareId(id - 1);
    }

    /// @dev Sizes gather where the last id of the batch meets the end of a word, or the batch the longest run.
    function _mint() private {
        uint256 minted = model.totalMinted();
        uint256 toBoundary = 256 - (minted & 255);
        uint256[8] memory sizes = [
            _random(4),
            1 + _random(20),
            toBoundary - 1,
            toBoundary,
            toBoundary + 1,
            255 + _random(3),
            1,
            511 + _random(4)
        ];
        uint256 quantity = sizes[_random(8)];
        if (minted + quantity > MOST_IDS) quantity = _random(3);
        _both(actors[0], abi.encodeCall(RunsHarness.mint, (_actor(), quantity)));
        for (uint256 id = minted; id < minted + 3; ++id) {
            _compareId(id);
        }
        _compareId(minted + quantity);
        _compareId(minted + quantity + 1);
    }

    /// @dev One call to both; everything a caller or an indexer could see must be the same.
    function _both(address sender, bytes memory call) private {
        // Nothing made in here is used later: the memory is given back, or a long sequence would run out of it.
        uint256 free;
        assembly ("memory-safe") {
            free := mload(0x40)
        }
        vm.recordLogs();
        vm.prank(sender);
        (bool expectedSuccess, bytes memory expected) = address(model).call(call);
        Vm.Log[] memory expectedLogs = vm.getRecordedLogs();
        vm.prank(sender);
        (bool success, bytes memory result) = address(runs).call(call);
        Vm.Log[] memory logs = vm.getRecordedLogs();

        vm.assertEq(success, expectedSuccess, "one succeeded where the other reverted");
        vm.assertEq(result, expected, "return or revert data differ");
        // Forge also records the events of a call that reverted, which nobody sees.
        if (success) {
            vm.assertEq(logs.length, expectedLogs.length, "number of events differs");
            for (uint256 i = 0; i < logs.length; ++i) {
                vm.assertEq(_hash(logs[i]), _hash(expectedLogs[i]), "an event differs");
            }
        }
        assembly ("memory-safe") {
            mstore(0x40, free)
        }
    }

    function _hash(Vm.Log memory log) private pure returns (bytes32) {
        return keccak256(abi.encode(log.topics, log.data));
    }

    /*//////////////////////////////////////////////////////////////
                               COMPARISON
    //////////////////////////////////////////////////////////////*/

    function _compareId(uint256 id) private view {
        _compareView(abi.encodeCall(IERC721.ownerOf, (id)), "owner differs");
        _compareView(abi.encodeCall(IERC721.getApproved, (id)), "approval differs");
    }

    function _compareView(bytes memory call, string memory why) private view {
        uint256 free;
        assembly ("memory-safe") {
            free := mload(0x40)
        }
        (bool expectedSuccess, bytes memory expected) = address(model).staticcall(call);
        (bool success, bytes memory result) = address(runs).staticcall(call);
        if (success != expectedSuccess || keccak256(result) != keccak256(expected)) {
            vm.assertEq(result, expected, why);
            vm.assertEq(success, expectedSuccess, why);
        }
        assembly ("memory-safe") {
            mstore(0x40, free)
        }
    }

    function _compareAround(uint256 first, uint256 last) private view {
        uint256[11] memory ids = [
            uint256(0),
            1,
            first - 1,
            first,
            first + 1,
            (first + last) / 2,
            last - 1,
            last,
            last + 1,
            last + 2,
            last + 256
        ];
        for (uint256 i = 0; i < ids.length; ++i) {
            _compareId(ids[i]);
        }
    }

    function _compareEverything() private view {
        uint256 minted = model.totalMinted();
        vm.assertEq(runs.totalMinted(), minted, "number minted differs");
        vm.assertEq(runs.totalBurned(), model.totalBurned(), "number burned differs");
        for (uint256 id = 0; id < minted + 3; ++id) {
            _compareId(id);
        }
        _compareId(type(uint32).max);
        _compareId(type(uint256).max);
        for (uint256 i = 0; i < actors.length; ++i) {
            _compareView(abi.encodeCall(IERC721.balanceOf, (actors[i])), "balance differs");
            if (actors[i] != address(0)) {
                vm.assertEq(runs.numberMinted(actors[i]), model.numberMinted(actors[i]), "minted count differs");
            }
            for (uint256 j = 0; j < actors.length; ++j) {
                _compareView(abi.encodeCall(IERC721.isApprovedForAll, (actors[i], actors[j])), "operator differs");
            }
        }
    }

    /*//////////////////////////////////////////////////////////////
                                 CHANCE
    //////////////////////////////////////////////////////////////*/

    function _random(uint256 below) private returns (uint256) {
        entropy = uint256(keccak256(abi.encode(entropy)));
        return entropy % below;
    }

    function _actor() private returns (address) {
        // The zero address, last in the list, seldom.
        return actors[_random(20) == 0 ? actors.length - 1 : _random(actors.length - 1)];
    }

    /// @dev From 0, which never exists, to two past the last; half of the time near the end of a word.
    function _someId() private returns (uint256) {
        uint256 minted = model.totalMinted();
        if (_random(2) == 0) {
            uint256 near = (_random(minted / 256 + 1) << 8) + _random(4);
            if (near >= 2) return near - 2;
        }
        return _random(minted + 3);
    }

    function _holder(uint256 id) private view returns (address) {
        (bool exists, bytes memory result) = address(model).staticcall(abi.encodeCall(IERC721.ownerOf, (id)));
        return exists ? abi.decode(result, (address)) : actors[0];
    }

    function _approved(uint256 id) private view returns (address) {
        (bool exists, bytes memory result) = address(model).staticcall(abi.encodeCall(IERC721.getApproved, (id)));
        return exists ? abi.decode(result, (address)) : address(0);
    }
}
