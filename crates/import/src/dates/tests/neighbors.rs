//! Dates that take their month or year from another one: that of publication, or the one before them.

use super::found;

/// What is found in a text in a language that was published on Thursday, March 13, 2025.
#[track_caller]
fn check_in(code: &str, text: &str, expected: &[&str]) {
    assert_eq!(
        found(code, Some("2025-03-13"), text),
        expected,
        "{code}: {text}"
    );
}

#[test]
fn a_month_can_be_of_another_year() {
    for (code, text, words) in [
        (
            "en",
            "It was closed in August last year.",
            "August last year",
        ),
        (
            "es",
            "Se cerró en agosto del año pasado.",
            "agosto del año pasado",
        ),
        (
            "fr",
            "Il a fermé en août de l’an dernier.",
            "août de l’an dernier",
        ),
        (
            "de",
            "Es schloss im August vergangenen Jahres.",
            "August vergangenen Jahres",
        ),
        (
            "pt",
            "Fechou em agosto do ano passado.",
            "agosto do ano passado",
        ),
    ] {
        check_in(code, text, &[&format!("{words} = 2024-08")]);
    }
    check_in(
        "en",
        "It was closed on August 30 last year.",
        &["August 30 last year = 2024-08-30"],
    );
}

#[test]
fn a_weekday_can_have_the_number_of_its_day() {
    for (code, text, words) in [
        ("es", "Será publicado el martes 25.", "el martes 25"),
        ("fr", "Il sera publié mardi 25.", "mardi 25"),
        (
            "en",
            "It will be published on Tuesday the 25th.",
            "Tuesday the 25th",
        ),
        (
            "de",
            "Es soll am Dienstag, den 25. erscheinen.",
            "Dienstag, den 25.",
        ),
    ] {
        check_in(code, text, &[&format!("{words} = 2025-03-25")]);
    }
    check_in(
        "es",
        "Lo anunció el martes 25 de febrero.",
        &["el martes 25 de febrero = 2025-02-25"],
    );
    check_in(
        "es",
        "Vendrán el martes 25 personas.",
        &["el martes = 2025-03-18"],
    );
}

#[test]
fn a_weekday_can_be_counted_from_the_date_before_it() {
    check_in(
        "en",
        "The council met on Monday, March 3. The previous Friday, the mayor resigned.",
        &[
            "Monday, March 3 = 2025-03-03",
            "The previous Friday = 2025-02-28",
        ],
    );
    check_in(
        "es",
        "Se votó el domingo. Se habían reunido el viernes anterior.",
        &[
            "el domingo = 2025-03-09",
            "el viernes anterior = 2025-03-07",
        ],
    );
    check_in(
        "de",
        "Am Freitag zuvor war er gegangen.",
        &["Freitag zuvor = 2025-03-07"],
    );
}

#[test]
fn a_month_can_be_of_the_year_of_the_date_before_it() {
    for (code, text, expected) in [
        (
            "en",
            "It was found on August 14, 2018. It was raised in October of that year.",
            "October of that year = 2018-10",
        ),
        (
            "es",
            "Se halló el 14 de agosto de 2018. Se sacó en octubre del mismo año.",
            "octubre del mismo año = 2018-10",
        ),
        (
            "fr",
            "Il fut trouvé le 14 août 2018. Il fut sorti en octobre de la même année.",
            "octobre de la même année = 2018-10",
        ),
        (
            "de",
            "Es wurde am 14. August 2018 gefunden. Geborgen wurde es im Oktober desselben Jahres.",
            "Oktober desselben Jahres = 2018-10",
        ),
    ] {
        let found = found(code, Some("2025-03-13"), text);
        assert_eq!(found.last().map(String::as_str), Some(expected), "{text}");
    }
    check_in(
        "fr",
        "Le 9 novembre dernier, un tracteur a été heurté.",
        &["Le 9 novembre dernier = 2024-11-09"],
    );
}

#[test]
fn what_is_to_be_observed_is_still_to_come() {
    check_in(
        "en",
        "A day of mourning will be observed on Saturday.",
        &["Saturday = 2025-03-15"],
    );
    check_in(
        "fr",
        "De nouvelles pluies sont attendues dimanche.",
        &["dimanche = 2025-03-16"],
    );
}
