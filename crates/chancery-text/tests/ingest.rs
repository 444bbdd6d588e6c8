//! Files, folders, patterns, archives and hostile input.
// Helpers of tests unwrap as tests do.
#![allow(clippy::unwrap_used)]

use chancery_model::report::Report;
use chancery_model::vocab::{BlockKind, DateBasis};
use chancery_text::ingest::ProblemKind;
use chancery_text::{Options, Problem, Source, open, pieces, read, read_bytes, sources};
use std::fs;
use std::io::Write;
use std::path::Path;

type Got = Vec<Result<Report, Problem>>;

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

fn put(dir: &Path, name: &str, bytes: impl AsRef<[u8]>) {
    let path = dir.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

fn read_dir(dir: &Path) -> Got {
    read(&[dir], &Options::default()).collect()
}

fn keys(got: &Got) -> Vec<String> {
    got.iter()
        .map(|r| r.as_ref().map_or_else(|p| format!("!{}", p.kind.as_str()), |r| r.key.clone()))
        .collect()
}

fn of(name: &str, bytes: impl AsRef<[u8]>) -> Got {
    read_bytes(name, bytes.as_ref().to_vec(), &Options::default()).collect()
}

fn one(name: &str, bytes: impl AsRef<[u8]>) -> Report {
    of(name, bytes).into_iter().next().unwrap().unwrap()
}

fn problem(name: &str, bytes: impl AsRef<[u8]>) -> Problem {
    let p = of(name, bytes).into_iter().next().unwrap().unwrap_err();
    let line = p.to_string();
    assert!(!line.contains('\n') && line.contains(&p.path) && line.contains(&p.next), "{line}");
    p
}

const STORY: &str = "Envoy arrives\n\nThe envoy arrived in the capital on Monday, an official said. He will leave on Friday.\n";

#[test]
fn folders_are_walked_in_order_without_hidden_files() {
    let d = folder();
    for name in ["b/2.txt", "b/1.md", "a.txt", ".hidden.txt", ".git/x.txt", "c.html"] {
        put(d.path(), name, STORY);
    }
    let got = read_dir(d.path());
    assert_eq!(keys(&got), ["a.txt", "b/1.md", "b/2.txt", "c.html"]);
    let a = got[0].as_ref().unwrap();
    assert_eq!(a.text, STORY);
    assert_eq!(a.title.as_deref(), Some("Envoy arrives"));
    assert_eq!(a.sha256.len(), 64);
    assert!(a.path.as_deref().unwrap().ends_with("a.txt"));
    // The same file named by itself has its file name as key.
    let got: Got = read(&[d.path().join("b/2.txt")], &Options::default()).collect();
    assert_eq!(keys(&got), ["2.txt"]);
}

#[test]
fn patterns_are_expanded_here() {
    let d = folder();
    for name in ["news/a.txt", "news/b.md", "news/deep/c.txt"] {
        put(d.path(), name, STORY);
    }
    let pattern = |p: &str| keys(&read(&[d.path().join(p)], &Options::default()).collect());
    assert_eq!(pattern("news/*.txt"), ["a.txt"]);
    assert_eq!(pattern("**/*.txt"), ["news/a.txt", "news/deep/c.txt"]);
    assert_eq!(pattern("news/*.pdf"), ["!missing"]);
    assert_eq!(pattern("nothing.txt"), ["!missing"]);
    assert_eq!(pattern("news/["), ["!missing"]);
}

#[cfg(unix)]
#[test]
fn loops_and_rights_are_told_of() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let d = folder();
    put(d.path(), "a.txt", STORY);
    symlink(d.path(), d.path().join("loop")).unwrap();
    symlink(d.path().join("gone"), d.path().join("torn")).unwrap();
    assert_eq!(keys(&read_dir(d.path())), ["a.txt", "!loop", "!missing"]);
    let d = folder();
    put(d.path(), "open.txt", STORY);
    put(d.path(), "shut/x.txt", STORY);
    fs::set_permissions(d.path().join("shut"), fs::Permissions::from_mode(0o000)).unwrap();
    let got = keys(&read_dir(d.path()));
    // Whoever may read everything sees both.
    assert!(got == ["open.txt", "!unreadable"] || got == ["open.txt", "shut/x.txt"], "{got:?}");
    fs::set_permissions(d.path().join("shut"), fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn json_lines_are_kept_character_for_character() {
    let text = "  Envoy arrives\r\n\r\nThe “envoy” arrived.\u{a0}\n\n";
    let line = serde_json::json!({"id": "x-1", "text": text, "title": "Envoy arrives", "outlet": "Harbour Post",
        "published": "2004-05-17", "url": "https://a.example/2004/05/18/x", "byline": "L. Berg", "language": "en", "extra": [1]});
    let url = serde_json::json!({"text": STORY, "url": "https://a.example/y"});
    let bare = serde_json::json!({"text": STORY});
    let got =
        of("f.jsonl", format!("{line}\n\n{url}\n{{bad\n{bare}\n{{\"title\":\"no\"}}\n{{\"text\":\" \"}}"));
    assert_eq!(keys(&got), ["x-1", "https://a.example/y", "!json", "f.jsonl:5", "!no_text", "!empty"]);
    let r = got[0].as_ref().unwrap();
    assert_eq!(r.text, text);
    assert_eq!(
        (r.outlet.as_deref(), r.byline.as_deref(), r.language.as_deref()),
        (Some("Harbour Post"), Some("L. Berg"), Some("en"))
    );
    let clues: Vec<_> = r.clues.iter().map(|c| (c.basis, c.days.day().map(|d| d.to_string()))).collect();
    assert_eq!(
        clues,
        [(DateBasis::Metadata, Some("2004-05-17".into())), (DateBasis::Url, Some("2004-05-18".into()))]
    );
    assert_eq!(r.path.as_deref(), Some("f.jsonl:1"));
    assert!(got[2].as_ref().unwrap_err().to_string().starts_with("f.jsonl:4: "));
}

#[test]
fn json_arrays_and_objects() {
    let got = of(
        "f.json",
        format!("[{}, {}]", serde_json::json!({"text": STORY}), serde_json::json!({"id": 9, "text": STORY})),
    );
    assert_eq!(keys(&got), ["f.json#1", "9"]);
    assert_eq!(keys(&of("f.json", serde_json::json!({"text": STORY}).to_string())), ["f.json"]);
    assert_eq!(keys(&of("f.json", "")), ["!empty"]);
    assert_eq!(keys(&of("f.json", "[]")), ["!empty"]);
    assert_eq!(keys(&of("f.json", "{\"text\": \"unfinished")), ["!json"]);
}

#[test]
fn formats_are_sniffed_where_the_name_is_silent() {
    assert_eq!(keys(&of("-", serde_json::json!({"id": "a", "text": STORY}).to_string())), ["a"]);
    assert_eq!(keys(&of("-", format!("[{}]", serde_json::json!({"id": "a", "text": STORY})))), ["a"]);
    assert_eq!(one("-", STORY).text, STORY);
    assert_eq!(one("-", "[Editor's note] He left.").text, "[Editor's note] He left.");
    let page = format!(
        "<!DOCTYPE html><html><body><p>{}</p></body></html>",
        "The envoy left on Monday, he said. ".repeat(30)
    );
    assert!(!one("-", page).text.contains('<'));
    let wide: Vec<u8> = "\u{feff}{\"id\":\"w\",\"text\":\"The envoy left.\"}\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(keys(&of("w.jsonl", &wide)), ["w"]);
    let d = folder();
    put(d.path(), "w.jsonl", wide);
    assert_eq!(keys(&read_dir(d.path())), ["w"]);
}

fn page() -> String {
    let body = "<p>The envoy arrived in the capital on Monday to talk about the harbour, an official of the ministry said in the evening.</p>".repeat(8);
    format!(
        "<html lang=\"en-GB\"><head><title>Envoy arrives | Harbour Post</title><meta property=\"og:site_name\" content=\"Harbour Post\">
         <link rel=canonical href=\"https://a.example/2004/05/17/envoy\">
         <script type=\"application/ld+json\">{{\"@graph\":[{{\"@type\":[\"NewsArticle\"],\"headline\":\"Envoy arrives &amp; talks\",
         \"datePublished\":\"2004-05-17T08:00:00Z\",\"author\":{{\"name\":\"By Mia Holt\"}}}}]}}</script></head><body><nav><a href=/>News</a></nav>
         <article><h1>Envoy arrives &amp; talks</h1>{body}<figure><img src=x><figcaption>The harbour at night, when the boats are in and the lamps are lit</figcaption></figure>{body}</article>
         <footer>Imprint</footer></body></html>"
    )
}

#[test]
fn pages_give_text_and_metadata() {
    let r = one("a.html", page());
    assert!(r.text.starts_with("Envoy arrives & talks\n\nThe envoy arrived"), "{}", &r.text[..80]);
    assert_eq!(r.title.as_deref(), Some("Envoy arrives & talks"));
    assert_eq!((r.outlet.as_deref(), r.byline.as_deref()), (Some("Harbour Post"), Some("Mia Holt")));
    assert_eq!(
        (r.key.as_str(), r.language.as_deref(), r.readable),
        ("https://a.example/2004/05/17/envoy", Some("en-GB"), true)
    );
    assert_eq!(r.given.published.as_deref(), Some("2004-05-17T08:00:00Z"));
    assert_eq!(r.given.url.as_deref(), Some("https://a.example/2004/05/17/envoy"));
    assert_eq!(r.clues.len(), 2);
    assert_eq!(r.blocks[0].kind, BlockKind::Headline);
    let caption = r.blocks.iter().find(|b| b.kind == BlockKind::Caption).unwrap();
    assert_eq!(caption.span.of(&r.text), "The harbour at night, when the boats are in and the lamps are lit");
    assert!(r.text.contains(".\n\nThe envoy"), "paragraphs are parted by blank lines");
    assert!(!r.text.contains("Imprint"));
}

#[test]
fn pages_in_other_encodings_and_without_main_text() {
    let (bytes, _, _) = encoding_rs::WINDOWS_1251
        .encode("<meta charset=windows-1251><p>Посланник прибыл в столицу в понедельник, сообщил чиновник.");
    let r = one("a.html", &bytes);
    assert!(r.text.contains("Посланник прибыл"), "{}", r.text);
    assert_eq!((r.language.as_deref(), r.readable), (Some("ru"), false));
    assert!(r.notes.iter().any(|n| n.kind == "language"));
    let r = one("a.html", "<p>Short.</p><p>Very short &ndash; ok.</p>");
    assert_eq!(r.text, "Short.\n\nVery short – ok.");
    assert!(r.notes.iter().any(|n| n.kind == "main_text"));
}

#[test]
fn deep_pages_do_no_harm() {
    let n = 200_000;
    let page = format!("{}<p>The envoy left on Monday.</p>{}", "<div>".repeat(n), "</div>".repeat(n));
    let r = one("deep.html", page);
    assert_eq!(r.text, "The envoy left on Monday.");
    for hostile in [
        "<p><b id=1>".repeat(3000),
        "<table><tr><td>".repeat(240),
        "<".repeat(100_000),
        "<a href='".repeat(20_000),
        "<!--".repeat(50_000),
        "<script>".repeat(9000),
    ] {
        let _ = of("x.html", format!("{hostile}The envoy left on Monday, he said, and came back."));
    }
}

fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut w = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in members {
        let o = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
        w.start_file(*name, o).unwrap();
        w.write_all(bytes).unwrap();
    }
    w.finish().unwrap().into_inner()
}

#[test]
fn archives_are_opened_once() {
    let line = serde_json::json!({"id": "in-zip", "text": STORY}).to_string();
    let inner = zip(&[("x.txt", STORY.as_bytes())]);
    let bytes = zip(&[
        ("b/two.txt", STORY.as_bytes()),
        ("a.md", STORY.as_bytes()),
        ("l.jsonl", format!("{line}\nbad").as_bytes()),
        ("n.zip", &inner),
        ("__MACOSX/._a.md", b"x"),
        (".hidden", b"x"),
        ("p.bin", b"%PDF-1.4 not a text"),
    ]);
    let d = folder();
    put(d.path(), "sub/arch.zip", &bytes);
    let got = read_dir(d.path());
    assert_eq!(
        keys(&got),
        ["sub/arch.zip/a.md", "sub/arch.zip/b/two.txt", "in-zip", "!json", "!nested", "!not_text"]
    );
    assert!(got[0].as_ref().unwrap().path.as_deref().unwrap().ends_with("arch.zip!/a.md"));
    assert_eq!(keys(&of("-", &bytes)).len(), 6);
    assert_eq!(problem("z.zip", b"PK\x03\x04 broken").kind, ProblemKind::Archive);
    assert_eq!(problem("z.zip", zip(&[])).kind, ProblemKind::Empty);
}

#[test]
fn bombs_are_left_alone() {
    let zeros = vec![b'a'; 15_000_000];
    let got = of("b.zip", zip(&[("a.txt", &zeros), ("b.txt", STORY.as_bytes())]));
    assert_eq!(keys(&got), ["!bomb", "b.zip/b.txt"]);
    let small = Options { max_zip_total: 150, ..Options::default() };
    let got: Got = read_bytes(
        "b.zip",
        zip(&[("a.txt", STORY.as_bytes()), ("b.txt", STORY.as_bytes()), ("c.txt", STORY.as_bytes())]),
        &small,
    )
    .collect();
    assert_eq!(keys(&got), ["b.zip/a.txt", "!bomb"]);
}

#[test]
fn hostile_bytes_are_one_problem_each() {
    assert_eq!(problem("e.txt", b"").kind, ProblemKind::Empty);
    assert_eq!(problem("e.txt", b" \n\t ").kind, ProblemKind::Empty);
    assert_eq!(problem("p.txt", b"\x89PNG\r\n\x1a\n\0\0").kind, ProblemKind::NotText);
    let noise: Vec<u8> = (0..5000_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    assert_eq!(problem("n.txt", &noise).kind, ProblemKind::NotText);
    let line = vec![b'x'; 50_000_000];
    assert_eq!(problem("l.txt", &line).kind, ProblemKind::TooLarge);
    let mut lines = line;
    lines.extend_from_slice(format!("\n{}\n", serde_json::json!({"id": "after", "text": STORY})).as_bytes());
    let got = of("l.jsonl", lines);
    assert_eq!(keys(&got), ["!too_large", "after"]);
    assert!(got[0].as_ref().unwrap_err().to_string().contains("line 1"));
    let r = one("z.txt", format!("Nul\0 here. {STORY}"));
    assert!(r.text.contains('\0') && r.notes.iter().any(|n| n.kind == "control"));
    let r = one("i.txt", [STORY.as_bytes(), "“Château” and “château” \u{e9}".as_bytes(), b"\xff"].concat());
    assert!(r.notes.iter().any(|n| n.kind == "encoding" && n.text.contains("byte")));
    assert_eq!(
        Problem { path: "a\nb\u{1b}[2J".into(), ..problem("e.txt", b"") }.to_string().lines().count(),
        1
    );
}

#[test]
fn fifty_megabytes_of_one_line_can_be_read_when_allowed() {
    let text = "The envoy left on Monday, he said. ".repeat(50_000_000 / 35);
    let options = Options { max_bytes: 60_000_000, ..Options::default() };
    let r = read_bytes("l.txt", text.into_bytes(), &options).next().unwrap().unwrap();
    assert!(chancery_text::segment(&r).sentences.len() > 1_000_000);
}

#[test]
fn the_same_bytes_give_the_same_report() {
    let (a, b) = (one("a.html", page()), one("a.html", page()));
    assert_eq!(a, b);
    // A page is known by its own address, wherever it was saved; a text by its name.
    assert_eq!(a.id, one("b.html", page()).id);
    assert_ne!(one("a.txt", STORY).id, one("b.txt", STORY).id);
    assert_ne!(one("a.txt", STORY).id, one("a.txt", format!("{STORY} ")).id);
}

#[test]
fn sources_can_be_listed_before_they_are_read() {
    let d = folder();
    put(d.path(), "a.txt", STORY);
    put(d.path(), "b.jsonl", format!("{}\n", serde_json::json!({"text": STORY})).repeat(3));
    let found: Vec<Source> = sources(&[d.path()]).into_iter().map(Result::unwrap).collect();
    assert_eq!(found.iter().map(|s| s.key.as_str()).collect::<Vec<_>>(), ["a.txt", "b.jsonl"]);
    assert_eq!(found[0].bytes, STORY.len() as u64);
    assert_eq!(pieces(&found[1], &Options::default()).count(), 3);
    assert_eq!(
        open(&found[1], &Options::default()).filter_map(Result::ok).map(|r| r.key).collect::<Vec<_>>(),
        ["b.jsonl:1", "b.jsonl:2", "b.jsonl:3"]
    );
}

#[test]
fn the_file_of_a_path_is_found_again() {
    use chancery_text::ingest::file_of;
    for (path, file) in [
        ("d/a.txt", "d/a.txt"),
        ("d/a.jsonl:12", "d/a.jsonl"),
        ("d/a.json#3", "d/a.json"),
        ("d/a.zip!/m.jsonl:4", "d/a.zip"),
        ("a#b.txt", "a#b.txt"),
    ] {
        assert_eq!(file_of(path), file);
    }
}
