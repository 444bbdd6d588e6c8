//! `chancery serve`: the reading room on loopback.

use crate::out::Out;
use crate::web;
use clap::Args;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Debug, Args)]
pub struct ServeArgs {
    /// The record.
    record: PathBuf,
    /// Port on this computer; 0 for any that is free.
    #[arg(long, default_value_t = 4747)]
    port: u16,
    /// Do not open a browser.
    #[arg(long)]
    no_open: bool,
    /// Who decides, where the page is used to confirm or reject; signs the decisions.
    #[arg(long, env = "CHANCERY_WHO", default_value = "unsigned")]
    who: String,
}

pub fn run(a: &ServeArgs, out: &Out) -> anyhow::Result<ExitCode> {
    // Opened once now, so that a wrong path is said here and not in the browser.
    drop(super::open(&a.record)?);
    web::serve(&a.record, a.port, !a.no_open, &a.who, out)?;
    Ok(ExitCode::SUCCESS)
}
