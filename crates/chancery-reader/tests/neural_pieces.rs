//! Word pieces are those of the tokenizer that the encoder was trained with. `neural/pieces.json` holds words and the
//! pieces that the Python package `tokenizers` 0.23 gives for them with the model's own settings, cut at sixteen.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a failed expectation here is the message"
)]

mod neural;

#[test]
fn pieces_are_those_of_the_reference() {
    let fixture: Vec<(String, Vec<u32>)> = serde_json::from_str(include_str!("neural/pieces.json")).unwrap();
    assert!(fixture.len() > 300);
    let reader = neural::small_reader(None);
    let wrong: Vec<String> = fixture
        .iter()
        .filter(|(word, want)| reader.pieces(word) != *want)
        .map(|(word, want)| {
            format!("{:?} ({}): {:?} not {want:?}", word, word.escape_unicode(), reader.pieces(word))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
