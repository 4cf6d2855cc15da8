// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.28;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";
import {IERC721Receiver} from "@openzeppelin/contracts/token/ERC721/IERC721Receiver.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";

import {IAtelierDrop} from "../../src/interfaces/IAtelierDrop.sol";

/// @dev Takes every token, and remembers what it was told.
contract GoodReceiver is IERC721Receiver {
    bytes public lastCall;

    function onERC721Received(
        address operator,
        address from,
        uint256 id,
        bytes calldata data
    ) external returns (bytes4) {
        lastCall = abi.encode(operator, from, id, data);
        return IERC721Receiver.onERC721Received.selector;
    }
}

/// @dev Answers with the wrong word.
contract WrongReceiver is IERC721Receiver {
    function onERC721Received(address, address, uint256, bytes calldata) external pure returns (bytes4) {
        return 0xdeadbeef;
    }
}

/// @dev Refuses with a reason of its own.
contract RefusingReceiver is IERC721Receiver {
    error Refused(uint256 id);

    function onERC721Received(address, address, uint256 id, bytes calldata) external pure returns (bytes4) {
        revert Refused(id);
    }
}

/// @dev Knows nothing of ERC-721 and takes no money.
contract Mute {}

/// @dev A wallet contract that accepts what its owner signed, until it is told otherwise.
contract Wallet1271 is IERC1271 {
    address private immutable _owner;
    bool public revoked;

    constructor(address owner) {
        _owner = owner;
    }

    function revoke() external {
        revoked = true;
    }

    function isValidSignature(bytes32 digest, bytes calldata signature) external view returns (bytes4) {
        bool valid = !revoked && ECDSA.recover(digest, signature) == _owner;
        return valid ? IERC1271.isValidSignature.selector : bytes4(0xffffffff);
    }
}

/// @dev Owns a drop and withdraws again while it is being paid.
contract GreedyOwner {
    IAtelierDrop private immutable _drop;
    uint256 public received;
    uint256 public entries;

    constructor(IAtelierDrop drop) {
        _drop = drop;
    }

    function accept() external {
        _drop.acceptOwnership();
    }

    function withdraw() external {
        _drop.withdraw(address(this));
    }

    receive() external payable {
        received += msg.value;
        entries += 1;
        if (entries < 3) _drop.withdraw(address(this));
    }
}

/// @dev Sends a token on to someone else while it is being received.
contract PassingReceiver is IERC721Receiver {
    address private immutable _next;

    constructor(address next) {
        _next = next;
    }

    function onERC721Received(address, address, uint256 id, bytes calldata) external returns (bytes4) {
        IAtelierDrop(msg.sender).transferFrom(address(this), _next, id);
        return IERC721Receiver.onERC721Received.selector;
    }
}
