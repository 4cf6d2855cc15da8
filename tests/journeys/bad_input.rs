//! Bad input gets a code, a sentence and an exit code; nothing is lost.
use std::fs;

use anyhow::Result;
use atelier_tests::World;

#[test]
fn an_unknown_key_in_drop_toml_names_its_line() -> Result<()> {
    let world = World::new()?;
    let project = world.path("drop");
    world.atelier(&project, &["init", "--sample"])?.ok();
    let toml = project.join("drop.toml");
    let before = fs::read_to_string(&toml)?;
    fs::write(&toml, before.replacen("supply =", "suply =", 1))?;
    let ended = world.atelier(&project, &["plan"])?;
    assert_eq!(ended.code, Some(2), "a configuration mistake ends with 2: {}", ended.stderr);
    assert!(ended.stderr.contains("line "), "the sentence names the line: {}", ended.stderr);
    assert!(ended.error_code().is_some_and(|code| code.starts_with("DROP-")), "{}", ended.stderr);
    Ok(())
}

#[test]
fn a_truncated_picture_is_named_and_the_rest_stays() -> Result<()> {
    let world = World::new()?;
    let project = world.path("drop");
    world.atelier(&project, &["init", "--sample"])?.ok();
    let victim = project.join("layers/2-body/jelly-moon.png");
    let bytes = fs::read(&victim)?;
    fs::write(&victim, &bytes[..bytes.len() / 2])?;
    world.atelier(&project, &["plan"])?.ok();
    let ended = world.atelier(&project, &["render"])?;
    assert_eq!(ended.code, Some(2), "{}", ended.stderr);
    assert!(ended.stderr.contains("jelly-moon.png"), "the file is named: {}", ended.stderr);
    Ok(())
}

#[test]
fn a_chain_that_is_down_or_another_one_is_refused() -> Result<()> {
    let world = World::new()?;
    let project = world.path("drop");
    world.atelier(&project, &["init", "--sample"])?.ok();
    let down = world.atelier(&project, &["launch", "--network", "sepolia", "--rpc", "http://127.0.0.1:9"])?;
    assert_eq!(down.code, Some(4), "an outside service failed: {}", down.stderr);
    assert_eq!(down.error_code().as_deref(), Some("CHAIN-UNREACHABLE"), "{}", down.stderr);
    let chain = atelier_tests::Chain::start()?;
    let wrong = world.atelier(&project, &["launch", "--network", "sepolia", "--rpc", chain.url()])?;
    assert_eq!(wrong.error_code().as_deref(), Some("CHAIN-WRONG-ID"), "{}", wrong.stderr);
    Ok(())
}

#[test]
fn without_a_keychain_the_key_is_not_made_somewhere_else() -> Result<()> {
    let world = World::new()?;
    let project = world.path("drop");
    world.atelier(&project, &["init", "--sample"])?.ok();
    let ended = world.atelier_with(
        &project,
        &["keys", "create", "deployer"],
        &[("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus")],
    )?;
    assert_ne!(ended.code, Some(0), "no keychain, no key");
    assert!(ended.error_code().is_some_and(|code| code.starts_with("KEY-")), "{}", ended.stderr);
    Ok(())
}

#[test]
fn a_folder_with_something_in_it_is_not_overwritten() -> Result<()> {
    let world = World::new()?;
    let project = world.path("drop");
    fs::create_dir(&project)?;
    fs::write(project.join("mine.txt"), "mine")?;
    let ended = world.atelier(&project, &["init", "--sample"])?;
    assert_eq!(ended.error_code().as_deref(), Some("PROJECT-DIR-NOT-EMPTY"), "{}", ended.stderr);
    assert_eq!(fs::read_dir(&project)?.count(), 1, "nothing was added");
    Ok(())
}

#[test]
fn a_flipped_byte_is_named_with_its_token() -> Result<()> {
    let world = World::new()?;
    let project = world.path("drop");
    world.atelier(&project, &["init", "--sample"])?.ok();
    world.atelier(&project, &["plan", "--count", "20"])?.ok();
    world.atelier(&project, &["render"])?.ok();
    for role in ["deployer", "voucher-signer"] {
        world.atelier(&project, &["keys", "create", role])?.ok();
    }
    world.atelier(&project, &["bundle"])?.ok();
    let sound = world.atelier(&project, &["verify"])?;
    assert_eq!(sound.code, Some(0), "{}", sound.json);
    let victim = project.join("build/images/7.png");
    let mut bytes = fs::read(&victim)?;
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&victim, bytes)?;
    let found = world.atelier(&project, &["verify"])?;
    assert_eq!(found.code, Some(1), "a check found something wrong");
    let named = found.json["findings"]
        .as_array()
        .into_iter()
        .flatten()
        .any(|finding| finding["file"] == "images/7.png" && finding["token"] == 7);
    assert!(named, "file and token are named: {}", found.json);
    Ok(())
}
