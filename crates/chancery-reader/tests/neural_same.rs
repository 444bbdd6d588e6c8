//! The marks of a report are the same on every kernel, on any number of threads, in any order and in any company.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a failed expectation here is the message"
)]

mod neural;

use chancery_model::mark::Marks;
use chancery_model::report::{Given, Report, Segments};
use chancery_reader::Reader;
use chancery_reader::neural::{Kernel, NeuralReader};
use chancery_text::{from_text, segment};

fn reports(count: u64, words: usize) -> Vec<(Report, Segments)> {
    let cut = |n: u64| {
        // Lengths vary, so that windows are full, nearly empty, and several to a report.
        let report = from_text(
            &n.to_string(),
            &neural::story(n + 1, words / 8 + words * (n as usize % 7) / 3),
            Given::default(),
        );
        let segments = segment(&report);
        (report, segments)
    };
    (0..count).map(cut).collect()
}

fn tokens(reports: &[(Report, Segments)]) -> usize {
    reports.iter().map(|(_, s)| s.tokens.len()).sum()
}

fn read(reader: &NeuralReader, reports: &[(Report, Segments)]) -> Vec<Marks> {
    reports.iter().map(|(r, s)| reader.read(r, s)).collect()
}

/// Reads with every kernel of this machine and compares all marks; gives the kernels compared.
fn compare(make: &dyn Fn() -> NeuralReader, reports: &[(Report, Segments)]) -> Vec<Kernel> {
    let want = read(&make(), reports);
    let mut compared = Vec::new();
    for kernel in Kernel::ALL {
        let Some(reader) = make().with_kernel(*kernel) else { continue };
        assert_eq!(reader.kernel(), *kernel);
        for ((got, want), (report, _)) in read(&reader, reports).iter().zip(&want).zip(reports) {
            assert!(
                got == want,
                "{kernel} marks report {} in another way than {}",
                report.key,
                make().kernel()
            );
        }
        compared.push(*kernel);
    }
    compared
}

#[test]
fn every_kernel_gives_the_same_marks() {
    let reports = reports(42, 130);
    let compared = compare(&|| neural::small_reader(None), &reports);
    assert!(
        compared.contains(&Kernel::Generic) && tokens(&reports) > 5_000,
        "{compared:?}, {}",
        tokens(&reports)
    );
}

#[test]
#[ignore = "takes minutes; for the release build"]
fn every_kernel_gives_the_same_marks_over_many_tokens_with_a_small_model() {
    let reports = reports(500, 330);
    let compared = compare(&|| neural::small_reader(None), &reports);
    assert!(tokens(&reports) > 200_000, "{}", tokens(&reports));
    eprintln!("{} tokens, kernels {compared:?}", tokens(&reports));
}

#[test]
#[ignore = "takes minutes and needs weights; for the release build"]
fn every_kernel_gives_the_same_marks_over_many_tokens() {
    let reports = reports(500, 330);
    let compared = compare(&neural::full_reader, &reports);
    assert!(tokens(&reports) > 200_000, "{}", tokens(&reports));
    eprintln!("{} tokens, kernels {compared:?}", tokens(&reports));
}

#[test]
fn threads_order_and_company_change_nothing() {
    let reports = reports(24, 200);
    let reader = neural::small_reader(None);
    let want = read(&reader, &reports);
    for threads in [2, 7] {
        let mut got: Vec<Option<Marks>> = vec![None; reports.len()];
        std::thread::scope(|scope| {
            let (reader, reports) = (&reader, &reports);
            let work = move |t: usize| -> Vec<(usize, Marks)> {
                // Backwards, and every so many: another order on every thread.
                let mine = (0..reports.len()).rev().filter(|n| n % threads == t);
                mine.map(|n| (n, reader.read(&reports[n].0, &reports[n].1))).collect()
            };
            let handles: Vec<_> = (0..threads).map(|t| scope.spawn(move || work(t))).collect();
            for (n, marks) in handles.into_iter().flat_map(|h| h.join().unwrap()) {
                got[n] = Some(marks);
            }
        });
        assert!(got.into_iter().map(Option::unwrap).eq(want.iter().cloned()), "{threads} threads");
    }
}

#[test]
fn marks_are_well_formed() {
    let reader = neural::small_reader(None);
    let odd = [
        "",
        " ",
        ".",
        "…",
        "\u{200b}\n\n\u{fffd}",
        "a",
        &"word ".repeat(3_000),
        &"x".repeat(5_000),
        "“”‘’ ''``",
        "中文 العربية\n\n\n\nab-ба",
    ];
    let mut all = reports(12, 300);
    for (n, text) in odd.iter().enumerate() {
        let report = from_text(&format!("odd {n}"), text, Given::default());
        let segments = segment(&report);
        all.push((report, segments));
    }
    let mut found = [0; 4];
    for (report, segments) in &all {
        let n = segments.tokens.len();
        let m = reader.read(report, segments);
        assert_eq!(m.syntax.len(), n, "{}", report.key);
        for sentence in &segments.sentences {
            let inside = |w: usize| sentence.tokens.has(m.syntax[w].head as usize);
            assert!(sentence.tokens.iter().all(inside), "{}: a head outside of its sentence", report.key);
            let roots = sentence.tokens.iter().filter(|w| m.syntax[*w].head as usize == *w).count();
            assert!(
                roots >= 1 && (roots == 1 || sentence.tokens.len() > 100),
                "{}: {roots} roots",
                report.key
            );
            assert!(
                sentence
                    .tokens
                    .iter()
                    .all(|w| (m.syntax[w].deprel == "root") == (m.syntax[w].head as usize == w))
            );
        }
        let ok = |r: &chancery_model::TokenRange| r.start < r.end && r.end as usize <= n;
        assert!(
            m.names.iter().all(|x| ok(&x.tokens))
                && m.names.windows(2).all(|w| w[0].tokens.end <= w[1].tokens.start)
        );
        assert!(m.times.iter().all(ok) && m.times.windows(2).all(|w| w[0].end <= w[1].start));
        assert!(
            m.events.windows(2).all(|w| w[0].token < w[1].token)
                && m.events.iter().all(|e| (e.token as usize) < n)
        );
        assert!(
            m.chains
                .iter()
                .all(|c| c.len() > 1 && c.iter().all(ok) && c.windows(2).all(|w| w[0].start <= w[1].start))
        );
        for (k, a) in m.attributions.iter().enumerate() {
            assert!(
                a.source.iter().chain(&a.cue).chain(&a.content).all(ok)
                    && !a.cue.is_empty()
                    && !a.content.is_empty()
            );
            if let Some(w) = a.within {
                let outer = &m.attributions[w as usize];
                assert!(w as usize != k && outer.content.iter().any(|c| c.has(a.cue[0].start as usize)));
            }
        }
        for (sum, more) in
            found.iter_mut().zip([m.names.len(), m.attributions.len(), m.events.len(), m.chains.len()])
        {
            *sum += more;
        }
    }
    assert!(found.iter().all(|n| *n > 0), "the random model marked nothing of one kind: {found:?}");
}
