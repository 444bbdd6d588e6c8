//! `chancery demo`: the reports that come with the program, built and shown.

use super::{build, show};
use crate::out::{BOLD, Out, styled};
use anyhow::Context;
use chancery::BuildOptions;
use rust_embed::RustEmbed;
use std::path::Path;
use std::process::ExitCode;

#[derive(RustEmbed)]
#[folder = "../../examples/reports"]
struct Reports;

/// The register of the invented outlets.
const OUTLETS: &str = include_str!("../../../../examples/outlets.csv");

pub fn run(folder: &Path, out: &Out) -> anyhow::Result<ExitCode> {
    let reports = folder.join("reports");
    std::fs::create_dir_all(&reports).with_context(|| {
        format!("{}: the folder cannot be made; choose another with -o", reports.display())
    })?;
    for name in Reports::iter() {
        let Some(file) = Reports::get(&name) else { continue };
        let path = reports.join(name.as_ref());
        std::fs::write(&path, &file.data)
            .with_context(|| format!("{}: cannot be written", path.display()))?;
    }
    let outlets = folder.join("outlets.csv");
    std::fs::write(&outlets, OUTLETS).with_context(|| format!("{}: cannot be written", outlets.display()))?;
    let record = folder.join("story.db");
    // The demo is the same every time: what an earlier one left is not added to.
    for end in ["", "-wal", "-shm"] {
        let old = folder.join(format!("story.db{end}"));
        if old.exists() {
            std::fs::remove_file(&old)
                .with_context(|| format!("{}: an earlier demo is in the way", old.display()))?;
        }
    }
    let options = BuildOptions { outlets: Some(outlets), ..BuildOptions::default() };
    let built = build::build(&[reports], &record, &options, out)?;
    let store = super::open(&record)?;
    show::summary(&store, &record, out)?;
    out.note("");
    out.note(styled(
        BOLD,
        format!("The record is {} ({:.1} s). Look further:", record.display(), built.seconds),
    ));
    // As it was called: after `cargo run` there is no `chancery` on the PATH yet.
    let program = std::env::args().next().unwrap_or_else(|| "chancery".into());
    for next in [
        format!("{program} show {} 04", record.display()),
        format!("{program} ask {} who-said --about talks --direct", record.display()),
        format!("{program} ask {} figures killed", record.display()),
        format!("{program} doctor {}", record.display()),
    ] {
        out.note(format!("  {next}"));
    }
    Ok(ExitCode::SUCCESS)
}
