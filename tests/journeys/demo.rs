//! The sample drop end to end, as the README's first command runs it.
use anyhow::Result;
use atelier_tests::{World, node, repository};

#[test]
fn the_demo_makes_launches_sells_and_adds_up() -> Result<()> {
    let world = World::new()?;
    let project = world.path("drop");
    let report = world.atelier(&project, &["demo", "--headless"])?.ok();

    let figure = |name: &str| report[name].as_u64().unwrap_or_default();
    assert_eq!(figure("planned"), 100, "the sample plans 100 tokens");
    assert_eq!(
        figure("planned"),
        figure("minted") + figure("open"),
        "what is planned is minted or an open voucher"
    );
    assert_eq!(figure("verified_tokens"), 100, "every token was read back and hashed");
    assert_eq!(report["lazy"]["issued"].as_u64(), Some(20), "20 vouchers were issued");
    assert!(report["lazy"]["redeemed"].as_u64() >= Some(5), "at least 5 went through the relayer: {report}");
    let sale = &report["sales"][0];
    assert_eq!(sale["price"], "500000000000000000", "half an ether was asked and paid");
    assert_eq!(sale["royalty_owed"], "25000000000000000", "5 % of half an ether");
    assert_eq!(sale["royalty_received"], sale["royalty_owed"], "the market paid it");
    assert_eq!(report["ok"], true, "{report}");

    // The HTML report stands alone: its pictures are inside and it asks for nothing.
    let html = std::fs::read_to_string(report["report"].as_str().unwrap_or_default())?;
    assert_eq!(html.matches("data:image/jpeg;base64,").count(), 100, "one picture a token");
    assert!(!html.contains("http://") && !html.contains("https://"), "the report links nowhere");

    let build = project.join("build");
    let file = |name: &str| build.join(name).to_string_lossy().into_owned();
    let checked = node("oracles/verify-bundle.mjs", &[&file("manifest.sig.json"), &file("manifest.json")])?;
    assert_eq!(checked["good"], true, "viem and ethers verify the signature: {checked}");
    let tree = node("oracles/merkle.mjs", &["--bundle", &build.to_string_lossy()])?;
    assert_eq!(tree["root"], report["root"], "OpenZeppelin's tree has the same root");

    let audit = world.atelier(&project, &["audit", "verify"])?.ok();
    assert_eq!(audit["intact"], true, "the audit chain holds");
    assert!(
        repository().join("assets/samples/tidepool/drop.toml").is_file(),
        "the sample itself was not moved"
    );
    Ok(())
}
