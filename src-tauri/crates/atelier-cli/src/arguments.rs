//! What can be typed. Names are fixed (DESIGN.md, "The command line"), so that scripts can rely on them.
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Compose, sign, store, rehearse, launch and watch an NFT collection.
#[derive(Parser, Debug)]
#[command(name = "atelier", version, about)]
pub struct Arguments {
    /// The project folder.
    #[arg(long, global = true, default_value = ".")]
    pub project: PathBuf,
    /// Print one JSON document on stdout, and progress as JSON lines on stderr.
    #[arg(long, global = true)]
    pub json: bool,
    /// Say yes where a person would be asked.
    #[arg(long, global = true)]
    pub yes: bool,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The steps of a drop, in order, and what stands beside them.
#[derive(Subcommand, Debug)]
pub enum Command {
    /// Start a project: empty, or the bundled sample.
    Init {
        /// Copy the bundled sample.
        #[arg(long)]
        sample: bool,
        /// The drop's name, for an empty project.
        #[arg(long, default_value = "Untitled drop")]
        name: String,
    },
    /// Make a project from a folder of layers.
    Import {
        /// Folder of layer folders (plain or HashLips).
        source: PathBuf,
        /// The drop's name.
        #[arg(long, default_value = "Untitled drop")]
        name: String,
        /// Only say what would happen.
        #[arg(long)]
        dry_run: bool,
    },
    /// Find a plan that meets every target.
    Plan {
        /// Tokens; changes drop.toml.
        #[arg(long)]
        count: Option<u32>,
        /// Seed; changes drop.toml.
        #[arg(long)]
        seed: Option<String>,
    },
    /// Render what is missing or changed.
    Render,
    /// Names, descriptions and their lint.
    #[command(subcommand)]
    Metadata(MetadataCommand),
    /// Build the bundle: CIDs, CARs, manifest, Merkle root.
    Bundle,
    /// Sign the bundle with the deployer key.
    Sign,
    /// Check a bundle, with no network.
    Verify {
        /// A build folder; the project's own when left out.
        path: Option<PathBuf>,
    },
    /// Store the bundle and prove the copy.
    Store {
        /// The target's id in drop.toml.
        #[arg(long, default_value = "embedded")]
        target: String,
    },
    /// Run the launch on a clean chain in memory, or on a fork.
    Rehearse {
        /// RPC to fork.
        #[arg(long)]
        rpc: Option<String>,
    },
    /// Choose the network that signing, rehearsing and launching are for.
    Network(NetworkArguments),
    /// Launch: deploy, configure, mint in batches. Run again to continue.
    Launch(LaunchArguments),
    /// Where the project stands.
    Status,
    /// Read the chain into the project's own index.
    Index {
        /// Keep reading.
        #[arg(long)]
        follow: bool,
    },
    /// Who holds it.
    Holders,
    /// What sold.
    Sales,
    /// Royalty owed beside royalty received.
    Royalties,
    /// Lazy mints.
    #[command(subcommand)]
    Voucher(VoucherCommand),
    /// The relayer.
    #[command(subcommand)]
    Relay(RelayCommand),
    /// Role keys.
    #[command(subcommand)]
    Keys(KeysCommand),
    /// The audit log.
    #[command(subcommand)]
    Audit(AuditCommand),
    /// What this machine has and lacks.
    Doctor,
    /// The sample drop end to end: composed, signed, stored, rehearsed, launched, sold.
    Demo(DemoArguments),
    /// Serve the command list over loopback HTTP for browser tests.
    #[cfg(feature = "bridge")]
    Bridge {
        /// Folder of the built interface to serve.
        #[arg(long)]
        ui: PathBuf,
        /// Port on loopback; 0 takes a free one.
        #[arg(long, default_value_t = 0)]
        port: u16,
    },
}

/// `atelier metadata …`
#[derive(Subcommand, Debug)]
pub enum MetadataCommand {
    /// All findings, each with token, field and fix.
    Lint,
}

/// Networks known by name.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Network {
    /// Anvil on this machine, started when needed.
    Practice,
    /// Sepolia (11155111).
    Sepolia,
    /// Ethereum (1).
    Mainnet,
}

impl Network {
    /// Its chain id.
    pub fn chain_id(self) -> u32 {
        match self {
            Self::Practice => 31_337,
            Self::Sepolia => 11_155_111,
            Self::Mainnet => 1,
        }
    }
}

/// `atelier network …`
#[derive(Args, Debug)]
pub struct NetworkArguments {
    /// The network.
    #[arg(long, value_enum, default_value = "practice")]
    pub network: Network,
    /// Its RPC address; needed on every network but practice.
    #[arg(long)]
    pub rpc: Option<String>,
    /// The chain id the RPC must answer with, where it is not the network's own.
    #[arg(long)]
    pub chain_id: Option<u32>,
}

/// `atelier launch …`
#[derive(Args, Debug)]
pub struct LaunchArguments {
    /// The network; the one chosen before when nothing is said.
    #[arg(long, value_enum)]
    pub network: Option<Network>,
    /// Its RPC address.
    #[arg(long)]
    pub rpc: Option<String>,
    /// The chain id the RPC must answer with, where it is not the network's own.
    #[arg(long)]
    pub chain_id: Option<u32>,
    /// The drop's name, typed as confirmation on a real network.
    #[arg(long)]
    pub confirm: Option<String>,
}

/// `atelier voucher …`
#[derive(Subcommand, Debug)]
pub enum VoucherCommand {
    /// All vouchers and how they stand.
    List,
    /// The signed vouchers, as typed data with signature and signer, for their holders.
    Export,
    /// Sign vouchers, one for each recipient.
    Issue {
        /// Addresses that receive.
        #[arg(required = true)]
        recipients: Vec<String>,
        /// Tokens per voucher.
        #[arg(long, default_value_t = 1)]
        quantity: u32,
        /// Price of the whole voucher in wei.
        #[arg(long, default_value = "0")]
        price_wei: String,
        /// Days it stays valid.
        #[arg(long)]
        days: Option<u32>,
    },
    /// Redeem a free voucher through the relayer.
    Redeem {
        /// Nonces of the vouchers.
        #[arg(required = true)]
        nonces: Vec<String>,
        /// Budget of the campaign in wei.
        #[arg(long, default_value = "100000000000000000")]
        budget_wei: String,
    },
}

/// `atelier relay …`
#[derive(Subcommand, Debug)]
pub enum RelayCommand {
    /// Serve the voucher endpoint on loopback until interrupted.
    Serve {
        /// Budget of the campaign in wei.
        #[arg(long)]
        budget_wei: String,
        /// Port; a free one when left out.
        #[arg(long)]
        port: Option<u16>,
    },
}

/// Roles as typed.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum RoleName {
    /// Owns the drop.
    Deployer,
    /// Signs vouchers.
    VoucherSigner,
    /// Pays for redeeming.
    Relayer,
}

/// `atelier keys …`
#[derive(Subcommand, Debug)]
pub enum KeysCommand {
    /// Addresses and how the keys stand.
    List,
    /// Make a key in the keychain.
    Create {
        /// Role.
        #[arg(value_enum)]
        role: RoleName,
        /// Keep the project's keys in a file encrypted with a passphrase, where there is no keychain. The passphrase is
        /// asked for on the terminal, or read as one line from standard input.
        #[arg(long)]
        encrypted_file: bool,
    },
}

/// `atelier audit …`
#[derive(Subcommand, Debug)]
pub enum AuditCommand {
    /// Check the chain of hashes from the first entry to the last.
    Verify,
    /// The newest entries.
    List,
}

/// `atelier demo …`
#[derive(Args, Debug)]
pub struct DemoArguments {
    /// End after the report (this program never opens a window; kept so that scripts may say so).
    #[arg(long)]
    pub headless: bool,
    /// Tokens.
    #[arg(long, default_value_t = 100)]
    pub count: u32,
}
