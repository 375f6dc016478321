//! Turns words into part of an address, or into an id.

use deunicode::deunicode_char;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_script::{Script, UnicodeScript};

/// Makes a slug from words: lowercase letters and digits, with a hyphen for everything between them.
///
/// Latin letters lose their accents, so that addresses can be typed anywhere. Letters of other scripts stay, as in Hugo
/// and Docusaurus: spelled in Latin letters, words that only sound alike would get the same address, and a Japanese
/// reader would find Chinese. Empty if there is neither a letter nor a digit.
///
/// # Examples
///
/// ```
/// use nutgraf_project::project::slugify;
///
/// assert_eq!(slugify("Über die Grenze, 2024"), "uber-die-grenze-2024");
/// assert_eq!(slugify("港の 予算"), "港の-予算");
/// assert_eq!(slugify("Порт Одеса"), "порт-одеса");
/// assert_eq!(slugify("?!"), "");
/// ```
pub fn slugify(text: &str) -> String {
    let mut slug = Slug::default();
    // Most names and headings are ASCII, which needs no Unicode tables.
    if text.is_ascii() {
        text.chars().for_each(|c| slug.ascii(c));
        return slug.finish();
    }
    for c in text.nfc() {
        if is_kept(c) {
            c.to_lowercase().for_each(|c| slug.letter(c));
        } else if c.is_ascii() {
            slug.ascii(c);
        } else {
            deunicode_char(c)
                .unwrap_or("-")
                .chars()
                .for_each(|c| slug.ascii(c));
        }
    }
    slug.finish()
}

/// Makes a slug in ASCII only, for formats that allow nothing else: BibTeX keys, names of Data Packages.
pub fn ascii_slug(text: &str) -> String {
    let mut slug = Slug::default();
    for c in text.nfc() {
        if c.is_ascii() {
            slug.ascii(c);
        } else {
            deunicode_char(c)
                .unwrap_or("-")
                .chars()
                .for_each(|c| slug.ascii(c));
        }
    }
    slug.finish()
}

/// Whether a non-ASCII character stays in a slug: a letter, a digit or a mark of a script other than Latin.
pub fn is_kept(c: char) -> bool {
    // Characters of kana that Unicode assigns to all scripts.
    if matches!(c, 'ー' | 'ｰ' | '々' | '〆') {
        return true;
    }
    let has_script = !matches!(
        c.script(),
        Script::Latin | Script::Common | Script::Inherited | Script::Unknown
    );
    has_script && (c.is_alphanumeric() || is_combining_mark(c))
}

#[derive(Default)]
struct Slug {
    text: String,
    /// Whether a hyphen comes before the next letter.
    is_parted: bool,
}

impl Slug {
    fn letter(&mut self, c: char) {
        if self.is_parted && !self.text.is_empty() {
            self.text.push('-');
        }
        self.is_parted = false;
        self.text.push(c);
    }

    fn ascii(&mut self, c: char) {
        if c.is_ascii_alphanumeric() {
            self.letter(c.to_ascii_lowercase());
        } else {
            self.is_parted = true;
        }
    }

    fn finish(self) -> String {
        self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_each_script_make_a_slug_that_its_readers_know() {
        for (words, expected) in [
            ("What’s new?", "what-s-new"),
            ("  --Ada  Lind-- ", "ada-lind"),
            ("Cafe\u{301} au lait", "cafe-au-lait"),
            ("Straße Nº 5", "strasse-no-5"),
            ("Ｆｕｌｌ　ｗｉｄｔｈ １", "full-width-1"),
            ("权利", "权利"),
            ("权力", "权力"),
            ("サーバー", "サーバー"),
            ("항구 예산", "항구-예산"),
            ("Το λιμάνι", "το-λιμάνι"),
            ("हिन्दी समाचार", "हिन्दी-समाचार"),
            ("ท่าเรือใหม่", "ท่าเรือใหม่"),
            ("ميناء جديد، 2024", "ميناء-جديد-2024"),
            ("第1章：开始", "第1章-开始"),
        ] {
            assert_eq!(slugify(words), expected, "{words}");
        }
    }
}
