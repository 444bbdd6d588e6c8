//! The labels are those that training gives: `training/export.py --expect FILE` writes what the Python side, with the
//! exported (rounded) numbers, says of a sample.
//!
//! The two add floats in another order, and attention here is in 16-bit integers; where a value then falls on the other
//! side of a rounding to 8 bits, everything behind it differs by as much as rounding to 8 bits costs anyway (cosine
//! 0.997). Python in 32 and in 64 bits differ in the same way. So labels that are nearly tied may differ: a few in a
//! thousand.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a failed expectation here is the message"
)]

mod neural;

use serde_json::Value;
use std::path::PathBuf;

fn expected() -> Vec<Value> {
    let built_in = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("weights/expect.json");
    let path = std::env::var("CHANCERY_READER_EXPECT").map_or(built_in, PathBuf::from);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

fn numbers<T: TryFrom<i64>>(v: &Value) -> Vec<T> {
    let one = |x: &Value| T::try_from(x.as_i64().unwrap()).ok().unwrap();
    v.as_array().unwrap().iter().map(one).collect()
}

#[test]
#[cfg_attr(
    not(embedded_weights),
    ignore = "this build has no weights; name files in CHANCERY_READER_MODEL and _EXPECT"
)]
fn labels_are_those_of_training() {
    let reader = neural::full_reader();
    let (mut wrong, mut labels, mut whole) = (Vec::new(), 0, 0);
    let paragraphs = expected();
    for (n, d) in paragraphs.iter().enumerate() {
        let words: Vec<&str> = d["words"].as_array().unwrap().iter().map(|w| w.as_str().unwrap()).collect();
        let sentence: Vec<usize> = numbers(&d["sentences"]);
        let starts: Vec<usize> =
            (0..words.len()).filter(|w| *w == 0 || sentence[*w] != sentence[w - 1]).collect();
        for (word, want) in words.iter().zip(d["pieces"].as_array().unwrap()) {
            assert_eq!(reader.pieces(word), numbers::<u32>(want), "pieces of {word:?}");
        }
        let got = reader.labels(&words, &starts);
        let mut check = |what: &str, got: &[i64], want: &Value| {
            let want: Vec<i64> = numbers(want);
            assert_eq!(got.len(), want.len(), "paragraph {n}, {what}");
            labels += want.len();
            for (w, (g, x)) in got.iter().zip(&want).enumerate().filter(|(_, (g, x))| g != x) {
                wrong.push(format!("paragraph {n}, {what} of {:?} (word {w}): {g} not {x}", words.get(w)));
            }
        };
        let wide = |x: &[u8]| x.iter().map(|y| i64::from(*y)).collect::<Vec<_>>();
        let index = |x: &[Option<usize>]| x.iter().map(|h| h.map_or(-1, |h| h as i64)).collect::<Vec<_>>();
        for (k, layer) in got.attribution.iter().enumerate() {
            check("attribution", &wide(layer), &d["attr"][k]);
        }
        check("upos", &wide(&got.upos), &d["upos"]);
        check("head", &index(&got.head), &d["head"]);
        check("rel", &wide(&got.rel), &d["rel"]);
        check("names", &wide(&got.names), &d["names"]);
        check("time", &wide(&got.time), &d["time"]);
        check("event", &wide(&got.event), &d["event"]);
        // Of a build with a second reading.
        if got.happen.is_empty() {
            assert!(d.get("happen").is_none(), "the second reading is not built in");
        } else {
            check("happen", &wide(&got.happen), &d["happen"]);
            check("standing", &wide(&got.standing), &d["standing"]);
            check("measure", &wide(&got.measure), &d["measure"]);
        }
        for (what, got, want) in [("part", &got.parts, &d["parts"]), ("count", &got.counted, &d["counted"])] {
            for want in want.as_array().into_iter().flatten() {
                if let Some(g) = got.iter().find(|g| Some(g.of as u64) == want["of"].as_u64()) {
                    check(what, &wide(&g.labels), &want["labels"]);
                }
            }
        }
        // Where the cues or mentions themselves differ, that was counted above, and there is nothing to compare.
        for role in d["roles"].as_array().unwrap() {
            if let Some(g) = got.roles.iter().find(|g| Some(g.cue as u64) == role["cue"].as_u64()) {
                assert_eq!(Some(g.first as u64), role["window"].as_u64());
                check("role", &wide(&g.labels), &role["labels"]);
            }
        }
        let mentions: Vec<[usize; 3]> = got.mentions.iter().map(|m| [m.start, m.end, m.head]).collect();
        let wanted: Vec<[usize; 3]> = serde_json::from_value(d["mentions"].clone()).unwrap();
        if mentions == wanted {
            check("antecedent", &index(&got.antecedent), &d["antecedent"]);
            whole += 1;
        }
    }
    eprintln!("{labels} labels compared, {} differences:\n{}", wrong.len(), wrong.join("\n"));
    assert!(
        labels > 4_000 && whole * 4 > paragraphs.len() * 3,
        "{labels} labels, {whole} paragraphs with the same mentions"
    );
    assert!(wrong.len() * 200 <= labels, "{} of {labels} labels differ:\n{}", wrong.len(), wrong.join("\n"));
}
