//! Vector arithmetic stands in the kernels themselves and is not called.
//!
//! A closure that the compiler does not inline is compiled for the plainest machine, and then each vector operation in it
//! becomes a call through memory. Nothing is wrong in what comes out, but reading takes three times as long; so the
//! program is asked whether it holds such functions at all.
#![cfg(target_arch = "x86_64")]

use chancery_reader::neural::NeuralReader;
use object::{Object, ObjectSymbol};

/// Operations that nothing but the kernels of this crate does.
const OPERATIONS: &[&str] = &["mul_ps", "add_ps", "sub_ps", "div_ps", "max_ps", "min_ps"];

#[test]
fn no_vector_operation_is_a_function() {
    // The kernels are part of this program only when something uses them.
    let Some(reader) = NeuralReader::embedded() else { return };
    assert_eq!(reader.unwrap().marks(&["Rain", "fell", "."], &[0]).syntax.len(), 3);
    let path = std::env::current_exe().unwrap();
    let bytes = std::fs::read(&path).unwrap();
    let file = object::File::parse(&*bytes).unwrap();
    let names: Vec<&str> = file.symbols().filter_map(|s| s.name().ok()).collect();
    assert!(names.len() > 1000, "{}: no symbols to look at", path.display());
    let apart: Vec<&&str> = names
        .iter()
        .filter(|n| {
            ["_mm256_", "_mm512_"].iter().any(|p| OPERATIONS.iter().any(|o| n.contains(&format!("{p}{o}"))))
        })
        .collect();
    assert!(apart.is_empty(), "vector operations that are functions: {apart:?}");
}
