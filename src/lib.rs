//! Callboard's application: the pages, the server functions and the server that mounts them.
//!
//! This file is the gate between server and browser: `server` exists in the server build only, `hydrate` in the
//! browser build only. Everything else compiles for both, except `ui::pages`, which is server-only by one line in
//! `ui.rs`. `cfg(feature = …)` stands nowhere else but here, there and in `platform.rs`; `cargo xtask tidy` checks it.
#![recursion_limit = "256"]

pub mod api;
pub mod error;
pub mod paths;
pub mod platform;
#[cfg(feature = "ssr")]
pub mod server;
pub mod ui;

/// Starts the browser side; `public/boot.js` calls it and then brings each island to life.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_islands();
}
