// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.28;

import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";
import {ERC721Utils} from "@openzeppelin/contracts/token/ERC721/utils/ERC721Utils.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

/// @title ERC721Runs
/// @notice ERC-721 in which both a batch mint and the first transfer after it are cheap.
///
/// @dev A mint of several ids to one owner is a *run*. The run's first id, its *head*, stores the owner once; the other
/// ids of the run store one bit each, "continues the run". A transfer writes the word of its own id and nothing else:
/// no neighbour, no bit. After a mint, the run table is never written again.
///
///     ids         1   2   3   4   5   6   7   8   9 ...
///     minted      A   A   A   A   B   C   C   C   (not minted)
///     _continues  0   1   1   1   0   0   1   1   0
///     _runs       A   -   -   -   -   C   -   -   -
///     _own        -   -   D   -   B   -   -   -   -      B was a single mint; 3 has been transferred to D
///
/// Owner of an id: `_own[id]` where there is one. Otherwise the id is still with its run's first owner, which is
/// `_runs[head]`, where head is the highest id at or below it whose bit is clear. An id never minted is its own head,
/// because its bit is clear, and has no run: it falls out as zero. A single mint needs no run: its word is `_own[id]`.
///
/// A run is at most `_MAX_RUN` ids long (a larger mint becomes several), so a lookup reads at most three words of bits.
///
/// What this contract relies on:
/// 1. ids are minted in order from 1, so no bit at or above a run's head is set before the run is minted;
/// 2. bit 0 is never set, so the search for a head always ends;
/// 3. a word in `_own`, once written, is never zero again: a burned id keeps the mark `_BURNED`.
///
/// Storage, bit by bit:
///
///     _own[id]            0..159  owner, zero when burned
///                       160       _APPROVED: `_approvals[id]` is in force
///                       161       _BURNED
///                       162..255  zero
///     _runs[head]         0..159  first owner of the whole run
///                       160..255  zero
///     _continues[i]       bit b   id 256 * i + b belongs to the run of the id before it
///     _wallets[owner]     0..31   balance. For the zero address: how many tokens were burned
///                        32..63   number of tokens ever minted to this owner
///                        64..255  untouched here, for the inheriting contract
///     _approvals[id]              spender; stale unless `_own[id]` has _APPROVED
///     _operators[owner][operator] approved for all
///     _minted                     ids 1 to _minted have been minted. Declared last: an inheriting contract whose first
///                                 variables fit into the other 28 bytes reads and writes them with it
abstract contract ERC721Runs is IERC721, IERC721Errors {
    using SafeCast for uint256;

    /*//////////////////////////////////////////////////////////////
                                 ERRORS
    //////////////////////////////////////////////////////////////*/

    /// @notice A mint of nothing.
    error ERC721Runs_ZeroQuantity();

    /*//////////////////////////////////////////////////////////////
                                CONSTANTS
    //////////////////////////////////////////////////////////////*/

    /// @dev Longest run. It bounds what a lookup costs, whatever the size of the mint.
    uint256 internal constant _MAX_RUN = 512;

    uint256 private constant _APPROVED = 1 << 160;
    uint256 private constant _BURNED = 1 << 161;

    uint256 private constant _BALANCE_ONE = 1;
    uint256 private constant _MINTED_ONE = 1 << 32;

    /*//////////////////////////////////////////////////////////////
                                 STORAGE
    //////////////////////////////////////////////////////////////*/

    mapping(uint256 id => uint256 word) private _own;
    mapping(uint256 head => uint256 word) private _runs;
    mapping(uint256 index => uint256 bits) private _continues;
    mapping(address owner => uint256 word) private _wallets;
    mapping(uint256 id => address spender) private _approvals;
    mapping(address owner => mapping(address operator => bool)) private _operators;
    uint32 private _minted;

    /*//////////////////////////////////////////////////////////////
                                  READ
    //////////////////////////////////////////////////////////////*/

    /// @inheritdoc IERC721
    function balanceOf(address owner) public view returns (uint256) {
        if (owner == address(0)) revert ERC721InvalidOwner(address(0));
        return uint32(_wallets[owner]);
    }

    /// @inheritdoc IERC721
    function ownerOf(uint256 id) public view returns (address) {
        return _existingOwner(_wordOf(id), id);
    }

    /// @inheritdoc IERC721
    function getApproved(uint256 id) public view returns (address) {
        uint256 word = _wordOf(id);
        _existingOwner(word, id);
        return word & _APPROVED == 0 ? address(0) : _approvals[id];
    }

    /// @inheritdoc IERC721
    function isApprovedForAll(address owner, address operator) public view returns (bool) {
        return _operators[owner][operator];
    }

    /// @dev Tokens ever minted, burned ones included. Their ids are 1 to this number.
    function _totalMinted() internal view returns (uint256) {
        return _minted;
    }

    /// @dev Tokens burned.
    function _totalBurned() internal view returns (uint256) {
        return uint32(_wallets[address(0)]);
    }

    /// @dev Tokens ever minted to `owner`, whoever holds them now.
    function _numberMinted(address owner) internal view returns (uint256) {
        return uint32(_wallets[owner] >> 32);
    }

    /// @dev Reverts unless `id` has an owner.
    function _requireMinted(uint256 id) internal view {
        _existingOwner(_wordOf(id), id);
    }

    /*//////////////////////////////////////////////////////////////
                                APPROVALS
    //////////////////////////////////////////////////////////////*/

    /// @inheritdoc IERC721
    function approve(address to, uint256 id) public {
        uint256 word = _wordOf(id);
        address owner = _existingOwner(word, id);
        if (msg.sender != owner && !_operators[owner][msg.sender]) revert ERC721InvalidApprover(msg.sender);

        // An approval lives in two places: who, in `_approvals`, and that it is in force, in the id's own word. Every
        // transfer writes that word afresh, which ends the approval without reading or clearing `_approvals`.
        if (to == address(0)) {
            if (word & _APPROVED != 0) _own[id] = uint160(owner);
        } else {
            if (word & _APPROVED == 0) _own[id] = uint160(owner) | _APPROVED;
            _approvals[id] = to;
        }
        emit Approval(owner, to, id);
    }

    /// @inheritdoc IERC721
    function setApprovalForAll(address operator, bool approved) public {
        if (operator == address(0)) revert ERC721InvalidOperator(address(0));
        _operators[msg.sender][operator] = approved;
        emit ApprovalForAll(msg.sender, operator, approved);
    }

    /*//////////////////////////////////////////////////////////////
                                TRANSFER
    //////////////////////////////////////////////////////////////*/

    /// @inheritdoc IERC721
    function transferFrom(address from, address to, uint256 id) public {
        if (to == address(0)) revert ERC721InvalidReceiver(address(0));
        address owner = _authorizedOwner(id);
        if (owner != from) revert ERC721IncorrectOwner(from, id, owner);
        _own[id] = uint160(to);
        _moved(from, to, id);
    }

    /// @inheritdoc IERC721
    function safeTransferFrom(address from, address to, uint256 id) public {
        safeTransferFrom(from, to, id, "");
    }

    /// @inheritdoc IERC721
    function safeTransferFrom(address from, address to, uint256 id, bytes memory data) public {
        transferFrom(from, to, id);
        ERC721Utils.checkOnERC721Received(msg.sender, from, to, id, data);
    }

    /// @dev Destroys `id`, if the caller may move it. The id is never minted again.
    function _burn(uint256 id) internal {
        address owner = _authorizedOwner(id);
        _own[id] = _BURNED;
        _moved(owner, address(0), id);
    }

    /*//////////////////////////////////////////////////////////////
                                  MINT
    //////////////////////////////////////////////////////////////*/

    /// @dev Mints the next `quantity` ids to `to` and returns the first. The receiver is not called, so a mint has no
    /// way to run foreign code; who mints to a contract must know that it can handle the tokens.
    function _mint(address to, uint256 quantity) internal returns (uint256 first) {
        if (to == address(0)) revert ERC721InvalidReceiver(address(0));
        if (quantity == 0) revert ERC721Runs_ZeroQuantity();

        uint256 minted = _minted;
        uint256 last = minted + quantity;
        _minted = last.toUint32();
        first = minted + 1;

        // Neither 32-bit field overflows: both are at most `_minted`, which the cast above has checked.
        unchecked {
            _wallets[to] += quantity * (_BALANCE_ONE + _MINTED_ONE);
        }

        if (quantity == 1) {
            _own[first] = uint160(to);
        } else {
            _writeRuns(to, first, last);
        }

        _emitMinted(to, first, last);
    }

    /// @dev Emits `Transfer(address(0), to, id)` for `first` to `last`.
    function _emitMinted(address to, uint256 first, uint256 last) private {
        bytes32 topic = Transfer.selector;
        // Per token this is most of the gas of a batch. With `emit` each would cost 38 more, a batch of 500 19,000.
        assembly ("memory-safe") {
            // Solidity does not promise that the unused bits of an address are zero here.
            to := shr(96, shl(96, to))
            for { let id := first } iszero(gt(id, last)) { id := add(id, 1) } {
                log4(0, 0, topic, 0, to, id)
            }
        }
    }

    /// @dev Writes `first` to `last` as runs of `to`, each of at most `_MAX_RUN` ids.
    function _writeRuns(address to, uint256 first, uint256 last) private {
        // Cannot overflow: ids fit into 32 bits.
        unchecked {
            for (uint256 head = first; head <= last; head += _MAX_RUN) {
                _runs[head] = uint160(to);
                uint256 end = head + _MAX_RUN - 1;
                _setContinues(head + 1, end < last ? end : last);
            }
        }
    }

    /// @dev Sets the bits `from` to `to`, both included. Nothing is set where `from` is above `to`.
    function _setContinues(uint256 from, uint256 to) private {
        // Cannot overflow: ids fit into 32 bits. The shifts are below 256.
        unchecked {
            for (uint256 id = from; id <= to;) {
                uint256 index = id >> 8;
                uint256 bits = type(uint256).max << (id & 255);
                if (index == to >> 8) bits &= type(uint256).max >> (255 - (to & 255));
                _continues[index] |= bits;
                id = (index + 1) << 8;
            }
        }
    }

    /*//////////////////////////////////////////////////////////////
                                 LOOKUP
    //////////////////////////////////////////////////////////////*/

    /// @dev The word that says who owns `id`. Zero: never minted. The low 160 bits are zero: burned.
    function _wordOf(uint256 id) private view returns (uint256 word) {
        word = _own[id];
        if (word == 0) word = _runs[_headOf(id)];
    }

    /// @dev The highest id at or below `id` whose bit is clear.
    function _headOf(uint256 id) private view returns (uint256) {
        // Cannot underflow: bit 0 is always clear, so the walk ends at word 0 at the latest, and a set bit in `clear`
        // leaves at most as many zeros above it as there are ids down to it.
        unchecked {
            uint256 index = id >> 8;
            // Shifted up, so that the bit of `id` is the top one and the ids above it are gone.
            uint256 clear = ~_continues[index] << (255 - (id & 255));
            while (clear == 0) {
                id = (index << 8) - 1;
                clear = ~_continues[--index];
            }
            return id - (255 - Math.log2(clear));
        }
    }

    /// @dev The owner in `word`, the word of `id`. Reverts when there is none.
    function _existingOwner(uint256 word, uint256 id) private pure returns (address owner) {
        owner = address(uint160(word));
        if (owner == address(0)) revert ERC721NonexistentToken(id);
    }

    /// @dev The owner of `id`. Reverts when there is none, or when the caller may not move the token.
    function _authorizedOwner(uint256 id) private view returns (address owner) {
        uint256 word = _wordOf(id);
        owner = _existingOwner(word, id);
        if (msg.sender == owner || _operators[owner][msg.sender]) return owner;
        if (word & _APPROVED == 0 || _approvals[id] != msg.sender) {
            revert ERC721InsufficientApproval(msg.sender, id);
        }
    }

    /// @dev Books one token from `from` to `to`.
    function _moved(address from, address to, uint256 id) private {
        // `from` owned the token, so its balance is at least 1; no balance exceeds `_minted`, which fits into 32 bits.
        unchecked {
            _wallets[from] -= _BALANCE_ONE;
            _wallets[to] += _BALANCE_ONE;
        }
        emit Transfer(from, to, id);
    }
}
