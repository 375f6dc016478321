//! Recognizes the language of a text where nobody says which it is.

use whatlang::{Lang, detect};

use super::language::Language;

/// How much of a text is examined, in bytes. Some 3,000 words are plenty to decide, and a longer sample would only take
/// longer.
const SAMPLE: usize = 20_000;

/// A language that a text was recognized as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recognized {
    /// Its code: two letters where there is such a code (ISO 639-1), otherwise three (ISO 639-3).
    pub code: &'static str,
    /// Its name in English.
    pub name: &'static str,
    /// Whether the text is long and plain enough to be sure.
    pub is_sure: bool,
}

impl Recognized {
    /// Its words; `None` if no file for it ships.
    pub fn language(&self) -> Option<&'static Language> {
        Language::named(self.code)
    }
}

/// The language of a text; `None` if it has too few words to tell, or none that tell.
///
/// # Examples
///
/// ```
/// use nutgraf_language::recognize;
///
/// let text = "Der Stadtrat hat am Montag beschlossen, dass die alte Brücke im Sommer geschlossen wird.";
/// assert_eq!(recognize(text).unwrap().code, "de");
/// assert!(recognize("42").is_none());
/// ```
pub fn recognize(text: &str) -> Option<Recognized> {
    let mut end = text.len().min(SAMPLE);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let found = detect(&text[..end])?;
    Some(Recognized {
        code: code(found.lang()),
        name: found.lang().eng_name(),
        is_sure: found.is_reliable(),
    })
}

fn code(lang: Lang) -> &'static str {
    match lang {
        Lang::Eng => "en",
        Lang::Spa => "es",
        Lang::Deu => "de",
        Lang::Fra => "fr",
        Lang::Por => "pt",
        Lang::Ita => "it",
        Lang::Nld => "nl",
        Lang::Cat => "ca",
        Lang::Pol => "pl",
        Lang::Rus => "ru",
        Lang::Ukr => "uk",
        Lang::Ara => "ar",
        Lang::Pes => "fa",
        Lang::Hin => "hi",
        Lang::Cmn => "zh",
        Lang::Jpn => "ja",
        Lang::Kor => "ko",
        Lang::Tur => "tr",
        Lang::Swe => "sv",
        Lang::Dan => "da",
        Lang::Nob => "nb",
        Lang::Fin => "fi",
        Lang::Ces => "cs",
        Lang::Slk => "sk",
        Lang::Hun => "hu",
        Lang::Ron => "ro",
        Lang::Ell => "el",
        Lang::Heb => "he",
        Lang::Vie => "vi",
        Lang::Tha => "th",
        Lang::Ind => "id",
        Lang::Ben => "bn",
        Lang::Urd => "ur",
        Lang::Bul => "bg",
        Lang::Hrv => "hr",
        Lang::Srp => "sr",
        other => other.code(),
    }
}
