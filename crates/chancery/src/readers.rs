//! Which reader reads.

use crate::EngineError;
use chancery_reader::neural::NeuralReader;
use chancery_reader::rules::RulesReader;
use chancery_reader::{Reader, neural::LoadError};
use std::sync::OnceLock;

/// Which reader reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReaderChoice {
    /// Word lists and patterns: some fifteen times as fast, and misses more.
    Rules,
    /// The trained encoder that is built into the program.
    Neural,
}

impl ReaderChoice {
    /// Its name, as `--reader` takes it and the record keeps it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Rules => "rules",
            Self::Neural => "neural",
        }
    }

    /// The reader of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        [Self::Rules, Self::Neural].into_iter().find(|c| c.name() == name)
    }
}

impl Default for ReaderChoice {
    /// The trained one, where its weights are built in.
    fn default() -> Self {
        if trained().is_some() { Self::Neural } else { Self::Rules }
    }
}

/// The reader of a choice.
pub(crate) fn reader(choice: ReaderChoice) -> Result<&'static dyn Reader, EngineError> {
    match choice {
        ReaderChoice::Rules => Ok(&RulesReader),
        ReaderChoice::Neural => match trained() {
            Some(Ok(reader)) => Ok(reader),
            Some(Err(e)) => Err(EngineError::Weights(e.to_string())),
            None => Err(EngineError::NoWeights),
        },
    }
}

/// The trained reader, unpacked at its first use: unpacking takes a tenth of a second.
fn trained() -> Option<&'static Result<NeuralReader, LoadError>> {
    static READER: OnceLock<Option<Result<NeuralReader, LoadError>>> = OnceLock::new();
    READER.get_or_init(NeuralReader::embedded).as_ref()
}

/// What computes for a reader, as the record names it.
pub(crate) fn kernel(choice: ReaderChoice) -> &'static str {
    match (choice, trained()) {
        (ReaderChoice::Neural, Some(Ok(reader))) => reader.kernel().name(),
        _ => "none",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_is_found_by_its_name() {
        for choice in [ReaderChoice::Rules, ReaderChoice::Neural] {
            assert_eq!(ReaderChoice::named(choice.name()), Some(choice));
        }
        assert_eq!(ReaderChoice::named("oracle"), None);
        assert!(reader(ReaderChoice::default()).is_ok(), "the weights in the repository cannot be read");
    }
}
