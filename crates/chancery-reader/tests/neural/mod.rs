//! What the tests of the learned reader share: a small model of random numbers, and text without end.
#![allow(dead_code, reason = "every test uses its own part of it")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a failed expectation here is the message"
)]

use chancery_reader::neural::NeuralReader;

/// Numbers that look random and are the same everywhere.
pub struct Numbers(pub u64);

impl Numbers {
    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 16
    }

    pub fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }

    /// A float between -1 and 1.
    pub fn float(&mut self) -> f32 {
        (self.next() % 20_001) as f32 / 10_000.0 - 1.0
    }

    pub fn pick<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }
}

struct File {
    header: Vec<String>,
    data: Vec<u8>,
    numbers: Numbers,
}

impl File {
    fn add(&mut self, name: &str, kind: &str, shape: &[usize], bytes: &[u8]) {
        let from = self.data.len();
        self.data.extend_from_slice(bytes);
        let to = self.data.len();
        self.header
            .push(format!(r#""{name}":{{"dtype":"{kind}","shape":{shape:?},"data_offsets":[{from},{to}]}}"#));
    }

    fn floats(&mut self, name: &str, shape: &[usize], middle: f32, spread: f32) {
        let n: usize = shape.iter().product();
        let bytes: Vec<u8> =
            (0..n).flat_map(|_| (middle + spread * self.numbers.float()).to_le_bytes()).collect();
        self.add(name, "F32", shape, &bytes);
    }

    fn linear(&mut self, name: &str, inner: usize, outer: usize) {
        let q: Vec<u8> =
            (0..inner * outer).map(|_| (self.numbers.below(127) as i8 - 63).cast_unsigned()).collect();
        self.add(&format!("{name}.q"), "I8", &[inner, outer], &q);
        self.floats(&format!("{name}.s"), &[outer], 0.004, 0.002);
        self.floats(&format!("{name}.b"), &[outer], 0.0, 0.1);
    }
}

/// A model file of the right form with few and random weights.
pub fn small_model(vocabulary: Option<&str>) -> Vec<u8> {
    let (h, inner, vocab) = (64, 128, 30_522);
    let lists: [(&str, &str); 7] = [
        ("attr", r#"["source","cue","content","inner"]"#),
        ("bio", r#"["O","B","I"]"#),
        ("role", r#"["none","source","content","relay","addressee"]"#),
        (
            "upos",
            r#"["ADJ","ADP","ADV","AUX","CCONJ","DET","INTJ","NOUN","NUM","PART","PRON","PROPN","PUNCT","SCONJ","SYM","VERB","X"]"#,
        ),
        (
            "rel",
            r#"["acl","advmod","appos","case","compound","conj","det","flat","nmod","nsubj","obj","obl","punct","root"]"#,
        ),
        ("names", r#"["O","B-person","I-person","B-organization","I-organization","B-place","I-place"]"#),
        ("event", r#"["O","OCCURRENCE","REPORTING"]"#),
    ];
    let (rels, upos, names, events, roles) = (14, 17, 7, 3, 5);
    let mut f = File { header: Vec::new(), data: Vec::new(), numbers: Numbers(42) };
    let words: Vec<u8> = (0..vocab * h).map(|_| (f.numbers.below(255) as i32 - 127) as i8 as u8).collect();
    f.add("emb.word.q", "I8", &[vocab, h], &words);
    f.floats("emb.word.s", &[vocab], 0.01, 0.005);
    f.floats("emb.pos", &[258, h], 0.0, 0.3);
    f.floats("emb.case", &[6, h], 0.0, 0.3);
    let norm = |f: &mut File, name: &str| {
        f.floats(&format!("{name}.g"), &[h], 1.0, 0.2);
        f.floats(&format!("{name}.b"), &[h], 0.0, 0.2);
    };
    norm(&mut f, "emb.ln");
    for i in 0..2 {
        f.linear(&format!("layer.{i}.qkv"), h, 3 * h);
        f.linear(&format!("layer.{i}.o"), h, h);
        f.linear(&format!("layer.{i}.f1"), h, inner);
        f.linear(&format!("layer.{i}.f2"), inner, h);
        norm(&mut f, &format!("layer.{i}.ln1"));
        norm(&mut f, &format!("layer.{i}.ln2"));
    }
    let heads: &[(&str, usize, usize)] = &[
        ("attr", h, 12),
        ("upos", h, upos),
        ("names", h, names),
        ("time", h, 3),
        ("event", h, events),
        ("role.cue", h, 32),
        ("role.word", h, 32),
        ("arc.dep", h, 64),
        ("arc.head", h, 64),
        ("rel.dep", h, 32),
        ("rel.head", h, 32),
        ("coref.ana", 3 * h, 32),
        ("coref.ant", 3 * h, 32),
    ];
    for (name, a, b) in heads {
        f.floats(&format!("head.{name}.w"), &[*a, *b], 0.0, 0.3);
        f.floats(&format!("head.{name}.b"), &[*b], 0.0, 0.3);
    }
    let tables: &[(&str, &[usize])] = &[
        ("attr.trans", &[4, 3, 3]),
        ("attr.start", &[4, 3]),
        ("names.trans", &[names, names]),
        ("names.start", &[names]),
        ("time.trans", &[3, 3]),
        ("time.start", &[3]),
        ("role.u", &[roles, 32, 32]),
        ("role.v", &[roles, 32]),
        ("role.dist", &[17, roles]),
        ("role.sent", &[7, roles]),
        ("arc.u", &[64, 64]),
        ("arc.v", &[64]),
        ("arc.root", &[1, 64]),
        ("arc.dist", &[17]),
        ("rel.root", &[1, 32]),
        ("rel.u", &[rels, 32, 32]),
        ("rel.vd", &[rels, 32]),
        ("rel.vh", &[rels, 32]),
        ("rel.b", &[rels]),
        ("coref.u", &[32, 32]),
        ("coref.v", &[32]),
        ("coref.type", &[12, 12]),
        ("coref.mdist", &[10]),
        ("coref.sdist", &[8]),
        ("coref.flag", &[128]),
        ("coref.new", &[32]),
        ("coref.newtype", &[12]),
        ("coref.newflag", &[4]),
    ];
    for (name, shape) in tables {
        f.floats(&format!("head.{name}"), shape, 0.0, 0.5);
    }
    let dims = format!(
        r#"{{"hidden":{h},"layers":2,"heads":2,"inner":{inner},"vocab":{vocab},"positions":258,"role":32,"arc":64,"rel":32,"coref":32}}"#
    );
    let mut entries: Vec<(String, String)> = vec![
        ("format".into(), "chancery-reader".into()),
        ("version".into(), "3".into()),
        ("dims".into(), dims),
    ];
    entries.extend(lists.map(|(k, v)| (k.into(), v.into())));
    entries.extend(vocabulary.map(|v| ("vocab".to_owned(), v.to_owned())));
    let entries: serde_json::Map<String, serde_json::Value> =
        entries.into_iter().map(|(k, v)| (k, serde_json::Value::String(v))).collect();
    let header =
        format!(r#"{{"__metadata__":{},{}}}"#, serde_json::Value::Object(entries), f.header.join(","));
    let mut out = (header.len() as u64).to_le_bytes().to_vec();
    out.extend_from_slice(header.as_bytes());
    out.extend_from_slice(&f.data);
    out
}

/// A reader with few and random weights.
pub fn small_reader(vocabulary: Option<&str>) -> NeuralReader {
    NeuralReader::from_bytes(Vec::leak(small_model(vocabulary)), None).unwrap()
}

/// The model that is built in, or the one that `CHANCERY_READER_MODEL` names.
pub fn full_reader() -> NeuralReader {
    if let Ok(path) = std::env::var("CHANCERY_READER_MODEL") {
        let bytes = std::fs::read(&path).unwrap_or_else(|e| panic!("CHANCERY_READER_MODEL: {path}: {e}"));
        return NeuralReader::from_bytes(Vec::leak(bytes), None).unwrap();
    }
    NeuralReader::embedded()
        .expect("this build has no weights; name a model file in CHANCERY_READER_MODEL")
        .unwrap()
}

/// News of places that are not, as many words as asked for or a few more.
pub fn story(seed: u64, words: usize) -> String {
    let mut n = Numbers(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let first = [
        "Edda", "Pavel", "Amara", "Tomás", "Ingrid", "Yusuf", "Marit", "Chidi", "Lucía", "Anders", "Noor",
        "Zoran",
    ];
    let last = [
        "Karlsen", "Orlenko", "Diallo", "Vega", "Holt", "Renn", "Lusk", "Okafor", "Brandt", "Marwani", "Ito",
        "Zelnik",
    ];
    let office = [
        "Foreign Minister",
        "Deputy Defence Minister",
        "President",
        "spokeswoman",
        "Ambassador",
        "General",
        "Chancellor",
        "union leader",
    ];
    let body = [
        "the Ministry of Health",
        "the Vostrin News Agency",
        "Nordfall Inc.",
        "the European Commission",
        "the rebels",
        "the opposition",
        "Radio Kestrel",
        "the harbour authority",
    ];
    let place = [
        "Lisbon",
        "Port Selwyn",
        "Tashkent",
        "Geneva",
        "the Arlet valley",
        "Muttur",
        "Oslo",
        "the southern province",
    ];
    let time = [
        "on Tuesday",
        "last week",
        "at 9:30 a.m. on Monday",
        "in March 2004",
        "yesterday",
        "since last autumn",
        "by the end of the month",
        "early on 4 June",
    ];
    let said =
        ["said", "told reporters", "insisted", "denied", "warned", "claimed", "confirmed", "announced"];
    let done = [
        "had left the base",
        "would resume the talks",
        "opened fire on a convoy",
        "signed the cease-fire",
        "collapsed",
        "was postponed three times",
        "couldn't last",
        "reached an agreement on tariffs",
        "injured at least 37 people",
        "raised €3.5 million in aid",
    ];
    let what = [
        "two ferries",
        "1,250 soldiers",
        "the high-stakes summit",
        "the peacekeeping mission",
        "a senior diplomat",
        "witnesses",
        "the deal",
        "the roof of the old market hall",
    ];
    let mut out = String::new();
    let mut count = 0;
    while count < words {
        let who = match n.below(4) {
            0 => format!("{} {} {}", n.pick(&office), n.pick(&first), n.pick(&last)),
            1 => n.pick(&body).to_owned(),
            2 => format!("{} {}", n.pick(&first), n.pick(&last)),
            _ => ["He", "She", "They", "It"][n.below(4)].to_owned(),
        };
        let clause = format!(
            "{} {} {} {}",
            n.pick(&what),
            n.pick(&done),
            ["in", "near", "outside"][n.below(3)],
            n.pick(&place)
        );
        let sentence = match n.below(6) {
            0 => format!("{who} {} {} that {clause}.", n.pick(&said), n.pick(&time)),
            1 => format!(
                "“We know that {clause},” {who} {}, adding that {} {}.",
                n.pick(&said),
                n.pick(&what),
                n.pick(&done)
            ),
            2 => format!("According to {}, {clause} {}.", n.pick(&body), n.pick(&time)),
            3 => format!(
                "{clause} {}, {} quoted {} {} as saying.",
                n.pick(&time),
                n.pick(&body),
                n.pick(&office),
                n.pick(&last)
            ),
            4 => format!("{who} did not say why {clause}; {} {}.", n.pick(&what), n.pick(&done)),
            _ => format!("{clause} {}.", n.pick(&time)),
        };
        let mut chars = sentence.chars();
        let head = chars.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
        count += sentence.split(' ').count();
        out.push_str(&head);
        out.push_str(chars.as_str());
        out.push_str(if n.below(3) == 0 { "\n\n" } else { " " });
    }
    out
}
