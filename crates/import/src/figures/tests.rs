use super::super::dates;
use super::*;

fn found(code: &str, text: &str) -> Vec<String> {
    let language = Language::named(code).unwrap();
    let article = Article::read(text, language);
    let dates = dates::find(&article, language, Some("2025-01-28".parse().unwrap()), &[]);
    find(&article, language, &dates)
        .into_iter()
        .map(|figure| {
            let hedge = figure.qualifier.map_or("", Qualifier::name);
            format!("{hedge} {} {}", figure.value(), figure.unit)
                .trim()
                .to_owned()
        })
        .collect()
}

fn check(text: &str, expected: &[&str]) {
    assert_eq!(found("en", text), expected, "{text}");
}

#[test]
fn numbers_come_with_their_hedge_and_unit() {
    check(
        "Over 345 Muslim pilgrims have been killed.",
        &["over 345 pilgrims"],
    );
    check(
        "A poll found 55 percent of voters for it. Eighty-eight percent agreed.",
        &["55 percent", "88 percent"],
    );
    check(
        "He was freed on US$ 20,000 bail; it cost $3.5 million.",
        &["20000 USD", "3500000 USD"],
    );
    check(
        "They sent back at least three groups of people.",
        &["at least 3 groups"],
    );
    check(
        "They owe over 422,000 euros in arrears.",
        &["over 422000 EUR"],
    );
    check(
        "Killing 107 or more and wounding 238, it fell.",
        &["at least 107", "238"],
    );
    check(
        "Two-thirds of voters and half of the members came.",
        &["0.6667 voters", "0.5 members"],
    );
    check(
        "Prices rose 2.5 percentage points to 4.50%.",
        &["2.5 percentage points", "4.50 percent"],
    );
    check(
        "In the 20-minute demonstration it grew 18-fold.",
        &["20 minutes", "18 fold"],
    );
    check(
        "Nearly half a million people came.",
        &["about 500000 people"],
    );
    check("More than a thousand people died.", &["over 1000 people"]);
    check("One in three visits came from there.", &["0.3333 visits"]);
}

#[test]
fn dates_times_ages_scores_ordinals_and_names_are_no_figures() {
    check(
        "At 15:11 GMT on January 20, 2025, at 5 p.m. and in 2010.",
        &[],
    );
    check(
        "Dan Mont, 19, and a 14-year-old boy, aged 3, and a nine-month-old child.",
        &[],
    );
    check("Sweden won 1 – 0 and lost 2-1 in the 62nd minute.", &[]);
    check("The 22nd fair and the twenty-first one.", &[]);
    check(
        "A Boeing 737 flew over Article 5 and COVID-19 of the 501st Legion.",
        &[],
    );
    check("One poster wrote; one side won the first half.", &[]);
    check(
        "Had it come five hours earlier, two days before the feast.",
        &[],
    );
    check("People in their 30s of the 1990s.", &[]);
    check("1. Wash the pan.\n2) Dry it.", &[]);
    check("It ran 24/7, call 555-0100.", &[]);
}

#[test]
fn a_range_of_something_is_two_figures() {
    check(
        "Between 20 and 30 percent came; 10-15 people left.",
        &["20 percent", "30 percent", "10 people", "15 people"],
    );
}

#[test]
fn from_and_to_with_dates_are_a_series() {
    let language = Language::named("en").unwrap();
    let check = |text: &str| {
        let article = Article::read(text, language);
        let dates = dates::find(&article, language, None, &[]);
        let figures = find(&article, language, &dates);
        let series = series(&article, language, &figures, &dates);
        assert_eq!(series.len(), 1, "{text}");
        let value = |(figure, date): (usize, usize)| {
            (
                figures[figure].value(),
                dates[date].date.as_ref().unwrap().written().to_owned(),
            )
        };
        assert_eq!(
            value(series[0].from),
            ("52000".to_owned(), "2021".to_owned())
        );
        assert_eq!(value(series[0].to), ("67500".to_owned(), "2022".to_owned()));
    };
    check("The count of passengers grew from over 52,000 in 2021 to 67,500 in 2022.");
    check("Arrivals rose to 67,500 in 2022 from 52,000 in 2021.");
}

#[test]
fn a_poll_has_its_days_people_sample_and_margin() {
    let language = Language::named("en").unwrap();
    let text = "A Mill Times/Ipsum poll of 1,204 registered voters, held from January 3 to 12, found 55 percent for it. The margin of error was plus or minus 2.6 percentage points.";
    let article = Article::read(text, language);
    let dates = dates::find(&article, language, Some("2025-01-28".parse().unwrap()), &[]);
    let figures = find(&article, language, &dates);
    let polls = polls(&article, language, &figures, &dates);
    let poll = &polls[0];
    assert_eq!(article.words(&poll.name), "Mill Times/Ipsum poll");
    assert_eq!(
        dates[poll.date.unwrap()].date.as_ref().unwrap().written(),
        "2025-01-03/2025-01-12"
    );
    assert_eq!(figures[poll.sample.unwrap()].value(), "1204");
    assert_eq!(figures[poll.margin.unwrap()].value(), "2.6");
    assert_eq!(
        article.words(poll.population.as_ref().unwrap()),
        "registered voters"
    );
}

#[test]
fn spanish_figures_are_found_by_the_same_rules() {
    let check = |text: &str, expected: &[&str]| assert_eq!(found("es", text), expected, "{text}");
    check(
        "Más de 1.426 peregrinos y al menos tres grupos.",
        &["over 1426 peregrinos", "at least 3 grupos"],
    );
    check(
        "El 55,5 por ciento de los votantes, unos 4 millones de euros.",
        &["55.5 percent", "about 4000000 EUR"],
    );
}

#[test]
fn limits_of_age_and_hours_of_the_day_are_no_figures() {
    check("Riders under 18 will still travel free.", &[]);
    check("People over 65 pay $2.", &["2 USD"]);
    check("Children under 5 go free.", &[]);
    check("Every morning at nine, he winds 31 clocks.", &["31 clocks"]);
    check("They sold it at nine dollars.", &["9 USD"]);
}

#[test]
fn a_word_behind_a_number_is_what_is_counted_though_it_could_be_a_verb() {
    check(
        "The museum said 412 objects were destroyed.",
        &["412 objects"],
    );
}
