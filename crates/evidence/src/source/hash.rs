//! Hashes of texts and words, which tell later whether they are still the same.

use std::fmt;

use nutgraf_language::normalise::{NORMALISATION_VERSION, normalise};

/// The hash of a source's normalised text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TextHash(blake3::Hash);

impl TextHash {
    /// Hashes a text that is already normalised.
    pub fn of_normalised(text: &str) -> Self {
        Self(tagged("nutgraf evidence text", &[text]))
    }

    /// Parses a hash in hexadecimal; `None` if the text isn't one.
    pub fn from_hex(hex: &str) -> Option<Self> {
        blake3::Hash::from_hex(hex).ok().map(Self)
    }
}

/// The hash of all the words that a record quotes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct WordsHash(blake3::Hash);

impl WordsHash {
    /// Hashes words as written, together with the surname that they are attributed to. Typography doesn't count.
    ///
    /// # Examples
    ///
    /// ```
    /// use nutgraf_evidence::WordsHash;
    ///
    /// assert_eq!(WordsHash::of("“It’s over”", None), WordsHash::of("\"It's  over\"", None));
    /// assert_ne!(WordsHash::of("It’s over", None), WordsHash::of("It’s over", Some("Mao")));
    /// ```
    pub fn of(words: &str, speaker: Option<&str>) -> Self {
        let speaker = speaker.map(normalise).unwrap_or_default();
        Self(tagged(
            "nutgraf evidence words",
            &[&normalise(words), &speaker],
        ))
    }

    /// Parses a hash in hexadecimal; `None` if the text isn't one.
    pub fn from_hex(hex: &str) -> Option<Self> {
        blake3::Hash::from_hex(hex).ok().map(Self)
    }
}

/// Each part is preceded by its length and the whole by a tag, so that no two inputs or purposes share a hash.
fn tagged(tag: &'static str, parts: &[&str]) -> blake3::Hash {
    let mut hasher = blake3::Hasher::new_derive_key(tag);
    hasher.update(&NORMALISATION_VERSION.to_le_bytes());
    for part in parts {
        let length = u64::try_from(part.len()).unwrap_or(u64::MAX);
        hasher.update(&length.to_le_bytes());
        hasher.update(part.as_bytes());
    }
    hasher.finalize()
}

impl fmt::Display for TextHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.to_hex())
    }
}

impl fmt::Display for WordsHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.to_hex())
    }
}
