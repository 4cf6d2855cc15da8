//! Contract bindings and versioned artifacts, endpoints with chain-id check, fees, vouchers, the practice chain.
