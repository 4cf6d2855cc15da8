//! The application layer: use cases, jobs, events, error codes and the one command list every face calls.
