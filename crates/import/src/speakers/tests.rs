use super::super::quotes;
use super::*;

fn found(code: &str, text: &str) -> Vec<(String, String)> {
    let language = Language::named(code).unwrap();
    let article = Article::read(text, language);
    let quoted = quotes::find(&article, language);
    let mut roster = Roster::read(&article, language, &quoted);
    attribute(&article, language, quoted, &mut roster)
        .into_iter()
        .map(|quotation| {
            let name = match &quotation.speaker {
                Some(Speaker::Person(person)) => article.words(&roster.people[*person].name),
                Some(Speaker::Body(words) | Speaker::Described(words)) => article.words(words),
                None => "",
            };
            let first = article.words(&quotation.quoted.parts[0]);
            let opening: Vec<&str> = first.split(' ').take(2).collect();
            (opening.join(" "), name.to_owned())
        })
        .collect()
}

/// Expects the first two words of each quotation, with its speaker.
fn check(text: &str, expected: &[(&str, &str)]) {
    let found = found("en", text);
    let found: Vec<(&str, &str)> = found
        .iter()
        .map(|(a, b)| (a.as_str(), b.as_str()))
        .collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn words_behind_a_quotation_name_its_speaker() {
    check(
        "“It is over now,” Ann Poole said.",
        &[("It is", "Ann Poole")],
    );
    check(
        "“It is over now,” said Ann Poole, head of the ferry office.",
        &[("It is", "Ann Poole")],
    );
    check(
        "“It is over now,” Ann Poole, editor at large at the Mill Gazette, said.",
        &[("It is", "Ann Poole")],
    );
    check(
        "“It is over now,” said spokesman Raj Mehta.",
        &[("It is", "Raj Mehta")],
    );
    check(
        "“It is over now,” said the group's director, Raj Mehta.",
        &[("It is", "Raj Mehta")],
    );
    check("“Is it over?” asked Ann Poole.", &[("Is it", "Ann Poole")]);
    check(
        "“It was melting slowly”, according to the Mill Gazette.",
        &[("It was", "Mill Gazette")],
    );
    check(
        "“It is over now,” said Mill Gazette editor Ann Poole on Monday.",
        &[("It is", "Ann Poole")],
    );
    check(
        "“It is over now.” Ann Poole said.",
        &[("It is", "Ann Poole")],
    );
}

#[test]
fn words_before_a_quotation_name_its_speaker() {
    check(
        "Ann Poole said: “It is over now.”",
        &[("It is", "Ann Poole")],
    );
    check(
        "Discussing it, Norway's Prime Minister, Nils Berg said, “It is over now.”",
        &[("It is", "Nils Berg")],
    );
    check(
        "Jeff Hart, the State Department Spokesperson, said, “It is over now.”",
        &[("It is", "Jeff Hart")],
    );
    check(
        "After the match, Panama coach Luis Gomez told reporters “It is over now.”",
        &[("It is", "Luis Gomez")],
    );
    check(
        "Minister of Education Stella Gianni said a “more general” thought is needed.",
        &[("more general", "Stella Gianni")],
    );
    check(
        "The general secretary of the union (UNM), Nora Galan, has called it “wrong” and “ideological”.",
        &[("wrong", "Nora Galan"), ("ideological", "Nora Galan")],
    );
    check(
        "In the words of the prosecutor, Mark Tedd, “it was all too late for them.”",
        &[("it was", "Mark Tedd")],
    );
    check(
        "Ann Poole of The Mill and Mail called it “another small skirmish”.",
        &[("another small", "Ann Poole")],
    );
    check(
        "Ann Poole signed it, saying “it is all over now”.",
        &[("it is", "Ann Poole")],
    );
    check(
        "The White House claimed that it made clear “we are back.”",
        &[("we are", "The White House")],
    );
}

#[test]
fn a_block_of_sayings_is_read_line_by_line() {
    check(
        "What People Are Saying\n\nSenator Jane Doe, Democrat of Ohio, on X, formerly Twitter: “This is a mistake that will cost us.”\n\nRiver Agency spokesperson Mao Li said at a briefing on Friday: “Let me add that we oppose it.”",
        &[("This is", "Jane Doe"), ("Let me", "Mao Li")],
    );
}

#[test]
fn a_speaker_goes_on_until_somebody_else_speaks() {
    check(
        "“It is over now,” Ann Poole said. “We are all going home.”",
        &[("It is", "Ann Poole"), ("We are", "Ann Poole")],
    );
    check(
        "“It is,” Ann Poole said, “over now for all of us.”",
        &[("It is,", "Ann Poole"), ("over now", "Ann Poole")],
    );
    check(
        "Ann Poole stated,\n\n“It is over now for all of us.”",
        &[("It is", "Ann Poole")],
    );
    check(
        "“It is over now,” said Ann Poole.\n\n“We are all going home tonight.”",
        &[("It is", "Ann Poole"), ("We are", "Ann Poole")],
    );
}

#[test]
fn pronouns_mean_the_only_person_or_the_subject_before() {
    check(
        "Ann Poole, a farmer, won the prize. She said, “It is over now.”",
        &[("It is", "Ann Poole")],
    );
    check(
        "Mr. Raj Mehta met Ms. Ann Poole. She said, “It is over now.”",
        &[("It is", "Ann Poole")],
    );
    check("They said, “It is over now for us.”", &[("It is", "")]);
}

#[test]
fn a_role_alone_means_the_person_introduced_with_it() {
    check(
        "Mao Li, spokesperson for the River Agency, said little. “We oppose it in full,” the spokesperson said.",
        &[("We oppose", "Mao Li")],
    );
}

#[test]
fn terms_titles_and_scare_quotes_are_not_speech() {
    check(
        "A user labelled “Anonymous” wrote on the site “Insurgency Wiki”, a spinoff.",
        &[],
    );
    check("Play stopped during the “third map” of the finals.", &[]);
    check("To “route out” in their jargon refers to leaving.", &[]);
    check("Her novel “The Long Night” came out.", &[]);
}

#[test]
fn nobody_is_named_where_the_text_names_nobody() {
    check(
        "Most people supported “deporting those who are here without papers.”",
        &[("deporting those", "")],
    );
    check(
        "All they get is a message stating, “The word means search for truth.”",
        &[("The word", "")],
    );
}

#[test]
fn spanish_speakers_are_found_by_the_same_rules() {
    let check = |text: &str, expected: &[(&str, &str)]| {
        let found = found("es", text);
        let found: Vec<(&str, &str)> = found
            .iter()
            .map(|(a, b)| (a.as_str(), b.as_str()))
            .collect();
        assert_eq!(found, expected, "{text}");
    };
    check(
        "«Esto se ha terminado ya», dijo Ana Robles, alcaldesa de Toro.",
        &[("Esto se", "Ana Robles")],
    );
    check(
        "El ministro de Sanidad, Luis Peña, afirmó: “No habrá más cierres este año”.",
        &[("No habrá", "Luis Peña")],
    );
    check(
        "“No es verdad lo que cuentan”, según el portavoz Iván Gil.",
        &[("No es", "Iván Gil")],
    );
}

#[test]
fn where_somebody_speaks_is_no_part_of_the_name() {
    check(
        "Mayor Ann Poole resigned. “It is over now,” said Poole at the council meeting.",
        &[("It is", "Ann Poole")],
    );
    let spanish = "El alcalde, Ramiro Soto, dimitió ayer. «Me voy con la conciencia tranquila», dijo Soto en el pleno.";
    assert_eq!(
        found("es", spanish),
        [("Me voy".to_owned(), "Ramiro Soto".to_owned())]
    );
}

#[test]
fn letters_behind_a_name_are_no_part_of_it() {
    check(
        "Judge Patricia Lowe QC told Cole to expect prison. “You know what is coming,” the judge said.",
        &[("You know", "Patricia Lowe")],
    );
    check(
        "Transit Riders United, an advocacy group, on X: “They chose parking lots over people.”",
        &[("They chose", "Transit Riders United")],
    );
}
