//! Bad input never panics, never loses what was there, never passes silently.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a test: what fails is the message"
)]

mod program;

use program::{Folder, Ran};
use std::io::Write;

/// A good report beside every bad one: it must come through.
const GOOD: &str = "OSLO - \"The truce holds,\" envoy Karin Dahl said on Monday.\n";

/// Builds `in/` and checks what must always hold; gives what was said on stderr.
fn build(f: &Folder) -> Ran {
    f.write("in/good.txt", GOOD);
    let r = f.run(&["build", "in", "-o", "s.db"]);
    assert!(!r.err.contains("panicked"), "{}", r.err);
    let said = f.run(&["ask", "s.db", "who-said"]);
    assert!(said.out.contains("The truce holds"), "the good report is lost: {}", said.err);
    let v = f.run(&["verify", "s.db"]);
    assert_eq!(v.code, 0, "{}", v.out);
    r
}

/// One line that names the file and says why.
fn one_clear_line(r: &Ran, file: &str, words: &[&str]) {
    assert_eq!(r.code, 3, "the exit code says that something was skipped: {}", r.err);
    let lines: Vec<&str> = r.err.lines().filter(|l| l.contains(file)).collect();
    assert_eq!(lines.len(), 1, "{}", r.err);
    for w in words {
        assert!(lines[0].to_lowercase().contains(w), "{w:?} is not in {:?}", lines[0]);
    }
}

#[test]
fn an_empty_file() {
    let f = Folder::new();
    f.write("in/empty.txt", "");
    one_clear_line(&build(&f), "empty.txt", &["holds no text"]);
}

#[test]
fn a_file_of_white_space() {
    let f = Folder::new();
    f.write("in/blank.txt", " \n\t\n\n");
    one_clear_line(&build(&f), "blank.txt", &["holds no text"]);
}

#[test]
fn a_binary_file() {
    let f = Folder::new();
    let bytes: Vec<u8> = (0..20_000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    f.write("in/picture.txt", bytes);
    one_clear_line(&build(&f), "picture.txt", &["not text"]);
}

#[test]
fn a_very_long_line() {
    let f = Folder::new();
    f.write("in/long.txt", "a very long line ".repeat(3_000_000));
    one_clear_line(&build(&f), "long.txt", &["mb"]);
}

#[test]
fn html_two_hundred_thousand_elements_deep() {
    let f = Folder::new();
    let deep = format!(
        "<html><body>{}<p>{GOOD}</p>{}</body></html>",
        "<div>".repeat(200_000),
        "</div>".repeat(200_000)
    );
    f.write("in/deep.html", deep);
    let r = build(&f);
    assert!(r.code == 0 || r.err.contains("deep.html"), "{}", r.err);
}

#[test]
fn a_report_of_pronouns_takes_time_by_its_length() {
    let time = |paragraphs: usize| {
        let f = Folder::new();
        f.write(
            "in/long.txt",
            "Mayor Ada Holm left the hall. \"No,\" she said. He went home. She slept.\n\n".repeat(paragraphs),
        );
        let before = std::time::Instant::now();
        build(&f);
        before.elapsed()
    };
    // Four times as long: the square would be sixteen times, and looking each pronoun up among all names for all
    // pronouns sixty-four.
    let (short, long) = (time(250), time(1000));
    assert!(long < short * 12, "{short:?} for 250 paragraphs, {long:?} for 1,000");
}

#[test]
fn a_zip_bomb() {
    let f = Folder::new();
    let mut bytes = std::io::Cursor::new(Vec::new());
    let mut z = zip::ZipWriter::new(&mut bytes);
    let deflated =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    z.start_file("zeros.txt", deflated).unwrap();
    let block = vec![b'0'; 1 << 20];
    for _ in 0..300 {
        z.write_all(&block).unwrap();
    }
    z.start_file("fine.txt", deflated).unwrap();
    z.write_all(b"Envoy Karin Dahl said the bomb did not matter.\n").unwrap();
    z.finish().unwrap();
    f.write("in/bomb.zip", bytes.into_inner());
    let r = build(&f);
    one_clear_line(&r, "bomb.zip", &["zeros.txt"]);
    assert!(f.run(&["ask", "s.db", "who-said"]).out.contains("did not matter"), "the other member is lost");
}

#[test]
fn a_zip_that_is_none() {
    let f = Folder::new();
    f.write("in/broken.zip", b"PK\x03\x04 and then nothing");
    one_clear_line(&build(&f), "broken.zip", &["zip"]);
}

#[test]
fn a_zip_member_that_points_outside() {
    let f = Folder::new();
    let mut bytes = std::io::Cursor::new(Vec::new());
    let mut z = zip::ZipWriter::new(&mut bytes);
    z.start_file("../../evil.txt", zip::write::SimpleFileOptions::default()).unwrap();
    z.write_all(GOOD.as_bytes()).unwrap();
    z.finish().unwrap();
    f.write("in/slip.zip", bytes.into_inner());
    build(&f);
    assert!(!f.path("../evil.txt").exists() && !f.path("evil.txt").exists(), "a member was written outside");
}

#[test]
fn bytes_that_are_no_text_of_any_encoding() {
    let f = Folder::new();
    let mut bytes = GOOD.as_bytes().to_vec();
    bytes.extend(b"Then \xff\xfe\xc3\x28 came, the minister said.\n");
    f.write("in/broken-utf8.txt", bytes);
    let r = build(&f);
    assert!(r.code == 0 || r.code == 3, "{}", r.err);
    let doctor = f.run(&["doctor", "s.db"]).out;
    assert!(doctor.contains("broken-utf8.txt"), "nothing is said of it: {doctor}");
}

#[test]
fn nul_bytes() {
    let f = Folder::new();
    f.write("in/nul.txt", "Envoy Karin\0 Dahl said\0 the talks were over.\n");
    let r = build(&f);
    assert!(r.code == 0 || r.err.contains("nul.txt"), "{}", r.err);
}

#[test]
fn broken_json_lines() {
    let f = Folder::new();
    f.write(
        "in/lines.jsonl",
        "{\"id\":\"one\",\"text\":\"Karin Dahl said the port was open.\"}\n{\"id\":\"two\",\n{\"id\":\"three\"}\n[]\n{\"text\":7}\n\n{\"id\":\"six\",\"text\":\"Pavel Novotny said it was shut.\"}\n",
    );
    let r = build(&f);
    assert_eq!(r.code, 3);
    for line in ["lines.jsonl:2", "lines.jsonl:3", "lines.jsonl:4", "lines.jsonl:5"] {
        assert!(r.err.contains(line), "{line} is not named: {}", r.err);
    }
    let said = f.run(&["ask", "s.db", "who-said"]).out;
    assert!(said.contains("port was open") && said.contains("was shut"), "{said}");
}

#[test]
fn a_folder_without_rights() {
    use std::os::unix::fs::PermissionsExt;
    let f = Folder::new();
    f.write("in/locked/a.txt", GOOD);
    let locked = f.path("in/locked");
    std::fs::set_permissions(&locked, std::fs::Permissions::from_mode(0o000)).unwrap();
    let root = std::fs::read_dir(&locked).is_ok();
    let r = build(&f);
    std::fs::set_permissions(&locked, std::fs::Permissions::from_mode(0o755)).unwrap();
    if root {
        eprintln!("skipped: this user may read every folder, so there is nothing to refuse");
        return;
    }
    one_clear_line(&r, "locked", &["permission"]);
}

#[test]
fn standard_input() {
    let f = Folder::new();
    let r = f.run_with(&["build", "-", "-o", "s.db"], GOOD.as_bytes());
    assert_eq!(r.code, 0, "{}", r.err);
    assert!(f.run(&["ask", "s.db", "who-said"]).out.contains("The truce holds"));
    let empty = f.run_with(&["build", "-", "-o", "t.db"], b"");
    assert!(empty.code != 0 && empty.err.contains("standard input"), "{}", empty.err);
}

#[test]
fn a_record_that_is_no_record() {
    let f = Folder::new();
    f.write("in/good.txt", GOOD);
    f.write("s.db", "this is a diary, not a database");
    let r = f.run(&["build", "in", "-o", "s.db"]);
    assert_eq!(r.code, 1);
    assert!(r.err.contains("s.db") && r.err.contains("not a Chancery record"), "{}", r.err);
    assert_eq!(
        std::fs::read_to_string(f.path("s.db")).unwrap(),
        "this is a diary, not a database",
        "it was changed"
    );
}

#[test]
fn words_that_look_like_code_stay_words() {
    let f = Folder::new();
    f.write(
        "in/sql.txt",
        "\"'; DROP TABLE reports; --\" Karin Dahl said. \"<script>alert(1)</script>,\" she added.\n",
    );
    let r = build(&f);
    assert_eq!(r.code, 0, "{}", r.err);
    assert_eq!(f.run(&["ask", "s.db", "who-said", "--about", "'; DROP TABLE"]).code, 0);
}
