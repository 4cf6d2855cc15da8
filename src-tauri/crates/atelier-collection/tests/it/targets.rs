use atelier_collection::{Blend, Layer, LayerCounts, Percent, Target, TargetProblem, Trait, target};

fn layer(targets: &[Target], none: Option<Target>) -> Layer {
    Layer {
        id: "l".into(),
        name: "L".into(),
        folder: "l".into(),
        blend: Blend::Normal,
        none,
        traits: targets
            .iter()
            .enumerate()
            .map(|(index, target)| Trait {
                id: format!("t{index}"),
                name: format!("T{index}"),
                file: format!("{index}.png"),
                target: *target,
            })
            .collect(),
    }
}

fn percent(text: &str) -> Target {
    Target::Percent(Percent::parse(text).expect("a percentage"))
}

fn counts(targets: &[Target], none: Option<Target>, supply: u32) -> Result<(Vec<u32>, u32), TargetProblem> {
    target::resolve_layer(&layer(targets, none), supply).map(|LayerCounts { none, traits }| (traits, none))
}

#[test]
fn largest_remainder_in_file_order() {
    let w = Target::Weight;
    assert_eq!(
        counts(&[w(1), w(1), w(1)], None, 10),
        Ok((vec![4, 3, 3], 0)),
        "equal remainders go by file order"
    );
    assert_eq!(counts(&[w(1), w(1)], Some(w(1)), 10), Ok((vec![4, 3], 3)), "going without comes last");
    assert_eq!(counts(&[w(6), w(3), w(1)], None, 7), Ok((vec![4, 2, 1], 0)), "4.2, 2.1, 0.7");
    assert_eq!(counts(&[w(0), w(1)], None, 5), Ok((vec![0, 5], 0)), "weight 0 means nobody");
}

#[test]
fn percentages_are_of_the_whole_supply_and_weights_take_the_rest() {
    let got = counts(
        &[percent("12.5"), Target::Count(10), Target::Weight(2), Target::Weight(1)],
        Some(percent("30")),
        1_000,
    );
    assert_eq!(got, Ok((vec![125, 10, 377, 188], 300)), "1000 − 425 − 10 = 565 to weights 2:1");
    assert_eq!(
        counts(&[percent("33.3333"), percent("66.6667")], None, 100),
        Ok((vec![33, 67], 0)),
        "decimals"
    );
    assert_eq!(
        counts(&[percent("50"), Target::Count(2)], None, 3),
        Ok((vec![1, 2], 0)),
        "less than one token off is rounding, not a contradiction"
    );
}

#[test]
fn what_cannot_add_up_says_so() {
    let c = Target::Count;
    assert_eq!(
        counts(&[c(6), c(5)], None, 10),
        Err(TargetProblem::CountsExceedSupply { counts: 11, supply: 10 }),
        "over"
    );
    assert_eq!(
        counts(&[c(6), c(3)], None, 10),
        Err(TargetProblem::CountsBelowSupply { counts: 9, supply: 10 }),
        "under"
    );
    assert_eq!(
        counts(&[percent("60"), percent("40.5")], None, 10),
        Err(TargetProblem::PercentAboveHundred { percent: "100.5".into() }),
        "more than everything"
    );
    assert_eq!(
        counts(&[percent("60"), c(1)], None, 10),
        Err(TargetProblem::SharesMissSupply { taken: 7 }),
        "a hole"
    );
    assert_eq!(
        counts(&[percent("60"), c(5), Target::Weight(1)], None, 10),
        Err(TargetProblem::SharesExceedSupply { taken: 11 }),
        "nothing left for the weight, and less than nothing"
    );
    assert_eq!(
        counts(&[c(6), Target::Weight(0)], None, 10),
        Err(TargetProblem::NoWeight { left: 4 }),
        "all weights 0"
    );
}

#[test]
fn percent_reads_and_writes_decimals() {
    for (text, parts) in [("0", 0), ("5", 50_000), ("12.5", 125_000), ("0.0001", 1), ("100", 1_000_000)] {
        let read = Percent::parse(text).expect(text);
        assert_eq!((read.parts(), read.to_string().as_str()), (parts, text), "{text} round-trips");
    }
    for text in ["", ".", "5.", ".5", "-1", "+1", "1e1", "100.0001", "101", "0.00001", " 5", "5 ", "5%", "٥"]
    {
        assert_eq!(Percent::parse(text), None, "{text:?} is not a percentage");
    }
}
