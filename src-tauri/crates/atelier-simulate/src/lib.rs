//! Runs a LaunchPlan on a clean chain or a pinned fork in process, and prices every step.
