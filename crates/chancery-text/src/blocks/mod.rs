//! What each stretch of a report is: headline, byline, dateline, body, caption, comment, related, advert, boilerplate.
//!
//! Units (lines or paragraphs) are looked at from top to bottom: first those above the text, then the text. What no
//! rule takes is body. An element amid the text takes itself and, where it heads a list of links, the link-like lines
//! behind it; only a heading of comments can take the rest.

mod amid;
mod masthead;
mod rules;
pub(crate) mod units;

use crate::stamps::{self, Stamp};
use chancery_model::Span;
use chancery_model::date::Days;
use chancery_model::report::{Block, DateClue, Given};
use chancery_model::vocab::{BlockKind, DateBasis};
use rules::{RULES, Rule, Scope};
use units::{Unit, link_like, piece, plain, units};

/// What a source knows about the parts of its text beyond the text itself.
#[derive(Debug, Clone, Default)]
pub(crate) struct Hints {
    /// Captions, in [`plain`] form.
    pub(crate) captions: Vec<String>,
}

/// What the blocks of a text say.
#[derive(Debug, Default)]
pub(crate) struct Layout {
    pub(crate) blocks: Vec<Block>,
    pub(crate) clues: Vec<DateClue>,
    pub(crate) headline: Option<String>,
    pub(crate) outlet: Option<String>,
    pub(crate) byline: Option<String>,
    pub(crate) dateline: Option<String>,
}

/// No more than this many units can stand above the text.
const HEAD: usize = 12;
/// No more than this many links follow one heading.
const LINKS: usize = 12;

/// Lays out the text from byte `from` on; what is before it is front matter.
pub(crate) fn lay_out(t: &str, from: usize, given: &Given, hints: &Hints) -> Layout {
    let mut layout = Layout::default();
    if let Some(s) = piece(t, 0, from) {
        layout.put(s, BlockKind::Boilerplate, "front matter");
    }
    let units = units(t, Span::new(from, t.len()));
    let mut work = Work { t, given, hints, layout, units: &units };
    let body = work.head();
    work.body(body);
    work.layout.merge();
    work.layout
}

impl Layout {
    fn put(&mut self, span: Span, kind: BlockKind, why: impl Into<String>) {
        self.blocks.push(Block { span, kind, why: why.into() });
    }

    /// Makes one block of neighbours that are the same for the same reason.
    fn merge(&mut self) {
        let mut out: Vec<Block> = Vec::with_capacity(self.blocks.len());
        for b in self.blocks.drain(..) {
            match out.last_mut() {
                Some(l) if l.kind == b.kind && l.why == b.why => l.span = l.span.cover(b.span),
                _ => out.push(b),
            }
        }
        self.blocks = out;
    }

    fn clue(&mut self, t: &str, basis: DateBasis, at: Span, stamp: &Stamp) {
        let words = at.of(t).to_owned();
        let days = match basis {
            // A comment is never older than its report.
            DateBasis::Comments => Days { lo: None, hi: stamp.days.hi },
            _ => stamp.days,
        };
        self.clues.push(DateClue {
            basis,
            words,
            span: Some(at),
            days,
            month_day: stamp.month_day,
            weekday: stamp.weekday,
        });
    }
}

struct Work<'a> {
    t: &'a str,
    given: &'a Given,
    hints: &'a Hints,
    layout: Layout,
    units: &'a [Unit],
}

impl Work<'_> {
    /// Takes the units above the text; returns the index of the first unit of the text.
    fn head(&mut self) -> usize {
        let first = self.units.iter().take(HEAD).position(|u| self.is_text(u));
        // Without any prose there is no telling a masthead from the text: the first line is the headline at most.
        let end = first.unwrap_or_else(|| usize::from(self.units.len() > 1));
        let title = self.given.title.as_deref().map(plain).filter(|p| !p.is_empty());
        let mut headline = false;
        for i in 0..end {
            let Some(u) = self.units.get(i) else { break };
            let is_title = title.as_ref().is_some_and(|p| *p == plain(&u.bare));
            // The given title may stand further down: what is above it is then no headline.
            let title_later = title
                .as_ref()
                .is_some_and(|p| self.units.iter().take(end).skip(i + 1).any(|u| *p == plain(&u.bare)));
            if is_title && !headline {
                headline = self.headline(u, "the given title");
            } else if self.caption(u) || self.by_rule(u, i, false) || self.masthead(u, headline) {
            } else if !headline && !title_later {
                let why = if u.heading > 0 { "heading" } else { "line above the text" };
                headline = self.headline(u, why);
            } else if headline && u.words >= 3 {
                self.layout.put(u.span, BlockKind::Headline, "line under the headline");
            } else {
                self.layout.put(u.span, BlockKind::Body, "text");
            }
        }
        end
    }

    /// Whether a unit belongs to the text and not to what is above it.
    fn is_text(&self, u: &Unit) -> bool {
        if u.heading == 1 || (self.hints.captions.contains(&plain(&u.bare)) && !u.bare.is_empty()) {
            return false;
        }
        (u.prose && RULES.unit(&u.bare).is_none()) || masthead::dateline(u.span.of(self.t)).is_some()
    }

    fn headline(&mut self, u: &Unit, why: &str) -> bool {
        let bare = masthead::label(&u.bare).and_then(|n| u.bare.get(n..));
        self.layout.headline = Some(bare.unwrap_or(&u.bare).to_owned());
        let at = u.span.lo() + masthead::label(u.span.of(self.t)).unwrap_or(0);
        if at > u.span.lo() {
            self.layout.put(Span::new(u.span.lo(), at), BlockKind::Byline, "label of the headline");
        }
        self.layout.put(Span::new(at, u.span.hi()), BlockKind::Headline, why);
        true
    }

    fn caption(&mut self, u: &Unit) -> bool {
        let known = !u.bare.is_empty() && self.hints.captions.contains(&plain(&u.bare));
        if known {
            self.layout.put(u.span, BlockKind::Caption, "caption of a figure");
        }
        known
    }

    /// Takes a unit by the rules for single units; a heading of links or comments takes itself only.
    fn by_rule(&mut self, u: &Unit, i: usize, in_text: bool) -> bool {
        let Some(rule) = self.rule(u) else { return false };
        // Amid the text, initials between brackets or one word of furniture are not enough.
        let lonely = rule.kind == BlockKind::Byline
            && in_text
            && i + 3 < self.units.len()
            && !u.bare.starts_with(['(', '[']);
        if lonely {
            return false;
        }
        self.layout.put(u.span, rule.kind, rule.why.clone());
        if rule.kind == BlockKind::Byline || rule.kind == BlockKind::Boilerplate {
            self.stamp(u, true);
            // The owner of a text is its outlet, unless one is named above it.
            self.layout.outlet = self.layout.outlet.take().or_else(|| masthead::owner(&u.bare));
        }
        true
    }

    fn rule(&self, u: &Unit) -> Option<&'static Rule> {
        if u.bare.is_empty() { None } else { RULES.unit(&u.bare) }
    }

    /// Takes a line that names the writer, the outlet, the place or the day.
    fn masthead(&mut self, u: &Unit, after_headline: bool) -> bool {
        if u.bare.is_empty() || u.bare.len() > 160 {
            return false;
        }
        let known = |g: &Option<String>| g.as_deref().is_some_and(|g| plain(g) == plain(&u.bare));
        if known(&self.given.outlet) || known(&self.given.byline) {
            self.layout.put(u.span, BlockKind::Byline, "the given outlet or byline");
            return true;
        }
        let Some(line) = masthead::line(&u.bare, after_headline) else { return false };
        let (kind, why) = match (&line.place, &line.byline, &line.outlet) {
            (Some(_), _, _) => (BlockKind::Dateline, "place and day"),
            (_, Some(_), _) => (BlockKind::Byline, "names the writer"),
            (_, _, Some(_)) => (BlockKind::Byline, "names the outlet"),
            _ => (BlockKind::Byline, "printed date"),
        };
        self.layout.put(u.span, kind, why);
        let l = &mut self.layout;
        l.dateline = l.dateline.take().or(line.place);
        l.byline = l.byline.take().or(line.byline);
        l.outlet = l.outlet.take().or(line.outlet);
        self.stamp(u, false);
        true
    }

    /// Notes the first date printed in a unit.
    fn stamp(&mut self, u: &Unit, published_only: bool) {
        let s = u.span.of(self.t);
        let lower = s.to_ascii_lowercase();
        if published_only && !["publish", "posted", "updated"].iter().any(|w| lower.contains(w)) {
            return;
        }
        if let Some(stamp) = stamps::find(s) {
            let at = Span::new(u.span.lo() + stamp.span.lo(), u.span.lo() + stamp.span.hi());
            self.layout.clue(self.t, DateBasis::Stamp, at, &stamp);
        }
    }

    /// Takes the text, from unit `first` on.
    fn body(&mut self, first: usize) {
        let mut i = first;
        let mut dated = false;
        let comments = self.comments_by_heads(first);
        while let Some(u) = self.units.get(i) {
            if comments.is_some_and(|c| c <= i) {
                return self.comments(i);
            }
            match self.rule(u).map(|r| (r.scope, r.why.clone())) {
                Some((Scope::Rest, why)) => {
                    self.layout.put(u.span, BlockKind::Comment, why);
                    if self.is_comment_section(i, first) {
                        return self.comments(i + 1);
                    }
                }
                Some((Scope::List, why)) => {
                    self.layout.put(u.span, BlockKind::Related, why);
                    let links = self.units.iter().skip(i + 1).take(LINKS);
                    let n = links.take_while(|u| link_like(u) && self.rule(u).is_none()).count();
                    for link in self.units.iter().skip(i + 1).take(n) {
                        self.layout.put(link.span, BlockKind::Related, "link under such a heading");
                    }
                    i += n;
                }
                _ if self.caption(u) || self.by_rule(u, i, true) || self.tail_line(u, i) => {}
                _ => {
                    // The dateline stands before the first words of the text; on a saved page more may stand above.
                    let early = !dated && i < first + 2;
                    let amid = !dated && i < first + HEAD;
                    dated |= self.prose(u, early, amid);
                }
            }
            i += 1;
        }
    }

    /// A printed date or a byline below the text, or a labelled date anywhere.
    fn tail_line(&mut self, u: &Unit, i: usize) -> bool {
        if u.prose || u.bare.is_empty() || u.words > 16 {
            return false;
        }
        let at_end = i + 3 >= self.units.len() && i > 0;
        let line = masthead::line(&u.bare, false);
        let plain_date = |l: &masthead::Line| {
            !l.stamps.is_empty() && l.byline.is_none() && l.outlet.is_none() && l.place.is_none()
        };
        let fits = line.is_some_and(|l| {
            (l.labelled && plain_date(&l)) || (at_end && (plain_date(&l) || l.byline.is_some()))
        });
        fits && self.masthead(u, true)
    }

    /// Puts a unit of text: dateline and elements inside it apart, the rest as body. Whether it had a dateline.
    fn prose(&mut self, u: &Unit, early: bool, amid: bool) -> bool {
        let mut start = u.span.lo();
        let mut dated = false;
        if early && let Some(d) = masthead::dateline(u.span.of(self.t)) {
            dated = true;
            start = self.dateline(start, &d);
        } else if amid && let Some(a) = amid::find(u.span.of(self.t)) {
            dated = true;
            let at = start + a.start;
            let head = a.printed.map_or(at, |p| start + p.0);
            self.inside(start, head);
            if let Some((_, stamp)) = a.printed {
                if let Some(s) = piece(self.t, head, at) {
                    self.layout.put(s, BlockKind::Byline, "printed date");
                }
                let words = Span::new(start + stamp.span.lo(), start + stamp.span.hi());
                self.layout.clue(self.t, DateBasis::Stamp, words, &stamp);
            }
            start = self.dateline(at, &a.dateline());
        } else if amid && let Some(p) = amid::stamped(u.span.of(self.t)) {
            dated = true;
            self.inside(start, start + p.start);
            if let Some(s) = piece(self.t, start + p.start, start + p.end) {
                self.layout.put(s, BlockKind::Byline, "printed date");
            }
            let words = Span::new(start + p.stamp.span.lo(), start + p.stamp.span.hi());
            self.layout.clue(self.t, DateBasis::Stamp, words, &p.stamp);
            start += p.end;
        } else if let Some((d, s)) = self.further(u.span) {
            // A page may print several dispatches: the first tells whence and when the report is.
            self.layout.put(s, BlockKind::Dateline, "place and credit before a further piece");
            start += d.end;
        }
        self.inside(start, u.span.hi());
        dated
    }

    /// A place and a credited agency that open a paragraph further down, and where they stand.
    fn further(&self, paragraph: Span) -> Option<(masthead::Dateline, Span)> {
        let d = masthead::dateline(paragraph.of(self.t))?;
        d.agency.as_deref().filter(|a| amid::is_credit(a))?;
        let s = piece(self.t, paragraph.lo(), paragraph.lo() + d.end)?;
        Some((d, s))
    }

    /// Puts a dateline that begins at a byte apart; where it ends.
    fn dateline(&mut self, start: usize, d: &masthead::Dateline) -> usize {
        let why = match &d.agency {
            Some(a) => format!("place before the text; credit {a}"),
            None => "place before the text".to_owned(),
        };
        if let Some(s) = piece(self.t, start, start + d.end) {
            self.layout.put(s, BlockKind::Dateline, why);
        }
        let place = self.t.get(start + d.place.0..start + d.place.1).filter(|p| !p.is_empty());
        if let Some(place) = place {
            self.layout.dateline.get_or_insert_with(|| place.to_owned());
        }
        if let Some(stamp) = d.stamp {
            let at = Span::new(start + stamp.span.lo(), start + stamp.span.hi());
            self.layout.clue(self.t, DateBasis::Dateline, at, &stamp);
        }
        start + d.end
    }

    /// Puts a stretch of text as body, and elements inside it apart.
    fn inside(&mut self, mut start: usize, end: usize) {
        for (span, rule) in RULES.inside(self.t.get(start..end).unwrap_or(""), start) {
            if let Some(s) = piece(self.t, start, span.lo()) {
                self.layout.put(s, BlockKind::Body, "text");
            }
            self.layout.put(span, rule.kind, rule.why.clone());
            start = span.hi();
        }
        if let Some(s) = piece(self.t, start, end) {
            self.layout.put(s, BlockKind::Body, "text");
        }
    }

    /// Whether comments follow a heading of comments: the heads of comments are there, or the text lies behind.
    fn is_comment_section(&self, i: usize, first: usize) -> bool {
        if self.units.iter().skip(i + 1).take(4).any(|u| is_comment_head(u) || is_bare_time(u)) {
            return true;
        }
        let bytes = |us: &[Unit]| us.iter().filter(|u| u.prose).map(|u| u.span.len()).sum::<usize>();
        let before = bytes(self.units.get(first..i).unwrap_or(&[]));
        let behind = bytes(self.units.get(i + 1..).unwrap_or(&[]));
        before > 0 && before >= behind
    }

    /// Where comments begin that have no heading: at the first of two or more heads of comments behind the text.
    fn comments_by_heads(&self, first: usize) -> Option<usize> {
        // A name and a time stand on one line, or on two.
        let split = |i: usize| {
            let name = i.checked_sub(1).and_then(|n| self.units.get(n));
            let name = name.is_some_and(|n| n.words <= 4 && !n.prose && !n.bare.is_empty());
            name && self.units.get(i).is_some_and(is_bare_time)
        };
        let heads: Vec<usize> = (first..self.units.len())
            .filter_map(|i| {
                let u = self.units.get(i)?;
                is_comment_head(u).then_some(i).or_else(|| split(i).then(|| i - 1).filter(|i| *i >= first))
            })
            .collect();
        let at = *heads.first()?;
        let before = self.units.get(first..at)?.iter().filter(|u| u.prose).count();
        (heads.len() >= 2 && before >= 2).then_some(at)
    }

    /// Everything from unit `i` on is comments.
    fn comments(&mut self, i: usize) {
        let units: Vec<&Unit> = self.units.iter().collect();
        for (n, u) in units.iter().enumerate().skip(i) {
            // The foot of the page stands below its comments.
            if n + 3 >= units.len()
                && self.rule(u).is_some_and(|r| r.kind == BlockKind::Boilerplate)
                && self.by_rule(u, n, false)
            {
                continue;
            }
            self.layout.put(
                u.span,
                BlockKind::Comment,
                "below the heading or the first head of the comments",
            );
            if u.prose || u.words > 14 {
                continue;
            }
            if let Some(stamp) = stamps::find(u.span.of(self.t)).filter(|s| s.days.hi.is_some()) {
                let at = Span::new(u.span.lo() + stamp.span.lo(), u.span.lo() + stamp.span.hi());
                self.layout.clue(self.t, DateBasis::Comments, at, &stamp);
            }
        }
    }
}

/// Whether a line is nothing but a day and a time of day.
fn is_bare_time(u: &Unit) -> bool {
    let dated = stamps::all(&u.bare);
    !u.bare.is_empty()
        && !dated.is_empty()
        && stamps::has_time(&u.bare)
        && stamps::rest_of(&u.bare, &dated).is_empty()
}

/// Whether a line is the head of a comment: a name and a time, `Lars K. 17 June 2013, 22:15`, `mia says:`.
fn is_comment_head(u: &Unit) -> bool {
    if u.bare.is_empty() || u.words > 14 || u.heading > 0 {
        return false;
    }
    let lower = u.bare.to_ascii_lowercase();
    let head = lower.split(' ').next().unwrap_or("");
    if matches!(
        head,
        "by" | "published" | "updated" | "posted" | "last" | "first" | "modified" | "from" | "date:"
    ) {
        return false;
    }
    if ["says:", "said:", "wrote:", "writes:", "commented:"].iter().any(|w| lower.ends_with(w)) {
        return u.words <= 5 && (stamps::has_time(&u.bare) || !lower.ends_with("said:"));
    }
    let ago =
        lower.trim_end_matches(['.', ' ']).ends_with(" ago") && lower.contains(|c: char| c.is_ascii_digit());
    let dated = stamps::all(&u.bare);
    let timed = dated.iter().any(|s| s.days.hi.is_some()) && stamps::has_time(&u.bare);
    let rest = stamps::rest_of(&u.bare, &dated);
    let name = rest.split(' ').filter(|w| !w.is_empty()).count();
    (timed && (1..=6).contains(&name)) || (ago && (1..=8).contains(&u.words))
}
