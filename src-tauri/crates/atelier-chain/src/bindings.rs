//! The drop contracts as Rust types, written from their Solidity interface.
//!
//! They are written out rather than read from the artifacts at build time, so that this file can be read
//! beside the contracts; the test `bindings_equal_the_artifacts` fails when one moves without the other.
#![allow(missing_docs, reason = "the doc comments of generated items live in the Solidity interface")]

use alloy::sol;

sol! {
    #![sol(all_derives)]

    /// What a drop is born with. `provenance` is the Merkle root of the signed bundle.
    #[derive(serde::Serialize, serde::Deserialize)]
    struct DropConfig {
        string name;
        string symbol;
        string baseURI;
        string contractURI;
        address owner;
        address minter;
        address voucherSigner;
        uint32 maxSupply;
        address royaltyReceiver;
        uint16 royaltyBps;
        bytes32 provenance;
    }

    /// The right to mint. `price` is wei for the whole voucher; both ends of the window are inclusive unix
    /// seconds, and `validUntil` 0 means no end.
    #[derive(serde::Serialize, serde::Deserialize)]
    struct Voucher {
        address recipient;
        uint256 quantity;
        uint256 price;
        uint256 validFrom;
        uint256 validUntil;
        uint256 nonce;
    }

    /// Makes drops: minimal clones of one implementation, each at an address its configuration fixes.
    interface IAtelierFactory {
        event DropCreated(address indexed drop, address indexed owner, address indexed implementation, bytes32 salt);

        error Factory_AlreadyDeployed(address drop);
        error Factory_NoImplementation(address implementation);
        error FailedDeployment();
        error InsufficientBalance(uint256 balance, uint256 needed);

        function implementation() external view returns (address);
        function createDrop(bytes32 salt, DropConfig calldata config) external returns (address drop);
        function predictDrop(bytes32 salt, DropConfig calldata config) external view returns (address);
    }

    /// One drop.
    interface IAtelierDrop {
        event Transfer(address indexed from, address indexed to, uint256 indexed tokenId);
        event Approval(address indexed owner, address indexed approved, uint256 indexed tokenId);
        event ApprovalForAll(address indexed owner, address indexed operator, bool approved);
        event MetadataUpdate(uint256 _tokenId);
        event BatchMetadataUpdate(uint256 _fromTokenId, uint256 _toTokenId);
        event ContractURIUpdated();
        event EIP712DomainChanged();
        event OwnershipTransferStarted(address indexed previousOwner, address indexed newOwner);
        event OwnershipTransferred(address indexed previousOwner, address indexed newOwner);
        event BatchMinted(uint256 indexed batchId, address indexed to, uint256 firstTokenId, uint256 quantity);
        event VoucherRedeemed(uint256 indexed nonce, address indexed recipient, address indexed sender, uint256 firstTokenId, uint256 quantity, uint256 price);
        event VoucherCancelled(uint256 indexed nonce);
        event VoucherSignerChanged(address indexed signer);
        event MinterChanged(address indexed minter);
        event RoyaltyChanged(address indexed receiver, uint256 bps);
        event MetadataFrozen();
        event MaxSupplyReduced(uint256 maxSupply);
        event MintPausedChanged(bool paused);
        event Withdrawn(address indexed to, uint256 amount);

        error Drop_BatchAlreadyUsed(uint256 batchId);
        error Drop_BatchOutOfOrder(uint256 expected, uint256 given);
        error Drop_SupplyExceeded(uint256 wanted, uint256 left);
        error Drop_ZeroQuantity();
        error Drop_NotMinter(address caller);
        error Drop_NotOwner(address caller);
        error Drop_NotPendingOwner(address caller);
        error Drop_NotVoucherSigner(address caller);
        error Drop_InvalidMaxSupply(uint256 given, uint256 lowest, uint256 highest);
        error Drop_MintPaused();
        error Drop_VoucherUsed(uint256 nonce);
        error Drop_VoucherNotYetValid(uint256 validFrom);
        error Drop_VoucherExpired(uint256 validUntil);
        error Drop_VoucherWrongSigner(address signer);
        error Drop_VoucherWrongPayment(uint256 expected, uint256 given);
        error Drop_MetadataFrozen();
        error Drop_RoyaltyTooHigh(uint256 bps);
        error Drop_AlreadyInitialized();
        error Drop_ZeroAddress();
        error Drop_WithdrawFailed();
        error ERC721IncorrectOwner(address sender, uint256 tokenId, address owner);
        error ERC721InsufficientApproval(address operator, uint256 tokenId);
        error ERC721InvalidApprover(address approver);
        error ERC721InvalidOperator(address operator);
        error ERC721InvalidOwner(address owner);
        error ERC721InvalidReceiver(address receiver);
        error ERC721InvalidSender(address sender);
        error ERC721NonexistentToken(uint256 tokenId);
        error ERC721Runs_ZeroQuantity();
        error SafeCastOverflowedUintDowncast(uint8 bits, uint256 value);

        function initialize(DropConfig calldata config) external;
        function mintBatch(uint256 batchId, address to, uint256 quantity) external;
        function mintVoucher(Voucher calldata voucher, bytes calldata signature) external payable;
        function cancelVoucher(uint256 nonce) external;
        function burn(uint256 tokenId) external;

        function setVoucherSigner(address signer) external;
        function setMinter(address minter) external;
        function setRoyalty(address receiver, uint16 bps) external;
        function setBaseURI(string calldata uri) external;
        function setContractURI(string calldata uri) external;
        function freezeMetadata() external;
        function reduceMaxSupply(uint32 maxSupply) external;
        function setMintPaused(bool paused) external;
        function withdraw(address to) external;

        function owner() external view returns (address);
        function pendingOwner() external view returns (address);
        function transferOwnership(address newOwner) external;
        function acceptOwnership() external;

        function MAX_ROYALTY_BPS() external view returns (uint256);
        function nextBatchId() external view returns (uint256);
        function totalMinted() external view returns (uint256);
        function totalSupply() external view returns (uint256);
        function maxSupply() external view returns (uint256);
        function numberMinted(address account) external view returns (uint256);
        function mintPaused() external view returns (bool);
        function metadataFrozen() external view returns (bool);
        function provenance() external view returns (bytes32);
        function minter() external view returns (address);
        function voucherSigner() external view returns (address);
        function voucherUsed(uint256 nonce) external view returns (bool);
        function baseURI() external view returns (string memory);
        function contractURI() external view returns (string memory);
        function royaltyInfo(uint256 tokenId, uint256 salePrice) external view returns (address receiver, uint256 royaltyAmount);
        function eip712Domain() external view returns (bytes1 fields, string memory name, string memory version, uint256 chainId, address verifyingContract, bytes32 salt, uint256[] memory extensions);

        function name() external view returns (string memory);
        function symbol() external view returns (string memory);
        function tokenURI(uint256 tokenId) external view returns (string memory);
        function balanceOf(address account) external view returns (uint256);
        function ownerOf(uint256 tokenId) external view returns (address);
        function getApproved(uint256 tokenId) external view returns (address);
        function isApprovedForAll(address account, address operator) external view returns (bool);
        function approve(address to, uint256 tokenId) external;
        function setApprovalForAll(address operator, bool approved) external;
        function transferFrom(address from, address to, uint256 tokenId) external;
        function safeTransferFrom(address from, address to, uint256 tokenId) external;
        function safeTransferFrom(address from, address to, uint256 tokenId, bytes calldata data) external;
        function supportsInterface(bytes4 interfaceId) external view returns (bool);
    }
}
