// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity 0.8.37;

import {IERC165} from "@openzeppelin/contracts/interfaces/IERC165.sol";
import {IERC2981} from "@openzeppelin/contracts/interfaces/IERC2981.sol";
import {IERC5267} from "@openzeppelin/contracts/interfaces/IERC5267.sol";
import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";
import {IERC721Metadata} from "@openzeppelin/contracts/token/ERC721/extensions/IERC721Metadata.sol";
import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {ERC721Runs} from "./ERC721Runs.sol";
import {IAtelierDrop} from "./interfaces/IAtelierDrop.sol";
import {IERC7572} from "./interfaces/IERC7572.sol";
import {VoucherHash} from "./libraries/VoucherHash.sol";
import {DropConfig} from "./types/DropConfig.sol";
import {Voucher} from "./types/Voucher.sol";

/// @title AtelierDrop
/// @notice The code behind every drop. Drops are ERC-1167 clones of it; it holds no immutable of its own, so its code is
/// the same, byte for byte, on every chain.
///
/// @dev No upgrade, no delegatecall, no ERC-2771 forwarder, no fee, no recipient the owner did not name. Foreign code runs
/// in three places only: an ERC-1271 voucher signer (by staticcall), the receiver of a `safeTransferFrom` and the
/// receiver of a withdrawal, both after every write.
///
/// Storage, after that of `ERC721Runs` (slots 0 to 5 there are its mappings):
///
///     slot 6    0..31   minted (ERC721Runs)      32..63  _maxSupply      64..87  _batches
///              88..95   _mintPaused              96..255 _minter
///               all a mint has to know about the drop is in this one word
///     slot 7    0..159  _owner                  160..167 _metadataFrozen
///     slot 8    0..159  _pendingOwner
///     slot 9    0..159  _voucherSigner
///     slot 10   0..159  _royaltyReceiver        160..175 _royaltyBps
///     slot 11   _provenance
///     slot 12   _name     13 _symbol     14 _baseURI     15 _contractURI
///     slot 16   _spentNonces: nonce n is bit n % 256 of word n / 256
contract AtelierDrop is ERC721Runs, IAtelierDrop {
    using Strings for uint256;

    /*//////////////////////////////////////////////////////////////
                                CONSTANTS
    //////////////////////////////////////////////////////////////*/

    /// @inheritdoc IAtelierDrop
    /// @dev A tenth: the most that large markets pay out, and a bound a buyer can rely on.
    uint256 public constant MAX_ROYALTY_BPS = 1000;

    uint256 private constant _BPS_ONE = 10_000;

    /// @dev ERC-4906 has no functions to derive its id from; the standard fixes it.
    bytes4 private constant _ERC4906_ID = 0x49064906;

    /*//////////////////////////////////////////////////////////////
                                 STORAGE
    //////////////////////////////////////////////////////////////*/

    // These four share a word with ERC721Runs' counter. Keep them first.
    uint32 private _maxSupply;
    uint24 private _batches;
    bool private _mintPaused;
    address private _minter;

    address private _owner;
    bool private _metadataFrozen;
    address private _pendingOwner;
    address private _voucherSigner;
    address private _royaltyReceiver;
    uint16 private _royaltyBps;
    bytes32 private _provenance;
    string private _name;
    string private _symbol;
    string private _baseURI;
    string private _contractURI;
    mapping(uint256 index => uint256 bits) private _spentNonces;

    /*//////////////////////////////////////////////////////////////
                                CREATION
    //////////////////////////////////////////////////////////////*/

    /// @dev The implementation owns itself: it counts as initialised, and nobody can act as its owner.
    constructor() {
        _owner = address(this);
    }

    /// @inheritdoc IAtelierDrop
    function initialize(DropConfig calldata config) external {
        // Nothing sets the owner back to zero, so this passes once.
        if (_owner != address(0)) revert Drop_AlreadyInitialized();
        if (config.owner == address(0)) revert Drop_ZeroAddress();
        if (config.maxSupply == 0) revert Drop_InvalidMaxSupply(0, 1, type(uint32).max);

        _maxSupply = config.maxSupply;
        _provenance = config.provenance;
        _name = config.name;
        _symbol = config.symbol;
        _baseURI = config.baseURI;
        _contractURI = config.contractURI;
        _setOwner(config.owner);
        _setMinter(config.minter);
        _setVoucherSigner(config.voucherSigner);
        _setRoyalty(config.royaltyReceiver, config.royaltyBps);
    }

    /*//////////////////////////////////////////////////////////////
                                  MINT
    //////////////////////////////////////////////////////////////*/

    /// @inheritdoc IAtelierDrop
    function mintBatch(uint256 batchId, address to, uint256 quantity) external {
        if (msg.sender != _minter && msg.sender != _owner) revert Drop_NotMinter(msg.sender);

        uint256 expected = nextBatchId();
        if (batchId != expected) {
            if (batchId != 0 && batchId < expected) revert Drop_BatchAlreadyUsed(batchId);
            revert Drop_BatchOutOfOrder(expected, batchId);
        }
        _batches += 1;

        emit BatchMinted(batchId, to, _mintWithinSupply(to, quantity), quantity);
    }

    /// @inheritdoc IAtelierDrop
    function mintVoucher(Voucher calldata voucher, bytes calldata signature) external payable {
        if (block.timestamp < voucher.validFrom) revert Drop_VoucherNotYetValid(voucher.validFrom);
        if (voucher.validUntil != 0 && block.timestamp > voucher.validUntil) {
            revert Drop_VoucherExpired(voucher.validUntil);
        }
        if (msg.value != voucher.price) revert Drop_VoucherWrongPayment(voucher.price, msg.value);
        _spendNonce(voucher.nonce);

        // Used up is the nonce, never the signature: a second valid form of a signature opens nothing.
        address signer = _voucherSigner;
        if (!_isSignedBy(signer, VoucherHash.digest(voucher), signature)) revert Drop_VoucherWrongSigner(signer);

        uint256 first = _mintWithinSupply(voucher.recipient, voucher.quantity);
        emit VoucherRedeemed(voucher.nonce, voucher.recipient, msg.sender, first, voucher.quantity, voucher.price);
    }

    /// @inheritdoc IAtelierDrop
    function cancelVoucher(uint256 nonce) external {
        if (msg.sender != _owner && msg.sender != _voucherSigner) revert Drop_NotVoucherSigner(msg.sender);
        _spendNonce(nonce);
        emit VoucherCancelled(nonce);
    }

    /// @inheritdoc IAtelierDrop
    function burn(uint256 id) external {
        _burn(id);
    }

    /*//////////////////////////////////////////////////////////////
                             ADMINISTRATION
    //////////////////////////////////////////////////////////////*/

    /// @dev Lets the owner pass.
    modifier onlyOwner() {
        if (msg.sender != _owner) revert Drop_NotOwner(msg.sender);
        _;
    }

    /// @dev Lets the call pass until the metadata is frozen.
    modifier unlessFrozen() {
        if (_metadataFrozen) revert Drop_MetadataFrozen();
        _;
    }

    /// @inheritdoc IAtelierDrop
    function setVoucherSigner(address signer) external onlyOwner {
        _setVoucherSigner(signer);
    }

    /// @inheritdoc IAtelierDrop
    function setMinter(address minter_) external onlyOwner {
        _setMinter(minter_);
    }

    /// @inheritdoc IAtelierDrop
    function setRoyalty(address receiver, uint16 bps) external onlyOwner {
        _setRoyalty(receiver, bps);
    }

    /// @inheritdoc IAtelierDrop
    function setBaseURI(string calldata uri) external onlyOwner unlessFrozen {
        _baseURI = uri;
        emit BatchMetadataUpdate(1, type(uint256).max);
    }

    /// @inheritdoc IAtelierDrop
    function setContractURI(string calldata uri) external onlyOwner unlessFrozen {
        _contractURI = uri;
        emit ContractURIUpdated();
    }

    /// @inheritdoc IAtelierDrop
    function freezeMetadata() external onlyOwner unlessFrozen {
        _metadataFrozen = true;
        emit MetadataFrozen();
    }

    /// @inheritdoc IAtelierDrop
    function reduceMaxSupply(uint32 newMaxSupply) external onlyOwner {
        uint256 minted = _totalMinted();
        uint256 current = _maxSupply;
        if (newMaxSupply < minted || newMaxSupply >= current) {
            // Where nothing is left to take away, `highest` is below `lowest`: no value is valid.
            revert Drop_InvalidMaxSupply(newMaxSupply, minted, current == 0 ? 0 : current - 1);
        }
        _maxSupply = newMaxSupply;
        emit MaxSupplyReduced(newMaxSupply);
    }

    /// @inheritdoc IAtelierDrop
    function setMintPaused(bool paused) external onlyOwner {
        _mintPaused = paused;
        emit MintPausedChanged(paused);
    }

    /// @inheritdoc IAtelierDrop
    /// @dev Needs no lock: the amount is the balance at this moment and no bookkeeping depends on it, so a receiver that
    /// comes back in finds nothing left to take.
    function withdraw(address to) external onlyOwner {
        if (to == address(0)) revert Drop_ZeroAddress();
        uint256 amount = address(this).balance;
        emit Withdrawn(to, amount);
        (bool sent,) = to.call{value: amount}("");
        if (!sent) revert Drop_WithdrawFailed();
    }

    /// @inheritdoc IAtelierDrop
    function transferOwnership(address newOwner) external onlyOwner {
        _pendingOwner = newOwner;
        emit OwnershipTransferStarted(_owner, newOwner);
    }

    /// @inheritdoc IAtelierDrop
    function acceptOwnership() external {
        if (msg.sender != _pendingOwner) revert Drop_NotPendingOwner(msg.sender);
        delete _pendingOwner;
        _setOwner(msg.sender);
    }

    /*//////////////////////////////////////////////////////////////
                                  READ
    //////////////////////////////////////////////////////////////*/

    /// @inheritdoc IERC721Metadata
    function name() external view returns (string memory) {
        return _name;
    }

    /// @inheritdoc IERC721Metadata
    function symbol() external view returns (string memory) {
        return _symbol;
    }

    /// @inheritdoc IERC721Metadata
    /// @dev Empty while there is no base URI.
    function tokenURI(uint256 id) external view returns (string memory) {
        _requireMinted(id);
        string memory base = _baseURI;
        return bytes(base).length == 0 ? "" : string.concat(base, id.toString(), ".json");
    }

    /// @inheritdoc IERC7572
    function contractURI() external view returns (string memory) {
        return _contractURI;
    }

    /// @inheritdoc IERC2981
    /// @dev The same for every token. Rounded down, computed without overflow for any price.
    function royaltyInfo(uint256, uint256 salePrice) external view returns (address receiver, uint256 amount) {
        return (_royaltyReceiver, Math.mulDiv(salePrice, _royaltyBps, _BPS_ONE));
    }

    /// @inheritdoc IERC5267
    function eip712Domain()
        external
        view
        returns (
            bytes1 fields,
            string memory domainName,
            string memory version,
            uint256 chainId,
            address verifyingContract,
            bytes32 salt,
            uint256[] memory extensions
        )
    {
        // 0x0f: name, version, chainId and verifyingContract are used; salt is not.
        return
            (hex"0f", VoucherHash.NAME, VoucherHash.VERSION, block.chainid, address(this), bytes32(0), new uint256[](0));
    }

    /// @inheritdoc IERC165
    function supportsInterface(bytes4 interfaceId) external pure returns (bool) {
        return interfaceId == type(IERC165).interfaceId || interfaceId == type(IERC721).interfaceId
            || interfaceId == type(IERC721Metadata).interfaceId || interfaceId == type(IERC2981).interfaceId
            || interfaceId == _ERC4906_ID;
    }

    /// @inheritdoc IAtelierDrop
    function nextBatchId() public view returns (uint256) {
        return uint256(_batches) + 1;
    }

    /// @inheritdoc IAtelierDrop
    function totalMinted() external view returns (uint256) {
        return _totalMinted();
    }

    /// @inheritdoc IAtelierDrop
    function totalSupply() external view returns (uint256) {
        return _totalMinted() - _totalBurned();
    }

    /// @inheritdoc IAtelierDrop
    function maxSupply() external view returns (uint256) {
        return _maxSupply;
    }

    /// @inheritdoc IAtelierDrop
    function numberMinted(address account) external view returns (uint256) {
        return _numberMinted(account);
    }

    /// @inheritdoc IAtelierDrop
    function mintPaused() external view returns (bool) {
        return _mintPaused;
    }

    /// @inheritdoc IAtelierDrop
    function metadataFrozen() external view returns (bool) {
        return _metadataFrozen;
    }

    /// @inheritdoc IAtelierDrop
    function provenance() external view returns (bytes32) {
        return _provenance;
    }

    /// @inheritdoc IAtelierDrop
    function minter() external view returns (address) {
        return _minter;
    }

    /// @inheritdoc IAtelierDrop
    function voucherSigner() external view returns (address) {
        return _voucherSigner;
    }

    /// @inheritdoc IAtelierDrop
    function voucherUsed(uint256 nonce) external view returns (bool) {
        return _spentNonces[nonce >> 8] & (1 << (nonce & 255)) != 0;
    }

    /// @inheritdoc IAtelierDrop
    function baseURI() external view returns (string memory) {
        return _baseURI;
    }

    /// @inheritdoc IAtelierDrop
    function owner() external view returns (address) {
        return _owner;
    }

    /// @inheritdoc IAtelierDrop
    function pendingOwner() external view returns (address) {
        return _pendingOwner;
    }

    /*//////////////////////////////////////////////////////////////
                                INTERNAL
    //////////////////////////////////////////////////////////////*/

    /// @dev The one door to the core's mint: whatever is minted passes the pause and the supply here.
    function _mintWithinSupply(address to, uint256 quantity) private returns (uint256 first) {
        if (_mintPaused) revert Drop_MintPaused();
        if (to == address(0)) revert Drop_ZeroAddress();
        if (quantity == 0) revert Drop_ZeroQuantity();
        // Never negative: the maximum supply is not lowered below what has been minted.
        uint256 left = _maxSupply - _totalMinted();
        if (quantity > left) revert Drop_SupplyExceeded(quantity, left);
        return _mint(to, quantity);
    }

    /// @dev A key's signature is tried first. So the common case does not ask the signer for its code, and an account
    /// that delegates to code (EIP-7702) can still sign with its key.
    function _isSignedBy(address signer, bytes32 digest, bytes calldata signature) private view returns (bool) {
        (address recovered, ECDSA.RecoverError problem,) = ECDSA.tryRecoverCalldata(digest, signature);
        if (problem == ECDSA.RecoverError.NoError && recovered == signer) return true;
        return SignatureChecker.isValidERC1271SignatureNowCalldata(signer, digest, signature);
    }

    /// @dev Marks the nonce as used up, once.
    function _spendNonce(uint256 nonce) private {
        uint256 bit = 1 << (nonce & 255);
        uint256 bits = _spentNonces[nonce >> 8];
        if (bits & bit != 0) revert Drop_VoucherUsed(nonce);
        _spentNonces[nonce >> 8] = bits | bit;
    }

    /// @dev The one place where the owner changes.
    function _setOwner(address newOwner) private {
        emit OwnershipTransferred(_owner, newOwner);
        _owner = newOwner;
    }

    /// @dev Zero is allowed: the owner alone.
    function _setMinter(address newMinter) private {
        _minter = newMinter;
        emit MinterChanged(newMinter);
    }

    /// @dev Zero is allowed: no voucher is valid.
    function _setVoucherSigner(address signer) private {
        _voucherSigner = signer;
        emit VoucherSignerChanged(signer);
    }

    /// @dev At most `MAX_ROYALTY_BPS`, and never for nobody.
    function _setRoyalty(address receiver, uint16 bps) private {
        if (bps > MAX_ROYALTY_BPS) revert Drop_RoyaltyTooHigh(bps);
        if (receiver == address(0) && bps != 0) revert Drop_ZeroAddress();
        _royaltyReceiver = receiver;
        _royaltyBps = bps;
        emit RoyaltyChanged(receiver, bps);
    }
}
