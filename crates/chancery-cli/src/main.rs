//! `chancery`: reads a pile of news reports about one story and keeps the sourced record.

mod cli;
mod out;
mod web;

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    out::quiet_guarded_panics();
    let args = cli::Args::parse();
    let out = out::Out::new(args.quiet, args.verbose, args.json);
    match cli::run(args, &out) {
        Ok(code) => code,
        // A reader that closed its end of the pipe (`| head`) wants no more, and no complaint.
        Err(e) if out::is_broken_pipe(&e) => ExitCode::SUCCESS,
        Err(e) => {
            out.error(&e);
            ExitCode::from(cli::FAILED)
        }
    }
}
