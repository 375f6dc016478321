//! Numbers in prose that may be facts, and quotations.

use super::{SAFE, page};

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let (body, _) = page(text, SAFE, &[]);
    let found: Vec<&str> = body
        .numbers
        .iter()
        .map(|number| number.words.as_str())
        .collect();
    assert_eq!(found, expected, "{text}");
    for number in &body.numbers {
        let span = number.span.start as usize..number.span.end as usize;
        assert_eq!(&text[span], number.words, "{text}");
    }
}

#[test]
fn a_number_that_may_be_a_fact_is_noticed_whole() {
    check("Some 36,500 came.", &["36,500"]);
    check("Rund 1.250,5 Tonnen.", &["1.250,5"]);
    check("It fell by 4.5% (or 12 percent).", &["4.5%", "12"]);
    check("It costs $5 or €1,200.", &["5", "1,200"]);
    check(
        "**12** people, a 30-day wait, 10–12 ships.",
        &["12", "30", "10", "12"],
    );
    check("| a | 7 |\n|---|---|\n| b | 8 |", &["7", "8"]);
    check("Ünïcode 3 stays.[^a]\n\n[^a]: And 4 here.\n", &["3", "4"]);
}

#[test]
fn dates_times_names_and_places_are_no_facts() {
    for text in [
        "On January 27, 2025, and in 2024 or 1999.",
        "On 27 January, on Jan. 2, am 3. März, el 4 de enero, le 5 août.",
        "From January 2 to 10, and 11 to 12 March, May 3–5.",
        "At 9:30, at 9 a.m., um 10 Uhr.",
        "The 2nd and 27th, page 4, Article 5, No. 6, step 7.",
        "COVID-19, G7, 24/7, 2025-01-27, MP3, v1.2, #12.",
        "A heading:\n\n## Twelve or 12\n",
        "`12` and [13 people](https://example.org) and [@paper, para 4].",
        "```\n12\n```\n",
    ] {
        check(text, &[]);
    }
}

#[test]
fn quotations_are_counted_and_what_they_say_is_theirs() {
    for (text, n_quotations) in [
        ("“We were 12,” she said. “And 13.”", 2),
        ("\"We were 12,\" she said.", 1),
        ("„Wir waren 12“, sagte sie.", 1),
        ("« Nous étions 12 », dit-elle.", 1),
        ("> We were 12.\n", 1),
        ("The 5’s and ‘so’.", 0),
    ] {
        let (body, _) = page(text, SAFE, &[]);
        assert_eq!(body.n_quotations, n_quotations, "{text}");
        assert!(
            body.numbers.iter().all(|number| number.words == "5"),
            "{text}"
        );
    }
    // A mark that is never closed affects only its block.
    check("“Open\n\nThen 12.", &["12"]);
}
