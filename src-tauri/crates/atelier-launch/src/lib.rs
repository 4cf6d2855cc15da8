//! Turns a signed bundle and a launch configuration into a LaunchPlan: hashed, stored, the same in rehearsal and launch.
