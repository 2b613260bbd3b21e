//! Rebuilds the release server when the site it embeds was built anew.
fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    #[expect(
        clippy::disallowed_methods,
        reason = "cargo tells build scripts the profile through the environment"
    )]
    let is_release = std::env::var("PROFILE").is_ok_and(|profile| profile == "release");
    if is_release {
        println!("cargo:rerun-if-changed=target/site/manifest.json");
    }
}
