//! Sentences, tokens and quotations of small texts.

use chancery_model::report::Given;
use chancery_text::segment::tokens;
use chancery_text::{from_text, segment};

fn cut(text: &str) -> Vec<Vec<String>> {
    let r = from_text("t", text, Given::default());
    let s = segment(&r);
    s.sentences.iter().map(|x| x.tokens.iter().map(|t| s.word(&r.text, t).to_owned()).collect()).collect()
}

fn sentences(text: &str) -> Vec<String> {
    let r = from_text("t", text, Given::default());
    segment(&r).sentences.iter().map(|x| x.span.of(&r.text).to_owned()).collect()
}

fn quotes(text: &str) -> Vec<(String, bool, Option<u32>)> {
    let r = from_text("t", text, Given::default());
    segment(&r).quotes.iter().map(|q| (q.span.of(&r.text).to_owned(), q.closed, q.continues)).collect()
}

#[test]
fn tokens_as_universal_dependencies_cuts_them() {
    for (text, want) in [
        ("He can't.", "He|ca|n't|."),
        ("We cannot go.", "We|can|not|go|."),
        ("Norway’s envoy", "Norway|’s|envoy"),
        ("cease-fire-watching", "cease|-|fire|-|watching"),
        ("talks – or not—here -- now", "talks|–|or|not|—|here|--|now"),
        ("$3.5 million, 195,000 men and 40%", "$|3.5|million|,|195,000|men|and|40|%"),
        ("The U.S. and Mr. J. K. Lund", "The|U.S.|and|Mr.|J.|K.|Lund"),
        ("Wait... now… here", "Wait|...|now|…|here"),
        (
            "see https://a.example/x?y=1, or mail me@post.example.",
            "see|https://a.example/x?y=1|,|or|mail|me@post.example|.",
        ),
        ("Swedendoesn't know", "Swedendoes|n't|know"),
        ("the '90s, 'em and o'clock", "the|'90s|,|'em|and|o'clock"),
        ("at 10am (3rd time)", "at|10|am|(|3rd|time|)"),
        ("They'd've co-operated", "They|'d|'ve|co-operated"),
        ("It ends.The next", "It|ends|.|The|next"),
    ] {
        let got: Vec<String> = cut(&format!("{text} .")).concat();
        assert_eq!(got.join("|"), format!("{want}|."), "{text}");
    }
}

#[test]
fn sentences_end_where_they_end() {
    for (text, want) in [
        ("He met Mr. Berg. They spoke.", 2),
        ("The U.S. envoy left. He will return in Dec. 2003.", 2),
        ("He lives in the U.S. The talks are there.", 2),
        ("\"We go.\" He left.", 2),
        ("\"Why?\" asked Lund.", 1),
        ("“It is over.” “Really?” he said.", 2),
        ("It rose by 3.5 percent. Nobody knew.", 2),
        ("The talks ended.The envoy left.", 2),
        ("Gen. A. B. Holt said No. 5 was next.", 1),
        ("He left . . . and came back.", 1),
        ("It stopped... Then it went on.", 2),
        ("Acme Inc. said so. Acme Inc. He said so.", 3),
        ("No stop at the end", 1),
        ("One line.\n\ntwo lines.", 2),
    ] {
        assert_eq!(sentences(text).len(), want, "{:?}", sentences(text));
    }
}

#[test]
fn quotations_end_with_their_mark_or_their_paragraph() {
    assert_eq!(
        quotes("He said: \"Yes.\" And \"no\"."),
        [("\"Yes.\"".into(), true, None), ("\"no\"".into(), true, None)]
    );
    assert_eq!(
        quotes("He said: “We came.\n\n“We saw.\n\n“We left.” Then he left."),
        [
            ("“We came.".into(), false, None),
            ("“We saw.".into(), false, Some(0)),
            ("“We left.”".into(), true, Some(1))
        ]
    );
    assert_eq!(
        quotes("\"We will go, he said.\n\nThey went."),
        [("\"We will go, he said.".into(), false, None)]
    );
    assert_eq!(
        quotes("“He told me ‘never’ and left.”"),
        [("“He told me ‘never’ and left.”".into(), true, None), ("‘never’".into(), true, None)]
    );
    assert_eq!(quotes("The ministers' talks didn't fail. It's the rebels' fault."), []);
    assert_eq!(
        quotes("He spoke of 'ministers' talks', and left."),
        [("'ministers' talks'".into(), true, None)]
    );
    assert_eq!(
        quotes("\"We go, he said. \"They stay.\""),
        [("\"We go, he said.".into(), false, None), ("\"They stay.\"".into(), true, None)]
    );
    assert_eq!(quotes("He left\" and came. \"Yes,\" he said."), [("\"Yes,\"".into(), true, None)]);
}

/// The examples of `training/TOKENS.md`: a learned reader is trained on words cut by the same rules.
#[test]
fn tokens_as_the_reader_is_trained_on() {
    for (text, want) in [
        ("on 1/26/11 at 8:30 3.5bn", "on|1/26/11|at|8:30|3.5|bn"),
        ("the 1990s , 20th 747", "the|1990s|,|20th|747"),
        ("high-stakes 2011-12 pro-Russian", "high|-|stakes|2011|-|12|pro|-|Russian"),
        ("O'Neil didn't see Lund's e-mail", "O'Neil|did|n't|see|Lund|'s|e-mail"),
        ("at 5 a.m. in the U.S. AT&T", "at|5|a.m.|in|the|U.S.|AT&T"),
        ("J. Doe and No. 5 and pp. 3", "J.|Doe|and|No.|5|and|pp.|3"),
        ("harbour.com and x#1 #talks", "harbour.com|and|x|#|1|#talks"),
        ("What?! -- ``so'' …… ===", "What|?!|--|``|so|''|……|==="),
        ("Co-operate RE-set pre-War", "Co-operate|RE-set|pre|-|War"),
        ("€3 , 5% / [x]", "€|3|,|5|%|/|[|x|]"),
    ] {
        let words = tokens(text);
        let got: Vec<&str> = words.iter().map(|s| s.of(text)).collect();
        assert_eq!(got.join("|"), want, "{text}");
    }
}

#[test]
fn marks_of_markdown_are_no_words() {
    let text = "# Talks *fail*\n\nThe envoy met [the **minister**](https://a.example/x \"t\") on Monday, he said.\n\n- He left at 5 p.m. on Friday, an aide told the paper.\n";
    let got: Vec<String> = cut(text).iter().map(|s| s.join(" ")).collect();
    assert_eq!(
        got,
        [
            "Talks fail",
            "The envoy met the minister on Monday , he said .",
            "He left at 5 p.m. on Friday , an aide told the paper ."
        ]
    );
}

#[test]
fn wrapped_lines_are_one_paragraph_and_long_lines_are_paragraphs() {
    let wrapped = "The envoy arrived in the capital on Monday evening, an official of\nthe ministry said, and will stay until the end of the week for talks\nwith both sides about the harbour.\n\nHe will meet the rebels on Tuesday. They have said that they expect\nlittle of him, but that they would come to the old customs house in\nany case.\n";
    let r = from_text("t", wrapped, Given::default());
    assert_eq!(segment(&r).paragraphs.len(), 2);
    assert_eq!(sentences(wrapped).len(), 3);
    let lines = "The envoy arrived in the capital on Monday evening, an official of the ministry said, and will stay until the end of the week.\nHe will meet the rebels on Tuesday.\n“They expect little,” he said.\n“We will come.\n“And we will talk.”\n";
    let r = from_text("t", lines, Given::default());
    assert_eq!(segment(&r).paragraphs.len(), 5);
    assert_eq!(quotes(lines)[2].2, Some(1));
}
