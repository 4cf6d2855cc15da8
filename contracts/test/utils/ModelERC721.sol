// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.28;

import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";

import {ERC721Runs} from "../../src/ERC721Runs.sol";

/// @dev What `ERC721Runs` must be indistinguishable from: OpenZeppelin's ERC721, minting one id at a time.
contract ModelERC721 is ERC721("", "") {
    uint256 public totalMinted;
    uint256 public totalBurned;
    mapping(address owner => uint256) public numberMinted;

    function mint(address to, uint256 quantity) external returns (uint256 first) {
        if (to == address(0)) revert ERC721InvalidReceiver(address(0));
        if (quantity == 0) revert ERC721Runs.ERC721Runs_ZeroQuantity();
        first = totalMinted + 1;
        for (uint256 i = 0; i < quantity; ++i) {
            _mint(to, first + i);
        }
        totalMinted += quantity;
        numberMinted[to] += quantity;
    }

    function burn(uint256 id) external {
        _update(address(0), id, msg.sender);
        totalBurned += 1;
    }
}
