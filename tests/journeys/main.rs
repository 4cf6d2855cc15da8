//! Whole journeys on the command line.
mod bad_input;
mod demo;
mod repeat;
