// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.28;

import {IERC165} from "@openzeppelin/contracts/interfaces/IERC165.sol";

import {ERC721Runs} from "../../src/ERC721Runs.sol";

/// @dev The core with its internal functions opened.
contract RunsHarness is ERC721Runs {
    function mint(address to, uint256 quantity) external returns (uint256) {
        return _mint(to, quantity);
    }

    function burn(uint256 id) external {
        _burn(id);
    }

    function totalMinted() external view returns (uint256) {
        return _totalMinted();
    }

    function totalBurned() external view returns (uint256) {
        return _totalBurned();
    }

    function numberMinted(address owner) external view returns (uint256) {
        return _numberMinted(owner);
    }

    function requireMinted(uint256 id) external view {
        _requireMinted(id);
    }

    function supportsInterface(bytes4 interfaceId) external pure returns (bool) {
        return interfaceId == type(IERC165).interfaceId;
    }
}
