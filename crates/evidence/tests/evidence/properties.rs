//! What holds for every text.

use nutgraf_evidence::{
    Quote, QuoteVerdict, SourceText, match_passage, match_printed, match_quote, normalise,
};
use nutgraf_language::normalise::digit;
use proptest::prelude::*;

/// Text made of what the rules are about, and of anything else.
fn text() -> impl Strategy<Value = String> {
    const PARTS: &[&str] = &[
        "4", "45", "4.5", "1,426", "１２", "½", "not", "the", "The", "plan", "n't", "Mao", "said",
        "…", "...", ". . .", ".", ",", "?", "-", "–", "—", "--", " ", " ", "\u{a0}", "\u{200b}",
        "\u{ad}", "\u{feff}", "\n", "\n\n", "\"", "“", "”", "'", "‘", "’", "«", "''", "[", "]",
        "[sic]", "(", ")", "e\u{301}", "\u{301}", "ﬁ", "$", "%", "中", "ä", "\u{0}", "million",
        "in", "half", "\r", "\u{2029}", "،", "٣",
    ];
    let part = prop_oneof![
        8 => prop::sample::select(PARTS).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(part, 0..60).prop_map(|parts| parts.concat())
}

/// The runs of digits and fractions in a text, with the digits of every script as ASCII.
fn numbers(text: &str) -> Vec<String> {
    let folded: String = text
        .chars()
        .map(|char| digit(char).unwrap_or(char))
        .collect();
    folded
        .split(|char: char| !char.is_numeric())
        .filter(|run| !run.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The same text in different typography: curly marks, dashes, spaces, decomposed letters.
fn retyped(text: &str) -> String {
    let mut is_open = false;
    text.chars()
        .map(|char| match char {
            '"' => {
                is_open = !is_open;
                if is_open { "“" } else { "”" }.to_owned()
            }
            '\'' => "’".to_owned(),
            ' ' => "\u{a0}\u{2009}".to_owned(),
            '…' => ". . .".to_owned(),
            'é' => "e\u{301}".to_owned(),
            '0'..='9' => char::from_u32(u32::from(char) + 0xfee0)
                .unwrap()
                .to_string(),
            other => other.to_string(),
        })
        .collect()
}

/// Words, numbers and marks as in newspapers, separated by single spaces.
fn prose() -> impl Strategy<Value = String> {
    const WORDS: &[&str] = &[
        "we",
        "plan",
        "café",
        "it's",
        "\"not ready\" said",
        "4.5",
        "1,426",
        "well-known",
        "$20",
        "55%",
        "no.",
        "but,",
        "why?",
        "…",
        "Mao",
        "said",
    ];
    prop::collection::vec(prop::sample::select(WORDS), 1..40).prop_map(|words| words.join(" "))
}

fn check_spans(source: &SourceText, text: &str, verdict: &QuoteVerdict) {
    let QuoteVerdict::Verified(found) = verdict else {
        return;
    };
    assert_eq!(found.gaps.len() + 1, found.segments.len());
    let mut end = (0, 0);
    for segment in &found.segments {
        assert!(segment.tokens.start < segment.tokens.end, "{segment:?}");
        assert!(segment.bytes.start < segment.bytes.end, "{segment:?}");
        assert!(
            end.0 <= segment.tokens.start && end.1 <= segment.bytes.start,
            "{found:?}"
        );
        assert!(
            text.is_char_boundary(segment.bytes.start) && text.is_char_boundary(segment.bytes.end)
        );
        assert!((1..=source.n_paragraphs()).contains(&segment.paragraph));
        end = (segment.tokens.end, segment.bytes.end);
    }
    assert!(end.1 <= text.len());
    for replaced in &found.brackets {
        assert!(text.get(replaced.hides.clone()).is_some(), "{replaced:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn normalising_twice_changes_nothing_more(text in text()) {
        let once = normalise(&text);
        prop_assert_eq!(normalise(&once), once);
    }

    #[test]
    fn two_numbers_never_become_one(text in text()) {
        prop_assert_eq!(numbers(&normalise(&text)), numbers(&text));
    }

    #[test]
    fn typography_makes_no_difference(text in prose()) {
        let other = retyped(&text);
        prop_assert_eq!(normalise(&other), normalise(&text));
        let source = SourceText::new(&text);
        let retyped_source = SourceText::new(&other);
        prop_assert_eq!(source.hash(), retyped_source.hash());
        prop_assert_eq!(
            matches!(match_passage(&source, &Quote::new(&other)), QuoteVerdict::Verified(_)),
            matches!(match_passage(&retyped_source, &Quote::new(&text)), QuoteVerdict::Verified(_))
        );
    }

    #[test]
    fn any_text_can_be_matched_and_what_is_found_is_in_order(source in text(), quote in text(), speaker in text()) {
        let read = SourceText::new(&source);
        let words = Quote::new(&quote);
        check_spans(&read, &source, &match_quote(&read, &words, Some(&speaker)));
        check_spans(&read, &source, &match_quote(&read, &words, None));
        check_spans(&read, &source, &match_passage(&read, &words));
        check_spans(&read, &source, &match_printed(&read, &words));
    }

    #[test]
    fn a_passage_of_a_text_is_found_in_it(text in prose(), from in 0_usize..30, n_words in 1_usize..12) {
        let words: Vec<&str> = text.split(' ').collect();
        let from = from.min(words.len() - 1);
        let passage = words[from..words.len().min(from + n_words)].join(" ");
        let source = SourceText::new(&text);
        let verdict = match_passage(&source, &Quote::new(&passage));
        check_spans(&source, &text, &verdict);
        let is_short = !passage.contains(char::is_alphanumeric) || passage.contains('…');
        prop_assert!(
            is_short || matches!(verdict, QuoteVerdict::Verified(_)),
            "{:?} in {:?}: {:?}", passage, text, verdict
        );
    }
}
