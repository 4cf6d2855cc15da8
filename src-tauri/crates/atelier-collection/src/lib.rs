//! Project, layers, traits, rules, solver and plan of tokens. Pure: no IO, no clock, no async.
