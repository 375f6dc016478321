mod neighbors;

use super::super::language::Language;
use super::super::text::Article;
use super::*;

fn found(code: &str, published: Option<&str>, text: &str) -> Vec<String> {
    let language = Language::named(code).unwrap();
    let article = Article::read(text, language);
    let published = published.map(|day| day.parse().unwrap());
    find(
        &article,
        language,
        published,
        &crate::quotes::find(&article, language),
    )
    .into_iter()
    .map(|mention| {
        let date = mention.date.as_ref().map_or("?", PartialDate::written);
        format!("{} = {date}", article.slice(&mention.span))
    })
    .collect()
}

/// What is found in a text published on Tuesday, January 28, 2025.
fn check(text: &str, expected: &[&str]) {
    assert_eq!(found("en", Some("2025-01-28"), text), expected, "{text}");
}

#[test]
fn dates_on_the_calendar_are_as_precise_as_their_words() {
    check(
        "It was signed on January 20, 2025, in Rome.",
        &["January 20, 2025 = 2025-01-20"],
    );
    check(
        "It was signed on Monday, 20 January 2025.",
        &["Monday, 20 January 2025 = 2025-01-20"],
    );
    check(
        "It was signed in Jan. 2025 and sealed in 2026.",
        &["Jan. 2025 = 2025-01", "2026 = 2026"],
    );
    check(
        "The 1990s and the 19th century were alike.",
        &["The 1990s = 199X", "the 19th century = 18XX"],
    );
    check(
        "In early 2027 it opens; in summer 2024 it closed.",
        &["early 2027 = 2027~", "summer 2024 = 2024-22"],
    );
    check(
        "It closed in mid-January 2024.",
        &["mid-January 2024 = 2024-01~"],
    );
    check(
        "A wing opens in spring 2026; another fell in fall 2023.",
        &["spring 2026 = 2026-21", "fall 2023 = 2023-23"],
    );
    check("Nobody came on February 30, 2024.", &[]);
}

#[test]
fn stretches_share_their_month_and_year_both_ways() {
    check(
        "A survey, held from January 3 to 12, found it.",
        &["from January 3 to 12 = 2025-01-03/2025-01-12"],
    );
    check(
        "It ran from December 30 to January 3.",
        &["from December 30 to January 3 = 2024-12-30/2025-01-03"],
    );
    check(
        "The work, done between March 1 and May 20, is over.",
        &["between March 1 and May 20 = 2025-03-01/2025-05-20"],
    );
    check(
        "It ran 2–10 January 2024.",
        &["2–10 January 2024 = 2024-01-02/2024-01-10"],
    );
    check(
        "In the years from 2004 to 2009 it grew.",
        &["from 2004 to 2009 = 2004/2009"],
    );
    check(
        "It lasted from March to May 2024.",
        &["from March to May 2024 = 2024-03/2024-05"],
    );
}

#[test]
fn weekdays_are_the_last_ones_unless_the_clause_looks_ahead() {
    check("She said so on Monday.", &["Monday = 2025-01-27"]);
    check("She said so on Tuesday.", &["Tuesday = 2025-01-28"]);
    check("The court will rule on Friday.", &["Friday = 2025-01-31"]);
    check(
        "He met them on Friday and is to travel on Thursday.",
        &["Friday = 2025-01-24", "Thursday = 2025-01-30"],
    );
    check("It fell last Tuesday.", &["last Tuesday = 2025-01-21"]);
    check("Black Friday was slow, the Sunday Times wrote.", &[]);
    check("The Sun wrote it.", &[]);
}

#[test]
fn relative_dates_are_counted_from_publication() {
    check(
        "It rained yesterday afternoon.",
        &["yesterday = 2025-01-27"],
    );
    check(
        "Last week a hotel fell down.",
        &["Last week = 2025-01-20/2025-01-26"],
    );
    check(
        "They came last year, and left two weeks ago.",
        &["last year = 2024", "two weeks ago = 2025-01-14~"],
    );
    check("She arrived three years ago.", &["three years ago = 2022"]);
    check(
        "This weekend the fair drew crowds.",
        &["This weekend = 2025-01-25/2025-01-26"],
    );
    check(
        "The fair will return next month.",
        &["next month = 2025-02"],
    );
    check(
        "In the past few days, several towns asked.",
        &["the past few days = ../2025-01-28"],
    );
}

#[test]
fn a_missing_year_is_the_nearest_and_then_the_tense_decides() {
    check(
        "He was freed ahead of a hearing on February 3.",
        &["February 3 = 2025-02-03"],
    );
    check(
        "The vote will be held on July 20.",
        &["July 20 = 2025-07-20"],
    );
    check(
        "The vote was held on August 20.",
        &["August 20 = 2024-08-20"],
    );
    check("The bridge closed in November.", &["November = 2024-11"]);
    check("The bridge will close in March.", &["March = 2025-03"]);
    let may = found(
        "en",
        Some("2016-05-15"),
        "The series will start on November 20.",
    );
    assert_eq!(may, ["November 20 = 2016-11-20"]);
}

#[test]
fn numbers_and_words_that_only_look_like_dates_are_left_alone() {
    check("About 2000 people may march on; 5 may stay.", &[]);
    check("Today, about 100,000 people worship the gods.", &[]);
    check("The 1991 feast drew 1,426 people.", &["1991 = 1991"]);
    check("She called it the last minute of the match.", &[]);
    check("It comes ten days before the feast.", &[]);
}

#[test]
fn a_date_can_be_counted_from_the_one_before_it() {
    check(
        "It opened on March 1, 2024, and closed the next day.",
        &["March 1, 2024 = 2024-03-01", "the next day = 2024-03-02"],
    );
    check(
        "It opened in 2010 and fell two years later.",
        &["2010 = 2010", "two years later = 2012"],
    );
}

#[test]
fn without_a_day_of_publication_relative_dates_stay_open_and_say_so() {
    let text = "It rained yesterday, and on January 20, 2025.";
    assert_eq!(
        found("en", None, text),
        ["yesterday = ?", "January 20, 2025 = 2025-01-20"]
    );
    let language = Language::named("en").unwrap();
    let article = Article::read("It rained on Monday.", language);
    let mentions = find(&article, language, None, &[]);
    assert!(
        mentions[0]
            .inferred
            .as_ref()
            .unwrap()
            .contains("publication date")
    );
}

#[test]
fn spanish_dates_are_found_by_the_same_rules() {
    let check = |text: &str, expected: &[&str]| {
        assert_eq!(found("es", Some("2025-01-28"), text), expected, "{text}");
    };
    check(
        "Se firmó el 20 de enero de 2025 en Roma.",
        &["el 20 de enero de 2025 = 2025-01-20"],
    );
    check(
        "Llegaron el lunes y se irán el viernes.",
        &["el lunes = 2025-01-27", "el viernes = 2025-01-31"],
    );
    check("Ayer llovió.", &["Ayer = 2025-01-27"]);
    check(
        "La encuesta, hecha del 2 al 10 de enero, lo dice.",
        &["del 2 al 10 de enero = 2025-01-02/2025-01-10"],
    );
    check(
        "Hace dos semanas cerró.",
        &["Hace dos semanas = 2025-01-14~"],
    );
    check(
        "La semana pasada abrió.",
        &["La semana pasada = 2025-01-20/2025-01-26"],
    );
}

#[test]
fn the_dateline_gives_the_day_of_publication() {
    let language = Language::named("en").unwrap();
    let article = Article::read(
        "Bridge closed\n\nMonday, May 18, 2015\n\nIt was closed on Friday, say the guards.",
        language,
    );
    assert_eq!(
        publication(&article, language).unwrap().to_string(),
        "2015-05-18"
    );
}

#[test]
fn numbered_days_of_an_event_are_counted_from_one_that_is_dated() {
    check(
        "Fair opens, day two sold out\n\nOn Saturday, the opening night of the book fair, 400 came. Stay away until the third or fourth day of the fair.",
        &[
            "day two = 2025-01-26",
            "Saturday = 2025-01-25",
            "the opening night = 2025-01-25",
            "the third or fourth day = 2025-01-27/2025-01-28",
        ],
    );
    check(
        "On the fifth day of the trial, Monday, she spoke.",
        &["the fifth day = 2025-01-27", "Monday = 2025-01-27"],
    );
    // Of another event, or of one that is never dated or is dated twice.
    check(
        "On Saturday, the opening night of the book fair, 400 came. It was the second day of the strike.",
        &["Saturday = 2025-01-25", "the opening night = 2025-01-25"],
    );
    check(
        "On the first day of school on Monday, it rained.",
        &["Monday = 2025-01-27"],
    );
    check("One day two men came.", &[]);
}

#[test]
fn today_in_quotations_is_the_day_on_which_they_were_spoken() {
    check(
        "\"We are closing the old bridge for good today,\" Lind told reporters on Monday.",
        &["today = 2025-01-27", "Monday = 2025-01-27"],
    );
    check(
        "On Sunday, Lind said: \"This morning we saw the cracks for the first time.\"",
        &["Sunday = 2025-01-26", "This morning = 2025-01-26"],
    );
    // The article has mentioned only one day.
    check(
        "The bridge closed on Monday.\n\nAfter the vote, Lind said, \"We learned a lot from what happened today.\"",
        &["Monday = 2025-01-27", "today = 2025-01-27"],
    );
    // The date belongs to something else.
    check(
        "\"We are closing the old bridge for good today,\" said Lind, who was elected on Monday.",
        &["today = ?", "Monday = 2025-01-27"],
    );
    // People talk about older events on other days, too.
    check(
        "The bridge closed on January 20.\n\nLind said, \"We learned a lot from what happened today.\"",
        &["January 20 = 2025-01-20", "today = ?"],
    );
    check(
        "It cracked on Friday and closed on Monday.\n\nLind said, \"We learned a lot from what happened today.\"",
        &["Friday = 2025-01-24", "Monday = 2025-01-27", "today = ?"],
    );
}

#[test]
fn the_same_day_is_the_only_one_told_of() {
    check(
        "The bridge closed on Monday.\n\nLater that day, a crowd came. The second ferry of the day was full.",
        &[
            "Monday = 2025-01-27",
            "Later that day = 2025-01-27",
            "the day = 2025-01-27",
        ],
    );
    check(
        "It closed on Monday. That same evening it fell, and the next day it was gone.",
        &[
            "Monday = 2025-01-27",
            "That same evening = 2025-01-27",
            "the next day = 2025-01-28",
        ],
    );
    check(
        "It closed on Monday. The order of the day was calm.",
        &["Monday = 2025-01-27"],
    );
    check("Later that day it closed.", &[]);
}
