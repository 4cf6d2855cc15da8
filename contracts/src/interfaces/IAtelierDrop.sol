// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.28;

import {IERC2981} from "@openzeppelin/contracts/interfaces/IERC2981.sol";
import {IERC4906} from "@openzeppelin/contracts/interfaces/IERC4906.sol";
import {IERC5267} from "@openzeppelin/contracts/interfaces/IERC5267.sol";
import {IERC721Metadata} from "@openzeppelin/contracts/token/ERC721/extensions/IERC721Metadata.sol";

import {DropConfig} from "../types/DropConfig.sol";
import {Voucher} from "../types/Voucher.sol";
import {IERC7572} from "./IERC7572.sol";

/// @title IAtelierDrop
/// @notice One collection: ERC-721 tokens 1, 2, 3 ... minted by the owner in numbered batches, or by signed vouchers.
///
/// Standards: ERC-721 with Metadata, ERC-165, ERC-2981 (royalty), ERC-4906 (metadata updates), ERC-7572 (collection
/// metadata), EIP-712 and ERC-5267 (vouchers), ERC-1271 (voucher signer that is a contract), ERC-6093 (errors of the
/// token itself), two-step ownership as in OpenZeppelin's Ownable2Step.
interface IAtelierDrop is IERC721Metadata, IERC2981, IERC4906, IERC5267, IERC7572 {
    /*//////////////////////////////////////////////////////////////
                                 EVENTS
    //////////////////////////////////////////////////////////////*/

    /// @notice An owner batch was minted: ids `firstTokenId` to `firstTokenId + quantity - 1`.
    event BatchMinted(uint256 indexed batchId, address indexed to, uint256 firstTokenId, uint256 quantity);

    /// @notice A voucher was redeemed: ids `firstTokenId` to `firstTokenId + quantity - 1`.
    /// @param nonce The voucher's nonce, now spent.
    /// @param recipient Who received the tokens.
    /// @param sender Who sent the call.
    /// @param firstTokenId First id minted.
    /// @param quantity Number of tokens minted.
    /// @param price Wei paid for all of them together.
    event VoucherRedeemed(
        uint256 indexed nonce,
        address indexed recipient,
        address indexed sender,
        uint256 firstTokenId,
        uint256 quantity,
        uint256 price
    );

    /// @notice The voucher with this nonce can no longer be redeemed.
    event VoucherCancelled(uint256 indexed nonce);

    /// @notice Vouchers of this signer are valid from now on, and no other's. Zero: none is.
    event VoucherSignerChanged(address indexed signer);

    /// @notice This account may mint batches beside the owner. Zero: the owner alone.
    event MinterChanged(address indexed minter);

    /// @notice The ERC-2981 royalty of every token changed.
    event RoyaltyChanged(address indexed receiver, uint256 bps);

    /// @notice Base URI and contract URI can never change again.
    event MetadataFrozen();

    /// @notice At most this many tokens can ever be minted.
    event MaxSupplyReduced(uint256 maxSupply);

    /// @notice Minting stopped, or started again.
    event MintPausedChanged(bool paused);

    /// @notice The drop's whole balance was paid out.
    event Withdrawn(address indexed to, uint256 amount);

    /// @notice `newOwner` may now accept the ownership. Zero: nobody may.
    event OwnershipTransferStarted(address indexed previousOwner, address indexed newOwner);

    /// @notice The owner changed.
    event OwnershipTransferred(address indexed previousOwner, address indexed newOwner);

    /*//////////////////////////////////////////////////////////////
                                 ERRORS
    //////////////////////////////////////////////////////////////*/

    /// @notice The drop has been initialised, or is the implementation, which never is.
    error Drop_AlreadyInitialized();

    /// @notice An address that has to be given is zero.
    error Drop_ZeroAddress();

    /// @notice Only the owner may do this.
    error Drop_NotOwner(address caller);

    /// @notice Only the account the ownership was offered to may accept it.
    error Drop_NotPendingOwner(address caller);

    /// @notice Only the owner and the minter may mint batches.
    error Drop_NotMinter(address caller);

    /// @notice Only the owner and the voucher signer may cancel vouchers.
    error Drop_NotVoucherSigner(address caller);

    /// @notice Minting is paused.
    error Drop_MintPaused();

    /// @notice A mint of no tokens.
    error Drop_ZeroQuantity();

    /// @notice More tokens than are left.
    error Drop_SupplyExceeded(uint256 wanted, uint256 left);

    /// @notice The maximum supply must be between `lowest` and `highest`, both included.
    error Drop_InvalidMaxSupply(uint256 given, uint256 lowest, uint256 highest);

    /// @notice This batch has been minted before.
    error Drop_BatchAlreadyUsed(uint256 batchId);

    /// @notice Batches are minted one after the other: `expected` is the next.
    error Drop_BatchOutOfOrder(uint256 expected, uint256 given);

    /// @notice This voucher has been redeemed or cancelled before.
    error Drop_VoucherUsed(uint256 nonce);

    /// @notice The voucher is valid from `validFrom` on.
    error Drop_VoucherNotYetValid(uint256 validFrom);

    /// @notice The voucher was valid up to `validUntil`.
    error Drop_VoucherExpired(uint256 validUntil);

    /// @notice The signature is not `signer`'s over this voucher, this drop and this chain. `signer` is the voucher
    /// signer in force, zero when there is none.
    error Drop_VoucherWrongSigner(address signer);

    /// @notice The call must carry exactly `expected` wei.
    error Drop_VoucherWrongPayment(uint256 expected, uint256 given);

    /// @notice The metadata is frozen.
    error Drop_MetadataFrozen();

    /// @notice The royalty is above `MAX_ROYALTY_BPS`.
    error Drop_RoyaltyTooHigh(uint256 bps);

    /// @notice The receiver of the withdrawal refused it.
    error Drop_WithdrawFailed();

    /*//////////////////////////////////////////////////////////////
                                CREATION
    //////////////////////////////////////////////////////////////*/

    /// @notice Sets the drop up. The factory calls it in the transaction that creates the clone; it works once.
    function initialize(DropConfig calldata config) external;

    /*//////////////////////////////////////////////////////////////
                                  MINT
    //////////////////////////////////////////////////////////////*/

    /// @notice Mints the next `quantity` ids to `to`. Owner and minter only.
    /// @dev The receiver is not called (no `onERC721Received`): a batch cannot be blocked, nor re-entered, by one of its
    /// recipients. Whether a contract can handle tokens is for the sender to know.
    /// @param batchId Must equal `nextBatchId()`: a batch that is sent twice is minted once.
    /// @param to Receives the tokens.
    /// @param quantity Number of tokens. A transaction of at most 16,777,216 gas (EIP-7825) has room for about 8,000.
    function mintBatch(uint256 batchId, address to, uint256 quantity) external;

    /// @notice Mints what the voucher says to the recipient it names, whoever sends the call.
    /// @dev The recipient is not called (no `onERC721Received`): the sender, who may be a relayer paying the gas, never
    /// runs code the recipient chose, and nothing can re-enter. Whether a contract can handle tokens is for the signer
    /// of the voucher to know. The money stays in the drop until `withdraw`.
    /// @param voucher What to mint. `msg.value` must equal `voucher.price`.
    /// @param signature 65 bytes r, s, v of the voucher signer (low s, v 27 or 28), or what its ERC-1271 check accepts.
    function mintVoucher(Voucher calldata voucher, bytes calldata signature) external payable;

    /// @notice Makes the voucher with this nonce worthless. Owner and voucher signer only.
    function cancelVoucher(uint256 nonce) external;

    /// @notice Destroys a token. Its owner or an approved account only. The id is never minted again, and its place in
    /// the maximum supply stays taken.
    function burn(uint256 id) external;

    /*//////////////////////////////////////////////////////////////
                             ADMINISTRATION
    //////////////////////////////////////////////////////////////*/

    /// @notice Replaces the voucher signer; every voucher of the former signer is void at once. Zero: no vouchers.
    function setVoucherSigner(address signer) external;

    /// @notice Replaces the minter. Zero: the owner alone mints batches.
    function setMinter(address minter_) external;

    /// @notice Sets the royalty of every token.
    /// @param receiver May be zero only when `bps` is zero.
    /// @param bps Basis points of the sale price, at most `MAX_ROYALTY_BPS`.
    function setRoyalty(address receiver, uint16 bps) external;

    /// @notice Moves the token metadata, unless it is frozen.
    function setBaseURI(string calldata uri) external;

    /// @notice Moves the collection metadata, unless it is frozen.
    function setContractURI(string calldata uri) external;

    /// @notice Ends `setBaseURI` and `setContractURI` for ever.
    function freezeMetadata() external;

    /// @notice Lowers the maximum supply, at the lowest to what has been minted. It can never rise.
    function reduceMaxSupply(uint32 newMaxSupply) external;

    /// @notice Stops or starts both ways to mint. Transfers are never stopped.
    function setMintPaused(bool paused) external;

    /// @notice Pays the drop's whole balance to `to`.
    function withdraw(address to) external;

    /// @notice Offers the ownership to `newOwner`, who has to accept it. Zero withdraws an offer.
    function transferOwnership(address newOwner) external;

    /// @notice Takes the ownership that was offered to the caller. Ownership cannot be given up otherwise, so a drop
    /// always has an owner who can withdraw.
    function acceptOwnership() external;

    /*//////////////////////////////////////////////////////////////
                                  READ
    //////////////////////////////////////////////////////////////*/

    /// @notice Highest royalty this contract accepts, in basis points of a sale price.
    function MAX_ROYALTY_BPS() external view returns (uint256);

    /// @notice The id the next owner batch must carry. Starts at 1.
    function nextBatchId() external view returns (uint256);

    /// @notice Tokens ever minted, burned ones included. Their ids are 1 to this number.
    function totalMinted() external view returns (uint256);

    /// @notice Tokens that exist.
    function totalSupply() external view returns (uint256);

    /// @notice Most tokens that may ever be minted, burned ones included.
    function maxSupply() external view returns (uint256);

    /// @notice Tokens ever minted to `account`, whoever holds them now.
    function numberMinted(address account) external view returns (uint256);

    /// @notice Whether minting is paused.
    function mintPaused() external view returns (bool);

    /// @notice Whether base URI and contract URI are fixed for ever.
    function metadataFrozen() external view returns (bool);

    /// @notice Merkle root of the signed bundle of artwork and metadata this drop was created for.
    function provenance() external view returns (bytes32);

    /// @notice Mints batches beside the owner. Zero: nobody.
    function minter() external view returns (address);

    /// @notice Signs vouchers. Zero: nobody.
    function voucherSigner() external view returns (address);

    /// @notice Whether the voucher with this nonce has been redeemed or cancelled.
    function voucherUsed(uint256 nonce) external view returns (bool);

    /// @notice Prefix of every token URI: the URI of id 7 is this and "7.json".
    function baseURI() external view returns (string memory);

    /// @notice Holds every administrative right.
    function owner() external view returns (address);

    /// @notice May accept the ownership. Zero: nobody.
    function pendingOwner() external view returns (address);
}
