//! The built desktop app in the real webview: from "Open the sample" to a sold token, by visible controls alone.
//!
//! Afterwards the chain is read with viem, and every byte behind every token is compared with the signed bundle.
mod desk;
mod person;
mod proof;
mod screen;

use std::path::PathBuf;

use anyhow::{Context as _, Result, ensure};
use atelier_tests::{World, output};
use serde_json::json;
use thirtyfour::Key;

use self::desk::Desk;
use self::person::Person;

const STEPS: [&str; 7] = ["Artwork", "Tokens", "Metadata", "Storage", "Rehearsal", "Launch", "Sales"];
const BATCHED: u64 = 80;
const VOUCHERS: u64 = 20;
/// Vouchers redeemed by hand through the relayer.
const REDEEMED: u64 = 2;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_person_goes_from_the_sample_to_a_sold_token() -> Result<()> {
    let world = World::new()?;
    let desk = Desk::start(&world)?;
    let mut person = Person::new(desk.open().await?, desk.screen(), empty_album()?);

    opens_the_sample(&mut person).await?;
    composes(&mut person).await?;
    describes(&mut person).await?;
    makes_keys(&mut person).await?;
    stores(&mut person).await?;
    rehearses(&mut person).await?;
    launches(&mut person).await?;
    gives_vouchers(&mut person).await?;
    sells(&mut person).await?;
    goes_by_keyboard(&mut person).await?;
    stays_inside(&person).await?;
    works_at_night(&mut person).await?;

    // Told to end, it ends by itself: the chain of the project stops and writes its state down.
    desk.tells_it_to_end(&person).await?;
    drop(desk);
    let project = the_project(&world)?;
    tokio::task::spawn_blocking(move || proof::holds(&world, &project, BATCHED + REDEEMED)).await?
}

async fn opens_the_sample(person: &mut Person<'_>) -> Result<()> {
    person.sees("From a folder of layers to a collection").await?;
    person.photographs("home").await?;
    person.presses("Open the sample").await?;
    person.is_at("Artwork").await
}

/// Artwork and Tokens: a plan, and its pictures.
async fn composes(person: &mut Person<'_>) -> Result<()> {
    person.presses("Plan 100").await?;
    person.presses("Render 100").await?;
    person.may_press("Tokens, done*").await?;
    person.photographs("artwork").await?;
    person.presses("Tokens, *").await?;
    person.is_at("Tokens").await?;
    person.photographs("tokens").await
}

async fn describes(person: &mut Person<'_>) -> Result<()> {
    person.presses("Metadata, *").await?;
    person.is_at("Metadata").await?;
    person.sees("none: every token reads as it should").await?;
    person.sees("Tidepool Keeper #1").await?;
    person.photographs("metadata").await
}

async fn makes_keys(person: &mut Person<'_>) -> Result<()> {
    person.presses("Settings").await?;
    for role in ["Deployer", "Voucher signer", "Relayer"] {
        person.picks(&format!("{role}*")).await?;
        person.presses(&format!("Make the {role} key")).await?;
        person.may_press("Unlock").await?;
    }
    person.photographs("settings").await
}

/// Build, sign, store, and every file read back.
async fn stores(person: &mut Person<'_>) -> Result<()> {
    person.presses("Storage, *").await?;
    person.presses("Build the bundle").await?;
    person.presses("Sign").await?;
    person.presses("Store").await?;
    person.sees("1 of 1 copies proven").await?;
    person.presses("Check").await?;
    person.sees("hashed, every byte").await?;
    person.photographs("storage").await?;
    person.presses("Go to Rehearsal").await
}

async fn rehearses(person: &mut Person<'_>) -> Result<()> {
    person.presses("Rehearse the launch").await?;
    person.may_press("Go to Launch").await?;
    person.sees("All 12 steps go through").await?;
    person.photographs("rehearsal").await?;
    person.presses("Go to Launch").await
}

async fn launches(person: &mut Person<'_>) -> Result<()> {
    person.sees("Ready to launch").await?;
    person.photographs("launch-ready").await?;
    person.presses(&format!("Launch {BATCHED} tokens")).await?;
    person.may_press("Go to Sales").await?;
    person.sees("8 of 8 batches are final").await?;
    person.photographs("launch").await
}

async fn gives_vouchers(person: &mut Person<'_>) -> Result<()> {
    person.presses("Vouchers").await?;
    person.presses("Issue vouchers").await?;
    let friends: Vec<String> = (1..=VOUCHERS).map(|n| format!("0x{:040x}", 0xf00d_0000 + n)).collect();
    person.types("Recipients", &friends.join(" ")).await?;
    person.presses(&format!("Sign {VOUCHERS} vouchers")).await?;
    person.sees(&format!("{VOUCHERS} issued")).await?;
    person.presses("Start, spend at most *").await?;
    person.sees("listening").await?;
    for nonce in 1..=REDEEMED {
        person.picks(&format!("{nonce}Open*")).await?;
        person.sees(&format!("{nonce}, unused on chain")).await?;
        person.presses("Redeem through the relayer").await?;
        person.sees(&format!("{nonce}, used on chain")).await?;
    }
    person.photographs("vouchers").await
}

async fn sells(person: &mut Person<'_>) -> Result<()> {
    person.presses("Sales, *").await?;
    person.presses("Read the chain").await?;
    person.presses("Practice sale").await?;
    person.presses("Sell #1 for 0.50 ETH").await?;
    person.sees("every sale paid it").await?;
    person.sees(&format!("{} of 100", BATCHED + REDEEMED)).await?;
    person.photographs("sales").await
}

/// The seven steps, the palette and back, without the mouse.
async fn goes_by_keyboard(person: &mut Person<'_>) -> Result<()> {
    for (digit, step) in ('1'..).zip(STEPS) {
        person.hits(Some(Key::Control), digit).await?;
        person.is_at(step).await?;
    }
    let palette = "return document.querySelector('[role=dialog]')?.getAttribute('aria-label') ?? null";
    person.hits(Some(Key::Control), 'k').await?;
    person
        .until("the palette", async || Ok((person.ask(palette, vec![]).await? == "Commands").then_some(())))
        .await?;
    person.hits(None, Key::Escape).await?;
    person.until("no palette", async || Ok(person.ask(palette, vec![]).await?.is_null().then_some(()))).await
}

/// The page reaches nothing but the core, and of the core nothing but its list.
async fn stays_inside(person: &Person<'_>) -> Result<()> {
    let outside = r"
        const done = arguments[1];
        const refused = [];
        document.addEventListener('securitypolicyviolation', (event) => refused.push(event.effectiveDirective));
        const tell = (word) => setTimeout(() => done([word, ...refused]), 200);
        fetch(arguments[0]).then(() => tell('answered'), () => tell('refused'));
    ";
    // A server that would answer, so that only the policy can be what stops it.
    let server = std::net::TcpListener::bind(("127.0.0.1", 0))?;
    let url = format!("http://{}/", server.local_addr()?);
    let told = person.ask_later(outside, vec![json!(url)]).await?;
    assert_eq!(told, json!(["refused", "connect-src"]), "the page's own policy refuses {url}");
    let command = r"
        const done = arguments[1];
        window.__TAURI_INTERNALS__.invoke(arguments[0], { input: {} }).then(() => done('answered'), (error) => done(String(error)));
    ";
    for name in ["key_export", "key_secret", "sign_hash", "plugin:fs|read_text_file", "plugin:shell|execute"]
    {
        let told = person.ask_later(command, vec![json!(name)]).await?;
        let told = told.as_str().unwrap_or_default();
        ensure!(told.contains("not allowed"), "{name} must not be there: {told}");
    }
    Ok(())
}

/// The same in the dark.
async fn works_at_night(person: &mut Person<'_>) -> Result<()> {
    person.presses("Settings").await?;
    person.presses("Dark").await?;
    for step in STEPS {
        person.presses(&format!("{step}, *")).await?;
        person.is_at(step).await?;
        person.photographs(&format!("dark-{}", step.to_lowercase())).await?;
    }
    Ok(())
}

/// Where the pictures of this run go, without those of another.
fn empty_album() -> Result<PathBuf> {
    let album = output("window")?;
    for entry in std::fs::read_dir(&album)? {
        std::fs::remove_file(entry?.path())?;
    }
    Ok(album)
}

/// Where the app put the sample: in this person's own folders.
fn the_project(world: &World) -> Result<PathBuf> {
    let projects = world.path("share/atelier/Atelier");
    let entry = std::fs::read_dir(&projects).with_context(|| format!("no {}", projects.display()))?.next();
    Ok(entry.context("the app made no project")??.path())
}
