//! The `nutgraf` program: arguments in, one command, an exit code out.
//!
//! Exit codes: 0 if all is well; 1 if the sources have faults; 2 for wrong use, or a fault of the environment.

use std::process::ExitCode;

use clap::Parser;
use nutgraf::cli::{self, Cli, Outcome};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    match cli::run(Cli::parse()) {
        Ok(Outcome::Fine) => ExitCode::SUCCESS,
        Ok(Outcome::Faults) => ExitCode::from(1),
        Err(error) => {
            anstream::eprintln!("error: {error}");
            if let Some(help) = error.help_line() {
                anstream::eprintln!("help: {help}");
            }
            ExitCode::from(2)
        }
    }
}
