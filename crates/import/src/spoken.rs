//! In which language is an article, and who says so?

use crate::error::Error;

use super::language::Language;

/// The language of an article, and how it came to be known.
pub(super) struct Spoken {
    pub(super) language: &'static Language,
    /// Its code, also of one that isn't read.
    pub(super) code: String,
    /// What the text looks like to be in, if that isn't what was said of it.
    seems: Option<&'static str>,
}

impl Spoken {
    /// The language that is given, else that of the page, else that which the text is recognized to be in.
    ///
    /// # Errors
    ///
    /// If the language that is given isn't read.
    pub(super) fn of(given: Option<&str>, page: Option<&str>, text: &str) -> Result<Self, Error> {
        let seen = nutgraf_language::recognize(text).filter(|seen| seen.is_sure);
        let said = match given {
            Some(tag) => Some(Language::named(tag).ok_or_else(|| unknown_language(tag))?),
            None => page.and_then(Language::named),
        };
        if let Some(language) = said {
            return Ok(Self {
                language,
                code: language.code().to_owned(),
                seems: seen
                    .filter(|seen| seen.code != language.code())
                    .map(|seen| seen.name),
            });
        }
        let by_page = page.map(primary);
        let known = match seen {
            Some(seen) => Language::named(seen.code),
            None if by_page.is_none() => {
                Some(Language::by_small_words(text).unwrap_or_else(Language::english))
            }
            None => None,
        };
        Ok(match (known, seen) {
            (Some(language), _) => Self {
                language,
                code: language.code().to_owned(),
                seems: None,
            },
            (None, seen) => Self {
                language: Language::unknown(),
                code: by_page
                    .or(seen.map(|seen| seen.code))
                    .unwrap_or_default()
                    .to_owned(),
                seems: seen.map(|seen| seen.name),
            },
        })
    }

    pub(super) fn remark(&self) -> Option<String> {
        let name = self.seems.unwrap_or(&self.code);
        if !self.language.is_known() {
            let known: Vec<&str> = Language::codes().collect();
            return Some(format!(
                "The article seems to be in {name}, from which nothing can be drafted yet: its text is kept, and its source is recorded. If it is in another language, import it again with `--language` (`{}`).",
                known.join("`, `")
            ));
        }
        self.seems.map(|name| {
            format!(
                "The article was read as {}, but its words look like {name}. If they are, import it again with `--language`.",
                self.language.name()
            )
        })
    }
}

/// The language of a BCP 47 tag without its region.
pub(super) fn primary(tag: &str) -> &str {
    tag.split(['-', '_']).next().unwrap_or_default()
}

fn unknown_language(tag: &str) -> Error {
    let known = Language::codes().collect::<Vec<_>>().join("`, `");
    Error::usage(format!("articles in `{tag}` can't be read yet"))
        .help(format!("the languages are `{known}`"))
}
