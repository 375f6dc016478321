//! The words of the interface: the built-in languages, and what a project changes or adds.

use std::collections::BTreeMap;

use serde_yaml::Value;

use super::WORDS;
use crate::diag::{Code, Diagnostic, Diagnostics, Place, Span};
use crate::project::SourcePath;

/// The ends of keys that are for some numbers only, by CLDR.
const CATEGORIES: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// The folder with a project's own words, one file per language.
const FOLDER: &str = "templates/words/";

/// The words of a language as layers, later ones overriding earlier ones: English, the language, its regional form,
/// each first as built in and then as in the project. A language without a translation uses English.
///
/// A key with a number has several forms, which end in the plural categories of Unicode CLDR: `reading_minutes_one`,
/// `reading_minutes_other`. Only the `project` files named `templates/words/LANGUAGE.yaml` count.
///
/// # Errors
///
/// Records a diagnostic for each file that isn't YAML, and for each value that isn't text; the rest is used.
///
/// # Examples
///
/// ```
/// use nutgraf::diag::Diagnostics;
/// use nutgraf::project::SourcePath;
///
/// let own = SourcePath::new("templates/words/es.yaml");
/// let mut diagnostics = Diagnostics::new();
/// let layers = nutgraf::theme::words("es-MX", [(&own, "sources: Las fuentes")], &mut diagnostics);
/// assert_eq!(layers.last().unwrap()["sources"], "Las fuentes");
/// assert!(diagnostics.is_empty());
/// ```
pub fn words<'a>(
    language: &str,
    project: impl IntoIterator<Item = (&'a SourcePath, &'a str)>,
    diagnostics: &mut Diagnostics,
) -> Vec<BTreeMap<String, String>> {
    let project: BTreeMap<&str, (&SourcePath, &str)> = project
        .into_iter()
        .filter_map(|(file, text)| Some((language_of(file)?, (file, text))))
        .collect();
    let mut layers = Vec::new();
    for language in fallbacks(language) {
        let name = format!("{language}.yaml");
        let builtin = WORDS.iter().find(|(file, _)| **file == name);
        if let Some((_, text)) = builtin {
            let file = SourcePath::new(format!("{FOLDER}{name}"));
            layers.push(layer(&file, text, diagnostics));
        }
        if let Some((file, text)) = project.get(language.as_str()) {
            layers.push(layer(file, text, diagnostics));
        }
    }
    layers
}

/// Whether a project file may contain words.
pub fn are_words(file: &SourcePath) -> bool {
    language_of(file).is_some()
}

/// Whether there are words for a language or for the one that it is a form of, built in or in a project's files.
pub fn has_words<'a>(language: &str, files: impl IntoIterator<Item = &'a SourcePath>) -> bool {
    let own: Vec<&str> = files.into_iter().filter_map(language_of).collect();
    let is_english = language == "en" || language.starts_with("en-");
    let mut forms = fallbacks(language).into_iter().skip(1);
    is_english
        || forms.any(|form| {
            let is_builtin = WORDS
                .iter()
                .any(|(file, _)| file.strip_suffix(".yaml") == Some(&form));
            is_builtin || own.contains(&form.as_str())
        })
}

/// The words that a language lacks, of those that are in English in its stead. A form for some numbers isn't missed where
/// there is one for all others: not every language needs it.
pub fn missing<'w>(foreign: impl Iterator<Item = &'w str>) -> Vec<&'w str> {
    let foreign: Vec<&str> = foreign.collect();
    let is_needed = |key: &&str| match key.rsplit_once('_') {
        Some((stem, category)) if CATEGORIES.contains(&category) && category != "other" => {
            foreign.contains(&&*format!("{stem}_other"))
        }
        _ => true,
    };
    foreign.iter().copied().filter(is_needed).collect()
}

/// The language of a file of words; `None` if it isn't one.
fn language_of(file: &SourcePath) -> Option<&str> {
    file.as_str().strip_prefix(FOLDER)?.strip_suffix(".yaml")
}

/// `en`, `pt`, `pt-BR` for `pt-BR`: from the fallback for everybody to the exact language.
fn fallbacks(language: &str) -> Vec<String> {
    let mut languages = vec!["en".to_owned()];
    let ends = language.match_indices('-').map(|(end, _)| end);
    for end in ends.chain([language.len()]) {
        let part = language[..end].to_owned();
        if part != "en" {
            languages.push(part);
        }
    }
    languages
}

fn layer(file: &SourcePath, text: &str, diagnostics: &mut Diagnostics) -> BTreeMap<String, String> {
    let value = match serde_yaml::from_str::<Value>(text) {
        Ok(value) => value,
        Err(error) => {
            diagnostics.push(syntax_fault(file, text, &error));
            return BTreeMap::new();
        }
    };
    let Value::Mapping(mapping) = value else {
        if value != Value::Null {
            let message = "expected a word per line, such as `sources: Sources`";
            diagnostics.push(Diagnostic::new(Code::WrongType, Place::file(file), message));
        }
        return BTreeMap::new();
    };
    let mut words = BTreeMap::new();
    for (key, value) in mapping {
        match (key, value) {
            (Value::String(key), Value::String(value)) => {
                words.insert(key, value);
            }
            (key, _) => {
                let key = key.as_str().unwrap_or("?").to_owned();
                let message = format!("expected text for `{key}`");
                let place = line_of(file, text, &key);
                let fault = Diagnostic::new(Code::WrongType, place, message);
                diagnostics.push(fault.help("put the words between quotation marks"));
            }
        }
    }
    words
}

fn syntax_fault(file: &SourcePath, text: &str, error: &serde_yaml::Error) -> Diagnostic {
    let place = match error.location() {
        Some(location) => {
            let start = location.index().min(text.len());
            Place::new(file, Span::new(start, start))
        }
        None => Place::file(file),
    };
    let message = format!("not YAML: {error}");
    Diagnostic::new(Code::YamlSyntax, place, message)
}

/// The place of a key at the start of a line.
fn line_of(file: &SourcePath, text: &str, key: &str) -> Place {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if line
            .strip_prefix(key)
            .is_some_and(|rest| rest.starts_with(':'))
        {
            return Place::new(file, Span::new(start, start + line.trim_end().len()));
        }
        start += line.len();
    }
    Place::file(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn builtin(language: &str) -> BTreeMap<String, String> {
        let mut diagnostics = Diagnostics::new();
        let layers = words(language, [], &mut diagnostics);
        assert!(diagnostics.is_empty(), "{:?}", diagnostics.sorted());
        layers.into_iter().last().unwrap()
    }

    /// The forms of CLDR that English has no words for.
    const FORMS: [&str; 4] = ["zero", "two", "few", "many"];

    fn holes(text: &str) -> Vec<&str> {
        let mut holes: Vec<&str> = text
            .split('{')
            .skip(1)
            .filter_map(|hole| hole.split_once('}').map(|(name, _)| name))
            .collect();
        holes.sort_unstable();
        holes
    }

    #[test]
    fn every_language_has_the_words_of_english_with_the_same_holes() {
        let english = builtin("en");
        for (file, _) in WORDS {
            let translated = builtin(file.strip_suffix(".yaml").unwrap());
            // Some languages have more forms of a plural than English.
            let is_more = |key: &String| {
                let form = key
                    .rsplit_once('_')
                    .filter(|(_, form)| FORMS.contains(form));
                form.is_some_and(|(word, _)| english.contains_key(&format!("{word}_other")))
            };
            let keys: Vec<_> = translated.keys().filter(|key| !is_more(key)).collect();
            assert_eq!(keys, english.keys().collect::<Vec<_>>(), "{file}");
            for (key, text) in &translated {
                let plural = key.rsplit_once('_').filter(|_| is_more(key));
                let key = plural.map_or(key.clone(), |(word, _)| format!("{word}_other"));
                assert_eq!(holes(text), holes(&english[&key]), "{file}: {key}");
            }
        }
    }

    #[test]
    fn an_unknown_language_speaks_english() {
        assert_eq!(builtin("tlh"), builtin("en"));
    }

    #[test]
    fn a_value_that_is_no_text_is_reported_at_its_line() {
        let file = SourcePath::new("templates/words/en.yaml");
        let text = "home: Start\nsources: [a]\n";
        let mut diagnostics = Diagnostics::new();
        let layers = words("en", [(&file, text)], &mut diagnostics);
        assert_eq!(layers.last().unwrap().len(), 1);
        let fault = diagnostics.sorted()[0].clone();
        assert_eq!(fault.message, "expected text for `sources`");
        assert_eq!(fault.place.span, Some(Span::new(12, 24)));
    }

    #[test]
    fn a_file_that_is_no_yaml_is_reported_and_the_built_in_words_hold() {
        let file = SourcePath::new("templates/words/en.yaml");
        let mut diagnostics = Diagnostics::new();
        let layers = words("en", [(&file, "home: [")], &mut diagnostics);
        assert_eq!(layers[0]["home"], "Home");
        assert_eq!(diagnostics.sorted()[0].code, Code::YamlSyntax);
    }
}
