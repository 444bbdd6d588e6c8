//! The language of a report.

use whatlang::Lang;

/// What a text is written in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Detected {
    /// BCP 47 tag.
    pub(crate) tag: &'static str,
    /// Whether there was enough text to be sure.
    pub(crate) sure: bool,
}

/// Words that English cannot do without and other languages do not have.
const ENGLISH: &[&str] = &[
    "a", "and", "are", "as", "at", "been", "but", "by", "for", "from", "had", "has", "have", "he", "his",
    "in", "is", "it", "its", "not", "of", "on", "said", "that", "the", "their", "they", "this", "to", "was",
    "were", "which", "who", "will", "with", "would",
];

/// Bytes of a text that are looked at: more say nothing new.
const ENOUGH: usize = 6000;

/// The language of a text; `None` when it has too few letters to tell.
pub(crate) fn detect(text: &str) -> Option<Detected> {
    let end = (0..=ENOUGH.min(text.len())).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0);
    let sample = text.get(..end).unwrap_or("");
    let (mut words, mut known) = (0_usize, 0_usize);
    for w in sample.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()) {
        words += 1;
        let lower = w.len() <= 5 && ENGLISH.binary_search(&w.to_ascii_lowercase().as_str()).is_ok();
        known += usize::from(lower);
    }
    if words == 0 {
        return None;
    }
    // Every fourth word of English prose is one of these; of a headline, every eighth.
    if known * 100 >= words * 18 && words >= 12 {
        return Some(Detected { tag: "en", sure: true });
    }
    let guess = whatlang::detect(sample);
    let sure = guess.as_ref().is_some_and(whatlang::Info::is_reliable) && words >= 12;
    match guess {
        Some(g) if sure || !sample.is_ascii() && g.lang() != Lang::Eng && known * 8 < words && words >= 4 => {
            Some(Detected { tag: tag(g.lang()), sure })
        }
        // Too little to tell: English, if anything in it looks like it.
        _ => Some(Detected { tag: "en", sure: false }),
    }
}

/// Whether a BCP 47 tag means English.
pub(crate) fn is_english(tag: &str) -> bool {
    let primary = tag.split(['-', '_']).next().unwrap_or("").trim();
    ["en", "eng", "english"].iter().any(|e| primary.eq_ignore_ascii_case(e))
}

/// The shortest tag of a language (RFC 5646 wants two letters where there are two).
fn tag(l: Lang) -> &'static str {
    const TWO: &[(&str, &str)] = &[
        ("afr", "af"),
        ("aka", "ak"),
        ("amh", "am"),
        ("ara", "ar"),
        ("aze", "az"),
        ("bel", "be"),
        ("ben", "bn"),
        ("bul", "bg"),
        ("cat", "ca"),
        ("ces", "cs"),
        ("cmn", "zh"),
        ("cym", "cy"),
        ("dan", "da"),
        ("deu", "de"),
        ("ell", "el"),
        ("eng", "en"),
        ("epo", "eo"),
        ("est", "et"),
        ("fin", "fi"),
        ("fra", "fr"),
        ("guj", "gu"),
        ("heb", "he"),
        ("hin", "hi"),
        ("hrv", "hr"),
        ("hun", "hu"),
        ("hye", "hy"),
        ("ind", "id"),
        ("ita", "it"),
        ("jav", "jv"),
        ("jpn", "ja"),
        ("kan", "kn"),
        ("kat", "ka"),
        ("khm", "km"),
        ("kor", "ko"),
        ("lat", "la"),
        ("lav", "lv"),
        ("lit", "lt"),
        ("mal", "ml"),
        ("mar", "mr"),
        ("mkd", "mk"),
        ("mya", "my"),
        ("nep", "ne"),
        ("nld", "nl"),
        ("nob", "nb"),
        ("ori", "or"),
        ("pan", "pa"),
        ("pes", "fa"),
        ("pol", "pl"),
        ("por", "pt"),
        ("ron", "ro"),
        ("rus", "ru"),
        ("sin", "si"),
        ("slk", "sk"),
        ("slv", "sl"),
        ("sna", "sn"),
        ("spa", "es"),
        ("srp", "sr"),
        ("swe", "sv"),
        ("tam", "ta"),
        ("tel", "te"),
        ("tgl", "tl"),
        ("tha", "th"),
        ("tuk", "tk"),
        ("tur", "tr"),
        ("ukr", "uk"),
        ("urd", "ur"),
        ("uzb", "uz"),
        ("vie", "vi"),
        ("yid", "yi"),
        ("zul", "zu"),
    ];
    let code = l.code();
    TWO.binary_search_by_key(&code, |(three, _)| three)
        .ok()
        .and_then(|n| TWO.get(n))
        .map_or(code, |(_, two)| two)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages() {
        assert!(ENGLISH.is_sorted());
        for (text, want) in [
            (
                "The envoy said that talks with the rebels would go on in the spring, and that both sides had agreed.",
                "en",
            ),
            ("Envoy arrives", "en"),
            (
                "L’envoyé spécial a déclaré mercredi que les pourparlers reprendraient au printemps à Genève.",
                "fr",
            ),
            (
                "Der Gesandte sagte am Mittwoch, dass die Gespräche mit den Rebellen im Frühjahr weitergehen würden.",
                "de",
            ),
            (
                "El enviado dijo el miércoles que las conversaciones con los rebeldes continuarían en primavera.",
                "es",
            ),
            ("Посланник сообщил в среду, что переговоры с повстанцами продолжатся весной.", "ru"),
            ("قال المبعوث يوم الأربعاء إن المحادثات مع المتمردين ستستمر في الربيع", "ar"),
        ] {
            assert_eq!(detect(text).unwrap().tag, want, "{text}");
        }
        assert_eq!(detect("12 — 34"), None);
        assert!(is_english("en-GB") && is_english("EN") && !is_english("es") && !is_english(""));
    }

    #[test]
    fn every_language_has_a_tag() {
        for l in Lang::all() {
            assert_eq!(tag(*l).len(), 2, "{}", l.code());
        }
    }
}
