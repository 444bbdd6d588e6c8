//! The reading room answers on loopback, escapes what reports say, and lets nobody else write.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a test: what fails is the message"
)]

mod program;

use program::Folder;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

const HOSTILE: &str = "{\"id\":\"h<b>\",\"title\":\"<script>alert(1)</script>\",\"outlet\":\"\\\"><img src=x>\",\
    \"published\":\"2020-01-02\",\"text\":\"OSLO - \\\"The <script>truce</script> holds,\\\" envoy Karin Dahl said on Monday.\\n\"}\n";

struct Room {
    child: Child,
    port: u16,
    _folder: Folder,
}

impl Drop for Room {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Room {
    fn open() -> Self {
        let folder = Folder::new();
        folder.write("in.jsonl", HOSTILE);
        assert_eq!(folder.run(&["build", "in.jsonl", "-o", "s.db"]).code, 0);
        let mut child = Command::new(env!("CARGO_BIN_EXE_chancery"))
            .args(["serve", "--no-open", "--port", "0"])
            .arg(folder.path("s.db"))
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let port = line.trim().trim_end_matches('/').rsplit(':').next().unwrap().parse().unwrap();
        Self { child, port, _folder: folder }
    }

    fn send(&self, head: &str, host: &str, more: &str, body: &str) -> (u16, String) {
        let mut s = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        let n = body.len();
        write!(
            s,
            "{head} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nContent-Length: {n}\r\n{more}\r\n{body}"
        )
        .unwrap();
        let mut all = String::new();
        s.read_to_string(&mut all).unwrap();
        (all.split(' ').nth(1).unwrap().parse().unwrap(), all)
    }

    fn host(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    fn get(&self, path: &str) -> (u16, String) {
        self.send(&format!("GET {path}"), &self.host(), "", "")
    }

    fn post(&self, path: &str, origin: &str, body: &str) -> (u16, String) {
        let more = format!("Origin: {origin}\r\nContent-Type: application/x-www-form-urlencoded\r\n");
        self.send(&format!("POST {path}"), &self.host(), &more, body)
    }
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    text.split_once(before).unwrap().1.split_once(after).unwrap().0
}

#[test]
fn pages_escape_and_name_no_other_host() {
    let room = Room::open();
    let (_, reports) = room.get("/reports");
    let report = format!("/report/{}", between(&reports, "href=\"/report/", "\""));
    for path in [
        "/",
        "/reports",
        "/?actor=Dahl&from=2020-01-01",
        "/events",
        "/events?actor=%22%3E%3Cscript%3Ealert(1)",
        "/statements?words=truce",
        "/actors",
        "/places",
        "/network",
        "/network?kind=accused&a=0&b=9",
        "/outlet/%22%3E%3Cimg%20src%3Dx%3E",
        "/review?kind=figures",
        "/review?kind=events&state=rejected",
        "/review?kind=dates",
        "/review?kind=merges",
        "/review?kind=decisions",
        "/search?q=%3Cscript%3Ealert&actor=%3Cimg",
        "/series",
        "/figures?measure=killed&actor=%3Cb%3E",
        "/origins",
        "/outlets",
        "/story",
        "/disagreements",
        "/review",
        "/tables",
        "/search?q=truce",
        &report,
    ] {
        let (code, page) = room.get(path);
        assert_eq!(code, 200, "{path}: {page}");
        assert!(page.to_lowercase().contains("content-security-policy: default-src 'none'"), "{path}");
        for bad in ["<script>alert", "<script>truce", "<img", "src=\"http", "href=\"http"] {
            assert!(!page.contains(bad), "{path} holds {bad}: {page}");
        }
    }
    assert!(reports.contains("&lt;script&gt;alert(1)"));
    let (code, page) = room.get("/report/none");
    assert!(code == 404 && page.contains("Not in the record"));
    assert_eq!(room.get("/nothing").0, 404);
}

#[test]
fn tables_come_as_json_and_csv() {
    let room = Room::open();
    let (code, page) = room.get("/table/reports.json");
    let body = page.split_once("\r\n\r\n").unwrap().1;
    let rows: serde_json::Value = serde_json::from_str(body).unwrap();
    assert_eq!((code, rows[0]["key"].as_str()), (200, Some("h<b>")));
    let (code, page) = room.get("/table/statements.csv");
    assert!(code == 200 && page.contains("\r\n\r\nid,report,form"), "{page}");
    assert_eq!(room.get("/table/sqlite_master.json").0, 404);
    assert_eq!(room.get("/table/reports.xml").0, 404);
    for list in
        ["events", "statements", "reports", "actors", "places", "outlets", "series", "figures", "ties"]
    {
        let (code, page) = room.get(&format!("/data/{list}.json"));
        let body = page.split_once("\r\n\r\n").unwrap().1;
        assert!(code == 200 && body.starts_with('[') && body.ends_with(']'), "{list}: {page}");
        assert_eq!(room.get(&format!("/data/{list}.csv")).0, 200, "{list}");
    }
    assert!(room.get("/data/reports.csv").1.contains("id,key,title"));
    assert_eq!(room.get("/data/meta.json").0, 404);
}

#[test]
fn the_story_has_as_many_days_as_are_asked_for() {
    let room = Room::open();
    let (code, page) = room.get("/story?days=1");
    assert_eq!(code, 200);
    assert_eq!(page.matches("<time datetime=").count(), 1);
    for bad in ["0", "-1", "many", "401", "%3Cb%3E"] {
        let (code, page) = room.get(&format!("/story?days={bad}"));
        assert_eq!(code, 400, "{bad}");
        assert!(page.contains("from 1 to 400") && !page.contains("<b>"), "{bad}");
    }
}

#[test]
fn only_a_page_of_this_room_may_write() {
    let room = Room::open();
    let home = format!("http://{}", room.host());
    let (_, page) = room.get("/review");
    let field = |name: &str| between(&page, &format!("name=\"{name}\" value=\""), "\"").to_owned();
    let row = format!("table=statements&key=h%3Cb%3E&start={}&end={}", field("start"), field("end"));
    let good = format!("token={}&action=confirm&back=/review&{row}", field("token"));
    assert_eq!(room.send("GET /", "evil.example", "", "").0, 403, "another host");
    assert_eq!(room.post("/decide", "http://evil.example", &good).0, 403, "another origin");
    assert_eq!(room.post("/decide", &home, &good.replace("token=", "token=0")).0, 403, "another token");
    assert!(!room.get("/table/decisions.csv").1.contains("confirm"));
    let (code, answer) = room.post("/decide", &home, &good);
    assert_eq!(code, 303, "{answer}");
    assert!(room.get("/decisions.jsonl").1.contains("\"action\":\"confirm\""));
    assert!(room.get("/table/statements.csv").1.contains("confirmed"));
    assert_eq!(room.post("/undo", &home, &good).0, 303);
    assert!(!room.get("/table/statements.csv").1.contains("confirmed"));
    let set = good.replace("action=confirm", "action=set&act=deny&was_act=say&speaker=&was_speaker=");
    assert_eq!(room.post("/decide", &home, &set).0, 303);
    assert!(room.get("/table/statements.csv").1.contains(",deny,"));
    assert_eq!(room.post("/undo", &home, &good).0, 303);
    assert!(!room.get("/table/statements.csv").1.contains(",deny,"));
    let away = good.replace("back=/review", "back=//evil.example");
    assert!(room.post("/decide", &home, &away).1.to_lowercase().contains("location: /review"));
}
