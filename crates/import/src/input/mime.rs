//! What does a saved web page (MHTML, RFC 2557) or an e-mail (RFC 5322) say?
//!
//! The only user of the MIME library.

use mailparse::{MailHeaderMap, ParsedMail, parse_mail};

use super::encoding::decode;

/// The part of a message that has its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Message {
    /// The words: HTML if there are some, else plain text.
    pub(super) text: String,
    /// Whether they are HTML.
    pub(super) is_html: bool,
    /// The address of the page.
    pub(super) url: Option<String>,
    /// What the message says it is about.
    pub(super) subject: Option<String>,
    /// How many files are attached.
    pub(super) n_attached: usize,
}

/// Reads a message.
///
/// # Errors
///
/// In a sentence, if it is broken or has no words.
pub(super) fn read(bytes: &[u8]) -> Result<Message, String> {
    let mail = parse_mail(bytes).map_err(|error| format!("the message can't be read: {error}"))?;
    let has = |part: &&ParsedMail<'_>, kind: &str| part.ctype.mimetype.eq_ignore_ascii_case(kind);
    let is_attached = |part: &&ParsedMail<'_>| {
        let disposition = part.headers.get_first_value("Content-Disposition");
        disposition.is_some_and(|kind| kind.trim_start().to_lowercase().starts_with("attachment"))
    };
    let parts = || mail.parts().filter(|part| !is_attached(part));
    let html = parts().find(|part| has(part, "text/html") || has(part, "application/xhtml+xml"));
    let plain = parts().find(|part| has(part, "text/plain"));
    let Some(part) = html.or(plain) else {
        return Err("the message has no words".to_owned());
    };
    let body = part
        .get_body_raw()
        .map_err(|error| format!("the message can't be read: {error}"))?;
    // The library says `us-ascii` where a part says nothing.
    let charset =
        Some(part.ctype.charset.as_str()).filter(|name| !name.eq_ignore_ascii_case("us-ascii"));
    let located = |part: &ParsedMail<'_>| part.headers.get_first_value("Content-Location");
    let url = located(part).or_else(|| mail.headers.get_first_value("Snapshot-Content-Location"));
    Ok(Message {
        text: decode(&body, charset)?.text,
        is_html: html.is_some(),
        url: url.filter(|url| url.starts_with("http")),
        subject: mail
            .headers
            .get_first_value("Subject")
            .filter(|words| !words.trim().is_empty()),
        n_attached: mail.parts().filter(is_attached).count(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_saved_page_gives_its_page_and_address() {
        let saved = b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://paper.example/quay\r\nSubject: =?utf-8?Q?The=20caf=C3=A9?=\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; type=\"text/html\"; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/html; charset=windows-1252\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: https://paper.example/quay\r\n\r\n<p>The caf=E9 clo=\r\nsed.</p>\r\n--b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw==\r\n--b--\r\n";
        let message = read(saved).unwrap();
        assert_eq!(message.text.trim(), "<p>The café closed.</p>");
        assert!(message.is_html);
        assert_eq!(message.url.as_deref(), Some("https://paper.example/quay"));
        assert_eq!(message.subject.as_deref(), Some("The café"));
    }

    #[test]
    fn a_letter_gives_its_words_and_counts_what_is_attached() {
        let letter = b"Subject: Note\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nThe quay opened.\r\n--b\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename=a.pdf\r\n\r\nx\r\n--b--\r\n";
        let message = read(letter).unwrap();
        assert_eq!(message.text.trim(), "The quay opened.");
        assert!(!message.is_html && message.url.is_none());
        assert_eq!(message.n_attached, 1);
        assert!(read(b"MIME-Version: 1.0\r\nContent-Type: image/png\r\n\r\nx").is_err());
    }
}
