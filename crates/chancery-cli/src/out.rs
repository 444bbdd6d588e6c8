//! What goes where: data on stdout, progress and notes on stderr, colours and bars only on a terminal.

use anstyle::{AnsiColor, Style};
use chancery::{Phase, Progress};
use chancery_model::report::Note;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde::Serialize;
use std::io::{IsTerminal, Write};
use std::sync::Mutex;

/// Where a command writes.
#[derive(Debug, Clone, Copy)]
pub struct Out {
    quiet: bool,
    verbose: u8,
    /// Whether data is wanted as JSON.
    pub json: bool,
}

/// Bold.
pub const BOLD: Style = Style::new().bold();
/// For what matters less.
pub const DIM: Style = Style::new().dimmed();
const RED: Style = AnsiColor::Red.on_default().bold();
const YELLOW: Style = AnsiColor::Yellow.on_default();

/// Words in a style; the stream takes the style out where it is not wanted.
pub fn styled(style: Style, s: impl std::fmt::Display) -> String {
    format!("{style}{s}{style:#}")
}

impl Out {
    pub fn new(quiet: bool, verbose: u8, json: bool) -> Self {
        Self { quiet, verbose, json }
    }

    /// Whether details are wanted.
    pub fn verbose(self) -> bool {
        self.verbose > 0
    }

    /// A line of data.
    pub fn line(self, s: impl std::fmt::Display) -> anyhow::Result<()> {
        writeln!(anstream::stdout().lock(), "{s}")?;
        Ok(())
    }

    /// Data as JSON, one document.
    pub fn json(self, value: &impl Serialize) -> anyhow::Result<()> {
        self.line(serde_json::to_string_pretty(value)?)
    }

    /// A list: as JSON when wanted, else each shown in words, and a word when there is nothing.
    pub fn list<T: Serialize>(
        self,
        items: &[T],
        nothing: &str,
        show: impl Fn(&T) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        if self.json {
            return self.json(&items);
        }
        if items.is_empty() {
            self.note(nothing);
        }
        items.iter().try_for_each(show)
    }

    /// A note for the person at the terminal.
    pub fn note(self, s: impl std::fmt::Display) {
        if !self.quiet {
            let _ = writeln!(anstream::stderr().lock(), "{s}");
        }
    }

    /// Something that went wrong without stopping the work; said even when quiet.
    pub fn problem(self, n: &Note) {
        let _ = writeln!(anstream::stderr().lock(), "{} {}", styled(YELLOW, "skipped:"), problem_line(n));
    }

    /// What stopped the work.
    pub fn error(self, e: &anyhow::Error) {
        let mut chain = e.chain().map(ToString::to_string);
        let first = chain.next().unwrap_or_default();
        let mut line = format!("{} {first}", styled(RED, "error:"));
        for cause in chain.filter(|c| !first.contains(c.as_str())) {
            line = format!("{line}: {cause}");
        }
        let _ = writeln!(anstream::stderr().lock(), "{line}");
    }

    /// Bars on a terminal, nothing elsewhere.
    pub fn progress(self) -> Bars {
        let visible = !self.quiet && std::io::stderr().is_terminal();
        Bars { out: self, bar: Mutex::new(None), visible }
    }
}

/// Something that whoever reads the answer must know; said even when quiet.
pub fn warn(s: impl std::fmt::Display) {
    let _ = writeln!(anstream::stderr().lock(), "{} {s}", styled(YELLOW, "warning:"));
}

/// One line for an input that could not be used.
fn problem_line(n: &Note) -> String {
    match &n.path {
        Some(p) => format!("{p}: {}", n.text),
        None => n.text.clone(),
    }
}

/// Whether the reader of our output went away.
pub fn is_broken_pipe(e: &anyhow::Error) -> bool {
    e.chain().any(|c| {
        c.downcast_ref::<std::io::Error>().is_some_and(|e| e.kind() == std::io::ErrorKind::BrokenPipe)
    })
}

/// Progress of a build.
#[derive(Debug)]
pub struct Bars {
    out: Out,
    bar: Mutex<Option<ProgressBar>>,
    visible: bool,
}

impl Bars {
    fn with(&self, f: impl FnOnce(&mut Option<ProgressBar>)) {
        if let Ok(mut guard) = self.bar.lock() {
            f(&mut guard);
        }
    }
}

impl Progress for Bars {
    fn begin(&self, phase: Phase, total: Option<u64>) {
        let word = match phase {
            Phase::Read => "Reading",
            Phase::Link => "Linking",
            Phase::Write => "Writing",
        };
        self.with(|slot| {
            if let Some(old) = slot.take() {
                old.finish_and_clear();
            }
            if !self.visible {
                return;
            }
            let bar = total.map_or_else(ProgressBar::new_spinner, ProgressBar::new);
            bar.set_draw_target(ProgressDrawTarget::stderr());
            if let (Some(_), Ok(style)) =
                (total, ProgressStyle::with_template("{msg} {wide_bar} {bytes}/{total_bytes} {eta}"))
            {
                bar.set_style(style);
            }
            bar.set_message(word);
            *slot = Some(bar);
        });
    }

    fn step(&self, n: u64) {
        self.with(|slot| {
            if let Some(bar) = slot {
                bar.inc(n);
            }
        });
    }

    fn problem(&self, note: &Note) {
        self.with(|slot| match slot {
            Some(bar) => bar.suspend(|| self.out.problem(note)),
            None => self.out.problem(note),
        });
    }
}

impl Drop for Bars {
    fn drop(&mut self) {
        self.with(|slot| {
            if let Some(bar) = slot.take() {
                bar.finish_and_clear();
            }
        });
    }
}

/// A panic of a library that is caught and told as a skipped input prints nothing of its own; any other says that it
/// is a fault of the program.
pub fn quiet_guarded_panics() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        if !chancery::guarded() {
            let _ = writeln!(
                anstream::stderr().lock(),
                "error: this is a fault of chancery, not of your reports; what was built before is kept. Please report it with the lines below."
            );
            usual(info);
        }
    }));
}
