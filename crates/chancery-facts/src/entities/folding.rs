//! Names without what varies between printings: case, diacritics, dots.

/// Lower case without accents, full stops and apostrophes.
pub(crate) fn fold(s: &str) -> String {
    let s = chancery_lexicon::spellings::plain_dj(s);
    s.chars().flat_map(char::to_lowercase).filter_map(plain).collect()
}

fn plain(c: char) -> Option<char> {
    Some(match c {
        'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' | 'ā' | 'ă' | 'ą' => 'a',
        'é' | 'è' | 'ê' | 'ë' | 'ē' | 'ę' | 'ě' => 'e',
        'í' | 'ì' | 'î' | 'ï' | 'ī' | 'ı' => 'i',
        'ó' | 'ò' | 'ô' | 'ö' | 'õ' | 'ø' | 'ō' | 'ő' => 'o',
        'ú' | 'ù' | 'û' | 'ü' | 'ū' | 'ů' | 'ű' => 'u',
        'ç' | 'ć' | 'č' => 'c',
        'ş' | 'š' | 'ś' | 'ș' => 's',
        'ğ' => 'g',
        'ñ' | 'ń' | 'ň' => 'n',
        'ž' | 'ź' | 'ż' => 'z',
        'ý' | 'ÿ' => 'y',
        'ł' => 'l',
        'ř' => 'r',
        'ț' | 'ţ' => 't',
        'đ' => 'd',
        '.' | '\'' | '’' | '‘' | '\u{307}' => return None,
        c => c,
    })
}
