//! Finds the part of a name by which a source refers to somebody.

pub(crate) mod attribution;
pub(crate) mod denial;
pub(crate) mod namesake;
pub(crate) mod pronoun;
pub(crate) mod role;
mod saying;
mod subjects;

/// What may follow a surname.
const SUFFIXES: [&str; 7] = ["jr", "jr.", "sr", "sr.", "ii", "iii", "iv"];

/// The surname of a person, or the whole name of a body such as `The White House`.
///
/// Usually the last word. It is the first one if the text has the full name and later uses the first word alone, and
/// never the last: `Mao Ning`, then `Mao said`.
pub fn surname<'n>(name: &'n str, text: &str) -> &'n str {
    let name = name.trim();
    if let Some(body) = name
        .strip_prefix("The ")
        .or_else(|| name.strip_prefix("the "))
    {
        return body;
    }
    let words: Vec<&str> = name.split_whitespace().collect();
    let last = words
        .iter()
        .rposition(|word| !SUFFIXES.contains(&word.to_lowercase().as_str()));
    let Some(last) = last.filter(|last| *last > 0) else {
        return name;
    };
    let is_family_first = last == 1
        && text.contains(&format!("{} {}", words[0], words[1]))
        && stands_alone(text, words[0])
        && !stands_alone_behind(text, words[1], words[0]);
    if is_family_first {
        words[0]
    } else {
        words[last]
    }
}

/// Whether a word occurs somewhere without another capitalized word after it.
fn stands_alone(text: &str, word: &str) -> bool {
    places(text, word).any(|place| {
        let behind = text[place + word.len()..].trim_start_matches(' ');
        !behind.starts_with(char::is_uppercase)
    })
}

/// Whether a word occurs somewhere without `before` in front of it.
fn stands_alone_behind(text: &str, word: &str, before: &str) -> bool {
    places(text, word).any(|place| !text[..place].trim_end().ends_with(before))
}

/// The positions of a whole word.
fn places<'t>(text: &'t str, word: &'t str) -> impl Iterator<Item = usize> + 't {
    text.match_indices(word).filter_map(move |(place, _)| {
        let before = text[..place].chars().next_back();
        let after = text[place + word.len()..].chars().next();
        let is_edge = |char: Option<char>| char.is_none_or(|char| !char.is_alphanumeric());
        (is_edge(before) && is_edge(after)).then_some(place)
    })
}

#[cfg(test)]
mod tests {
    use super::surname;

    #[test]
    fn a_surname_is_the_last_word_unless_the_source_uses_the_first_alone() {
        assert_eq!(surname("Donald Trump", "Trump said so."), "Trump");
        assert_eq!(surname("Robert Kennedy Jr.", ""), "Kennedy");
        assert_eq!(surname("Mao Ning", "Mao Ning came. Mao said so."), "Mao");
        assert_eq!(surname("Mao Ning", "Mao Ning said so."), "Ning");
        assert_eq!(surname("John Doe", "John Doe and John Smith."), "Doe");
        assert_eq!(surname("The White House", ""), "White House");
        assert_eq!(surname("UNICEF", ""), "UNICEF");
    }
}
