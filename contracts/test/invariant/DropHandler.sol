// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.28;

import {IAtelierDrop} from "../../src/interfaces/IAtelierDrop.sol";
import {Voucher} from "../../src/types/Voucher.sol";
import {DropTest} from "../utils/DropTest.sol";
import {Vm, vm} from "../utils/Vm.sol";

/// @dev Does to a drop what its owner, its minter, its buyers and strangers could do, right and wrong, in any order, and
/// keeps its own books of what ought to have come of it.
contract DropHandler is DropTest {
    address[] public actors;

    // What ought to be
    mapping(uint256 batchId => uint256) public timesBatchMinted;
    mapping(uint256 nonce => uint256) public timesNonceMinted;
    mapping(uint256 nonce => bool) public cancelled;
    mapping(uint256 id => address) public ownerOf;
    mapping(address actor => uint256) public mintedTo;
    uint256[] public nonces;
    uint256 public minted;
    uint256 public burned;
    uint256 public batches;
    uint256 public lowestMaxSupply;
    uint256 public paidIn;
    uint256 public paidOut;
    bool public frozen;
    string public frozenBaseURI;
    string public frozenContractURI;

    // What has been tried, so that the test can tell that its cases occurred
    uint256 public redemptions;
    uint256 public refusals;

    constructor() {
        setUp();
        actors = [alice, bob, stranger, owner, minter];
        lowestMaxSupply = drop.maxSupply();
    }

    function theDrop() external view returns (IAtelierDrop) {
        return drop;
    }

    function theOwner() external view returns (address) {
        return owner;
    }

    function actorCount() external view returns (uint256) {
        return actors.length;
    }

    function nonceCount() external view returns (uint256) {
        return nonces.length;
    }

    /*//////////////////////////////////////////////////////////////
                                  MINT
    //////////////////////////////////////////////////////////////*/

    /// @dev Any batch id near the next, from anyone.
    function mintBatch(uint256 from, uint256 idOffset, uint256 to, uint256 quantity) external {
        uint256 batchId = batches + (idOffset % 4 == 0 ? idOffset % 3 : 1);
        address sender = _actor(from);
        address receiver = _actor(to);
        quantity %= 40;
        bool allowed = (sender == owner || sender == drop.minter()) && batchId == batches + 1 && quantity != 0
            && !drop.mintPaused() && minted + quantity <= lowestMaxSupply;

        vm.prank(sender);
        (bool success,) = address(drop).call(abi.encodeCall(IAtelierDrop.mintBatch, (batchId, receiver, quantity)));
        vm.assertEq(success, allowed, "a batch passes exactly when it may");
        if (!success) return _refused();
        timesBatchMinted[batchId] += 1;
        batches += 1;
        _bookMint(receiver, quantity);
    }

    /// @dev Vouchers of few nonces, so that many come twice; some signed by another, some paid wrongly, some out of time.
    function mintVoucher(uint256 nonce, uint256 to, uint256 quantity, uint256 price, uint256 flaw) external {
        Voucher memory voucher = _voucher(nonce % 24);
        voucher.recipient = _actor(to);
        voucher.quantity = 1 + quantity % 5;
        voucher.price = price % 0.1 ether;
        flaw %= 12;
        if (flaw == 0) voucher.validUntil = NOW - 1;
        if (flaw == 1) voucher.validFrom = NOW + 1;
        bytes memory signature = _sign(flaw == 2 ? 0xBAD : SIGNER_KEY, drop, voucher);
        uint256 value = flaw == 3 ? voucher.price + 1 : voucher.price;
        bool allowed = flaw > 3 && timesNonceMinted[voucher.nonce] == 0 && !cancelled[voucher.nonce]
            && !drop.mintPaused() && minted + voucher.quantity <= lowestMaxSupply;

        vm.deal(stranger, 1 ether);
        vm.prank(stranger);
        (bool success,) =
            address(drop).call{value: value}(abi.encodeCall(IAtelierDrop.mintVoucher, (voucher, signature)));
        vm.assertEq(success, allowed, "a voucher passes exactly when it may");
        if (!success) return _refused();
        timesNonceMinted[voucher.nonce] += 1;
        nonces.push(voucher.nonce);
        redemptions += 1;
        paidIn += value;
        _bookMint(voucher.recipient, voucher.quantity);
    }

    function cancelVoucher(uint256 from, uint256 nonce) external {
        nonce %= 24;
        // One nonce in a few only, or nothing would be left to redeem.
        if (nonce % 6 != 0) return;
        address sender = _actor(from);
        bool allowed = sender == owner && timesNonceMinted[nonce] == 0 && !cancelled[nonce];
        vm.prank(sender);
        (bool success,) = address(drop).call(abi.encodeCall(IAtelierDrop.cancelVoucher, (nonce)));
        vm.assertEq(success, allowed, "a cancellation passes exactly when it may");
        if (success) cancelled[nonce] = true;
        else _refused();
    }

    function _bookMint(address to, uint256 quantity) private {
        for (uint256 i = 0; i < quantity; ++i) {
            ownerOf[++minted] = to;
        }
        mintedTo[to] += quantity;
    }

    /*//////////////////////////////////////////////////////////////
                                 TOKENS
    //////////////////////////////////////////////////////////////*/

    function transfer(uint256 from, uint256 to, uint256 id) external {
        id = id % (minted + 2);
        address holder = ownerOf[id];
        address sender = from % 3 == 0 || holder == address(0) ? _actor(from) : holder;
        bool allowed = holder != address(0)
            && (sender == holder || drop.isApprovedForAll(holder, sender) || drop.getApproved(id) == sender);
        address receiver = _actor(to);
        vm.prank(sender);
        (bool success,) =
            address(drop).call(abi.encodeWithSignature("transferFrom(address,address,uint256)", holder, receiver, id));
        vm.assertEq(success, allowed, "a transfer passes exactly when it may");
        if (success) ownerOf[id] = receiver;
        else _refused();
    }

    function approve(uint256 to, uint256 id, bool all) external {
        if (minted == 0) return;
        id = 1 + id % minted;
        address holder = ownerOf[id];
        if (holder == address(0)) return;
        address spender = _actor(to);
        vm.prank(holder);
        if (all) drop.setApprovalForAll(spender, id % 2 == 0);
        else drop.approve(spender, id);
    }

    function burn(uint256 from, uint256 id) external {
        id = id % (minted + 2);
        address holder = ownerOf[id];
        address sender = from % 2 == 0 || holder == address(0) ? _actor(from) : holder;
        bool allowed = holder != address(0)
            && (sender == holder || drop.isApprovedForAll(holder, sender) || drop.getApproved(id) == sender);
        vm.prank(sender);
        (bool success,) = address(drop).call(abi.encodeCall(IAtelierDrop.burn, (id)));
        vm.assertEq(success, allowed, "a burn passes exactly when it may");
        if (!success) return _refused();
        ownerOf[id] = address(0);
        burned += 1;
    }

    /*//////////////////////////////////////////////////////////////
                             ADMINISTRATION
    //////////////////////////////////////////////////////////////*/

    function setMintPaused(uint256 dice) external {
        // Mostly on.
        vm.prank(owner);
        drop.setMintPaused(dice % 5 == 0);
    }

    function reduceMaxSupply(uint32 to) external {
        // By little, or the drop would be closed at once.
        to = uint32(lowestMaxSupply + 2 - to % 12);
        bool allowed = to < lowestMaxSupply && to >= minted;
        vm.prank(owner);
        (bool success,) = address(drop).call(abi.encodeCall(IAtelierDrop.reduceMaxSupply, (to)));
        vm.assertEq(success, allowed, "the supply goes down only, and not below what was minted");
        if (success) lowestMaxSupply = to;
        else _refused();
    }

    function setURIs(string calldata uri) external {
        vm.prank(owner);
        (bool success,) = address(drop).call(abi.encodeCall(IAtelierDrop.setBaseURI, (uri)));
        vm.assertEq(success, !frozen, "base URI moves until frozen");
        vm.prank(owner);
        (success,) = address(drop).call(abi.encodeCall(IAtelierDrop.setContractURI, (uri)));
        vm.assertEq(success, !frozen, "contract URI moves until frozen");
    }

    function freeze(uint256 dice) external {
        if (frozen || dice % 4 != 0) return;
        vm.prank(owner);
        drop.freezeMetadata();
        frozen = true;
        frozenBaseURI = drop.baseURI();
        frozenContractURI = drop.contractURI();
    }

    function withdraw(uint256 from) external {
        address treasury = address(0x7EA5);
        address sender = from % 2 == 0 ? owner : _actor(from);
        uint256 amount = address(drop).balance;
        vm.prank(sender);
        (bool success,) = address(drop).call(abi.encodeCall(IAtelierDrop.withdraw, (treasury)));
        vm.assertEq(success, sender == owner, "the owner, and only the owner, can always withdraw");
        if (success) paidOut += amount;
        else _refused();
    }

    function _refused() private {
        refusals += 1;
    }

    function _actor(uint256 seed) private view returns (address) {
        return actors[seed % actors.length];
    }
}
