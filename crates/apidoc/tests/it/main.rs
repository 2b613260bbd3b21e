//! Definitions of every format, well meant, hostile and large.
mod hostile;
mod large;
mod openapi;
mod other_formats;
mod support;

// As the program itself has it; the measurement depends on it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;
