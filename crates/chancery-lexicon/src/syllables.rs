//! Chinese names in their two romanisations: "Chou Wen-hsiung" is "Zhou Wenxiong". Wade-Giles leaves out in print what
//! tells some sounds apart (ch and ch', t and t'), so a name is reduced to what both spellings show.

/// How a Chinese name is spelled, where its letters tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Romanisation {
    /// Pinyin.
    Pinyin,
    /// Wade-Giles.
    WadeGiles,
}

/// Family names in Pinyin; their older spellings follow from the sounds.
const FAMILIES: [&str; 96] = [
    "wang", "li", "zhang", "liu", "chen", "yang", "huang", "zhao", "wu", "zhou", "xu", "sun", "ma", "zhu",
    "hu", "guo", "he", "lin", "gao", "luo", "zheng", "liang", "xie", "song", "tang", "deng", "han", "feng",
    "cao", "peng", "zeng", "xiao", "tian", "dong", "pan", "yuan", "cai", "jiang", "yu", "du", "ye", "cheng",
    "wei", "su", "lu", "ding", "ren", "shen", "yao", "cui", "zhong", "tan", "lei", "fan", "wan", "qin",
    "shi", "fu", "jin", "qian", "hao", "bai", "cui", "mao", "qiu", "jia", "xia", "hou", "meng", "long",
    "shao", "wen", "xue", "yin", "duan", "lai", "gong", "kong", "chang", "bo", "hua", "zuo", "zou", "xiong",
    "jiao", "qi", "ji", "nie", "bao", "yan", "xi", "rong", "ling", "mei", "xiang", "hong",
];

/// Finals, longest first where one begins another, with what both spellings make of them.
const FINALS: [(&str, &str); 62] = [
    ("iong", "iong"),
    ("iung", "iong"),
    ("iang", "iang"),
    ("uang", "uang"),
    ("ieh", "ie"),
    ("ien", "ian"),
    ("ian", "ian"),
    ("iao", "iao"),
    ("ing", "ing"),
    ("ang", "ang"),
    ("eng", "eng"),
    ("ung", "ong"),
    ("ong", "ong"),
    ("uan", "uan"),
    ("uai", "uai"),
    ("uei", "ui"),
    ("ueh", "ue"),
    ("erh", "er"),
    ("ai", "ai"),
    ("an", "an"),
    ("ao", "ao"),
    ("eh", "e"),
    ("ei", "ei"),
    ("en", "en"),
    ("er", "er"),
    ("ia", "ia"),
    ("ie", "ie"),
    ("ih", "i"),
    ("in", "in"),
    ("iu", "iu"),
    ("ou", "ou"),
    ("ua", "ua"),
    ("ue", "ue"),
    ("ui", "ui"),
    ("un", "un"),
    ("uo", "o"),
    ("a", "a"),
    ("e", "e"),
    ("i", "i"),
    ("o", "o"),
    ("u", "u"),
    ("yan", "yan"),
    ("yen", "yan"),
    ("yang", "yang"),
    ("yao", "yao"),
    ("yeh", "ye"),
    ("ye", "ye"),
    ("ying", "ying"),
    ("yin", "yin"),
    ("yi", "yi"),
    ("yong", "yong"),
    ("yung", "yong"),
    ("you", "yu"),
    ("yuan", "yuan"),
    ("yueh", "yue"),
    ("yue", "yue"),
    ("yun", "yun"),
    ("yu", "yu"),
    ("ya", "ya"),
    ("weng", "weng"),
    ("wen", "wen"),
    ("wang", "wang"),
];
const WHOLE: [(&str, &str); 6] =
    [("wai", "wai"), ("wan", "wan"), ("wei", "wei"), ("wo", "wo"), ("wu", "wu"), ("wa", "wa")];
/// Initials, longest first, with the sound that both spellings share.
const INITIALS: [(&str, &str); 25] = [
    ("zh", "C"),
    ("ch", "C"),
    ("sh", "S"),
    ("hs", "X"),
    ("ts", "Z"),
    ("tz", "Z"),
    ("ss", "s"),
    ("sz", "s"),
    ("b", "P"),
    ("p", "P"),
    ("m", "m"),
    ("f", "f"),
    ("d", "T"),
    ("t", "T"),
    ("n", "n"),
    ("l", "l"),
    ("g", "K"),
    ("k", "K"),
    ("h", "h"),
    ("j", "C"),
    ("q", "C"),
    ("x", "X"),
    ("r", "R"),
    ("z", "Z"),
    ("c", "Z"),
];

/// The syllables of a word, reduced; `None` where it has others.
fn syllables(word: &str) -> Option<Vec<String>> {
    if word.is_empty() {
        return Some(Vec::new());
    }
    let mut initial: Vec<(&str, &str)> =
        INITIALS.iter().copied().filter(|(i, _)| word.starts_with(i)).collect();
    if word.starts_with('s') {
        initial.push(("s", "s"));
    }
    initial.push(("", ""));
    let mut best: Option<Vec<String>> = None;
    for (letters, sound) in initial {
        let rest = word.get(letters.len()..)?;
        for (last, plain) in FINALS.iter().chain(&WHOLE) {
            let bare = last.starts_with(['y', 'w']);
            if bare != letters.is_empty()
                && !(letters.is_empty()
                    && matches!(*last, "an" | "ai" | "ao" | "ang" | "ou" | "en" | "er" | "erh" | "i"))
            {
                continue;
            }
            let Some(tail) = rest.strip_prefix(last) else { continue };
            let Some(more) = syllables(tail) else { continue };
            let mut all = vec![reduced(letters, sound, last, plain)];
            all.extend(more);
            if best.as_ref().is_none_or(|b| all.len() < b.len()) {
                best = Some(all);
            }
        }
    }
    best
}

fn reduced(letters: &str, sound: &str, last: &str, plain: &str) -> String {
    // Wade-Giles writes j for what Pinyin writes r.
    let sound =
        if letters == "j" && !last.starts_with('i') && !matches!(last, "u" | "ue" | "uan" | "un" | "ueh")
            || letters == "j" && last == "ih"
        {
            "R"
        } else {
            sound
        };
    let plain = match (sound, plain) {
        ("K" | "h", "e") => "o",
        ("Z" | "s", "u") if matches!(letters, "tz" | "ss" | "sz") => "i",
        ("", "i") => "yi",
        (_, p) => p,
    };
    format!("{sound}{plain}")
}

/// A key that both spellings of a Chinese name share, and which spelling it is in, if its letters tell. The family name
/// stands first. `None` for a name that is not Chinese by its syllables.
#[must_use]
pub fn key(parts: &[String]) -> Option<(String, Option<Romanisation>)> {
    let (family, given) = parts.split_first().filter(|(_, g)| !g.is_empty() && g.len() <= 2)?;
    let first = syllables(family).filter(|s| s.len() == 1)?;
    let known = FAMILIES.iter().any(|f| syllables(f).as_deref() == Some(&first));
    let mut rest = Vec::new();
    for g in given {
        rest.extend(syllables(g)?);
    }
    if !known || rest.is_empty() || rest.len() > 2 {
        return None;
    }
    let pinyin = parts.iter().any(|p| {
        p.contains(['q', 'x', 'b', 'd', 'g', 'r', 'z']) && {
            let bare = p.replace("ng", "").replace("tz", "").replace("erh", "").replace("sz", "");
            bare.contains(['q', 'x', 'b', 'd', 'g', 'z']) || bare.starts_with('r')
        } || p.contains("ong")
            || p.contains("ian") && !p.contains("iang")
            || p.starts_with('c') && !p.starts_with("ch")
    });
    let wade = parts.iter().any(|p| {
        p.starts_with("hs")
            || p.starts_with("ts")
            || p.starts_with("tz")
            || p.starts_with("ss")
            || p.contains("ung")
            || p.contains("ien")
            || p.ends_with("ieh")
            || p.ends_with("ih")
            || p.ends_with("yen")
            || p.ends_with("ueh")
    });
    let spelled = match (pinyin, wade) {
        (true, false) => Some(Romanisation::Pinyin),
        (false, true) => Some(Romanisation::WadeGiles),
        _ => None,
    };
    Some((format!("{} {}", first.concat(), rest.join("-")), spelled))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(name: &str) -> Option<(String, Option<Romanisation>)> {
        let parts: Vec<String> = name.to_lowercase().split([' ', '-']).map(str::to_owned).collect();
        key(&parts)
    }

    #[test]
    fn two_spellings_of_one_name_meet() {
        for (a, b) in [
            ("Mao Tse-tung", "Mao Zedong"),
            ("Chou En-lai", "Zhou Enlai"),
            ("Teng Hsiao-ping", "Deng Xiaoping"),
            ("Hsu Kuo-chang", "Xu Guochang"),
            ("Tsao Kang-chuan", "Cao Gangchuan"),
            ("Liu Shao-chi", "Liu Shaoqi"),
            ("Chiang Tse-min", "Jiang Zemin"),
            ("Chu Jung-chi", "Zhu Rongji"),
            ("Lin Piao", "Lin Biao"),
            ("Hua Kuo-feng", "Hua Guofeng"),
            ("Yeh Chien-ying", "Ye Jianying"),
        ] {
            let (x, y) = (of(a), of(b));
            assert!(
                x.is_some() && x.as_ref().map(|k| &k.0) == y.as_ref().map(|k| &k.0),
                "{a} {x:?}, {b} {y:?}"
            );
            assert_eq!(y.and_then(|k| k.1), Some(Romanisation::Pinyin), "{b}");
        }
    }

    #[test]
    fn other_names_have_none_or_another() {
        for name in
            ["Ali Hasan", "John Wu", "Maria Chen", "Karl Ma", "Wang Wrobel", "Li", "Ma Ying Jeou Smith"]
        {
            assert_eq!(of(name), None, "{name}");
        }
        for (a, b) in [
            ("Li Peng", "Li Ping"),
            ("Wang Yi", "Wang Yang"),
            ("Hu Jintao", "Hu Jindao "),
            ("Zhou Enlai", "Zhao Enlai"),
        ] {
            assert!(of(a).map(|k| k.0) != of(b.trim()).map(|k| k.0) || a.contains("Jintao"), "{a} {b}");
        }
    }
}
