//! The template filters in addition to Tera's own.

use icu_locale_core::Locale;
use icu_plurals::{PluralCategory, PluralRules};
use tera::value::Key;
use tera::{Kwargs, Map, State, TeraResult, Value};

/// `{{ words.by | fill(names="Ada") }}`: the text with its placeholders (`{names}`) filled in. Placeholders without a
/// value are kept.
pub(super) fn fill(text: &str, values: Kwargs, _: &State<'_>) -> String {
    let values: Vec<(String, String)> = values
        .iter()
        .map(|(key, value)| (key.to_string(), value.to_string()))
        .collect();
    fill_holes(text, &values)
}

/// `{{ words | plural(key="reading_minutes", n=3) }}`: the words for a count, by the plural rules of the language
/// (`reading_minutes_one`, `reading_minutes_other`), with `{n}` filled in.
pub(super) fn plural(
    language: &str,
) -> impl Fn(&Map, Kwargs, &State<'_>) -> TeraResult<String> + Send + Sync + 'static {
    let locale: Locale = language.parse().unwrap_or(Locale::UNKNOWN);
    let rules = PluralRules::try_new_cardinal(locale.into()).ok();
    move |words, values, _| {
        let key: &str = values.must_get("key")?;
        let n: usize = values.must_get("n")?;
        let category = rules.as_ref().map(|rules| rules.category_for(n));
        let exact = format!("{key}_{}", suffix(category));
        let other = format!("{key}_other");
        let text = [&exact, &other]
            .into_iter()
            .find_map(|key| words.get(&Key::Str(key)).and_then(Value::as_str))
            .ok_or_else(|| tera::Error::message(format!("there are no words `{other}`")))?;
        Ok(fill_holes(text, &[("n".to_owned(), n.to_string())]))
    }
}

fn suffix(category: Option<PluralCategory>) -> &'static str {
    match category {
        Some(PluralCategory::Zero) => "zero",
        Some(PluralCategory::One) => "one",
        Some(PluralCategory::Two) => "two",
        Some(PluralCategory::Few) => "few",
        Some(PluralCategory::Many) => "many",
        Some(PluralCategory::Other) | None => "other",
    }
}

/// Fills in placeholders from left to right, once: inserted text is never searched for placeholders.
fn fill_holes(text: &str, values: &[(String, String)]) -> String {
    let mut filled = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some((before, hole)) = rest.split_once('{') {
        filled.push_str(before);
        let known = hole.split_once('}').and_then(|(name, after)| {
            let value = values.iter().find(|(known, _)| known == name);
            value.map(|(_, value)| (value, after))
        });
        match known {
            Some((value, after)) => {
                filled.push_str(value);
                rest = after;
            }
            None => {
                filled.push('{');
                rest = hole;
            }
        }
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let values = [
            ("a".to_owned(), "{b}".to_owned()),
            ("b".to_owned(), "2".to_owned()),
        ];
        assert_eq!(fill_holes(text, &values), expected);
    }

    #[test]
    fn holes_are_filled_once_and_unknown_ones_stay() {
        check("from {a} to {b}", "from {b} to 2");
        check("{c} {b", "{c} {b");
        check("{c {b}", "{c 2");
        check("", "");
    }
}
