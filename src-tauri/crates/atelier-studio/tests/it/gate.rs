use atelier_studio::api::{
    Empty, IssueVouchers, LaunchRequest, LaunchState, PracticeSale, RehearseRequest, TokenRef,
};

use crate::bench::Bench;

#[tokio::test]
async fn nothing_is_asked_before_a_project_is_open() {
    let bench = Bench::new();
    let refused = bench.studio.artwork(Empty {}).await.expect_err("no project is open");
    assert_eq!(refused.code(), "PROJECT-NONE", "{refused}");
}

#[tokio::test]
async fn each_step_names_the_one_before_it() {
    let bench = Bench::new();
    bench.sample().await;
    let studio = &bench.studio;
    assert_eq!(
        studio.render(Empty {}).await.expect_err("no plan").code(),
        "PLAN-NONE",
        "a render needs a plan"
    );
    assert_eq!(
        studio.token(TokenRef { id: 1 }).await.expect_err("no plan").code(),
        "PLAN-NONE",
        "so does a token"
    );
    let plan = studio.plan_tokens(Empty {}).await.expect("the sample plans");
    assert_eq!((plan.supply, plan.deviation), (100, 0), "every target is met");
    assert_eq!(
        studio.token(TokenRef { id: 101 }).await.expect_err("beyond").code(),
        "TOKEN-NONE",
        "there are a hundred"
    );
    assert_eq!(
        studio.bundle_build(Empty {}).await.expect_err("no pictures").code(),
        "ART-NOT-RENDERED",
        "a bundle needs pictures"
    );
    assert_eq!(
        studio.bundle_sign(Empty {}).await.expect_err("no bundle").code(),
        "BUNDLE-NONE",
        "a signature needs a bundle"
    );
    let rehearse = studio.rehearse(RehearseRequest { rpc: None }).await;
    assert_eq!(rehearse.expect_err("no bundle").code(), "BUNDLE-NONE", "a rehearsal needs a bundle");
    let launch = studio.launch_start(LaunchRequest { confirm: None }).await;
    assert_eq!(launch.expect_err("no bundle").code(), "BUNDLE-NONE", "a launch needs a bundle");
    let view = studio.launch(Empty {}).await.expect("the screen still answers");
    assert_eq!(
        (view.state, view.blockers.len()),
        (LaunchState::Blocked, 1),
        "and says the one thing to mend"
    );
    let sale = studio.practice_sale(PracticeSale { token: 1, price: "1".into() }).await;
    assert_eq!(sale.expect_err("nothing minted").code(), "LAUNCH-NOT-DEPLOYED", "a sale needs a drop");
    let issue = IssueVouchers { recipients: Vec::new(), quantity: 1, price: "0".into(), days: None };
    assert_eq!(
        studio.vouchers_issue(issue).await.expect_err("no drop").code(),
        "LAUNCH-NOT-DEPLOYED",
        "so does a voucher"
    );
    let audit = studio.audit(Empty {}).await.expect("the log");
    assert!(audit.intact && audit.total >= 2, "what was done is in the log, and the log holds");
}
