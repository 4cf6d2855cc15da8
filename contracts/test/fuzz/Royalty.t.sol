// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.28;

import {DropTest} from "../utils/DropTest.sol";
import {vm} from "../utils/Vm.sol";

contract RoyaltyTest is DropTest {
    /// @dev For any price, also one no coin has enough of, the royalty is the floor of price * bps / 10,000 and never more
    /// than a tenth of the price.
    function testFuzz_RoyaltyIsTheExactShareOfAnyPrice(uint256 id, uint256 price, uint16 bps) public {
        bps = uint16(bps % (drop.MAX_ROYALTY_BPS() + 1));
        vm.prank(owner);
        drop.setRoyalty(royaltyReceiver, bps);
        (address receiver, uint256 amount) = drop.royaltyInfo(id, price);
        vm.assertEq(receiver, royaltyReceiver, "receiver");
        vm.assertLe(amount, price / 10, "never more than a tenth");
        // The same by parts, none of which overflows.
        vm.assertEq(amount, price / 10_000 * bps + price % 10_000 * bps / 10_000, "exact share, rounded down");
    }
}
