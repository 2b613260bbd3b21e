//! The interactive pieces: all that reaches the browser as WASM.
pub mod live_filter;
pub mod palette;
pub mod theme_switch;
