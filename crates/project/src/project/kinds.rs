//! Recognizes a file by its first bytes, if it isn't the text that was expected.

/// A format that `import` takes words from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileFormat {
    /// A document of Word (`.docx`) or an OpenDocument text.
    Word,
    /// PDF.
    Pdf,
    /// A message, or a page saved as one.
    Mime,
}

/// A kind of file that isn't plain text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileKind {
    /// What it is, with an article: `a Word document`.
    pub name: &'static str,
    /// How to get at its words, as a sentence that starts with a verb.
    pub way_out: &'static str,
    /// The format, if its words can be taken out.
    pub format: Option<FileFormat>,
}

const WORD: FileKind = FileKind {
    name: "a Word document",
    way_out: "save it as plain text (.txt) or as a web page (.html) in the program that wrote it",
    format: None,
};
const SHEET: FileKind = FileKind {
    name: "an Excel workbook",
    way_out: "save the sheet as CSV in the program that wrote it",
    format: None,
};
const SLIDES: FileKind = FileKind {
    name: "a presentation",
    way_out: "export its text, and save that as .txt",
    format: None,
};
const OPEN_DOCUMENT: FileKind = FileKind {
    name: "an OpenDocument file",
    way_out: "save it as plain text (.txt) or as a web page (.html); a sheet as CSV",
    format: None,
};
const PDF: FileKind = FileKind {
    name: "a PDF",
    way_out: "take its text out with `pdftotext FILE`, or copy it into a .txt file",
    format: Some(FileFormat::Pdf),
};
const PICTURE: FileKind = FileKind {
    name: "a picture",
    way_out: "type the words that it shows into a .txt file",
    format: None,
};
const ARCHIVE: FileKind = FileKind {
    name: "an archive",
    way_out: "unpack it, and name the file in it",
    format: None,
};
const RTF: FileKind = FileKind {
    name: "a document in Rich Text Format",
    way_out: "save it as plain text (.txt) or as a web page (.html)",
    format: None,
};
const MAIL: FileKind = FileKind {
    name: "an e-mail or a saved web page in MIME (.eml, .mhtml)",
    way_out: "save the page as HTML only (.html), or its words as plain text (.txt)",
    format: Some(FileFormat::Mime),
};
const XML: FileKind = FileKind {
    name: "XML",
    way_out: "save what it says as plain text (.txt) or as a web page (.html)",
    format: None,
};

/// What some bytes are, if they can't be read as the text of an article; `None` if they may be one.
///
/// # Examples
///
/// ```
/// use nutgraf_project::project::file_kind;
///
/// assert_eq!(file_kind(b"%PDF-1.7").unwrap().name, "a PDF");
/// assert_eq!(file_kind(b"The council voted."), None);
/// ```
pub fn file_kind(bytes: &[u8]) -> Option<FileKind> {
    let starts = |magic: &[u8]| bytes.starts_with(magic);
    if starts(b"PK\x03\x04") || starts(b"PK\x05\x06") {
        return Some(zipped(bytes));
    }
    let text = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]);
    let text = text.trim_start_matches(|c: char| c == '\u{feff}' || c.is_whitespace());
    let pictures: [&[u8]; 6] = [
        b"\x89PNG",
        b"\xff\xd8\xff",
        b"GIF8",
        b"RIFF",
        b"II*\0",
        b"MM\0*",
    ];
    let archives: [&[u8]; 4] = [b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"\xfd7zXZ"];
    let kind = match () {
        () if text.starts_with("%PDF-") => PDF,
        () if starts(b"\xd0\xcf\x11\xe0") => old_office(bytes),
        () if text.starts_with("{\\rtf") => RTF,
        () if pictures.iter().any(|magic| starts(magic)) => PICTURE,
        () if archives.iter().any(|magic| starts(magic)) => ARCHIVE,
        () if is_mail(text) => MAIL,
        () if text.starts_with("<?xml") && !is_xhtml(text) => XML,
        () => return None,
    };
    Some(kind)
}

/// Which program writes such an archive, judged by the names inside.
fn zipped(bytes: &[u8]) -> FileKind {
    let holds = |name: &[u8]| bytes.windows(name.len()).any(|part| part == name);
    let readable = |kind: FileKind| FileKind {
        format: Some(FileFormat::Word),
        ..kind
    };
    match () {
        () if holds(b"application/vnd.oasis.opendocument.text") => readable(OPEN_DOCUMENT),
        () if holds(b"application/vnd.oasis.opendocument") => OPEN_DOCUMENT,
        () if holds(b"word/") => readable(WORD),
        () if holds(b"xl/") => SHEET,
        () if holds(b"ppt/") => SLIDES,
        () => ARCHIVE,
    }
}

/// Which old Office program wrote it, judged by the names inside, which are in UTF-16.
fn old_office(bytes: &[u8]) -> FileKind {
    let holds = |name: &str| {
        let wide: Vec<u8> = name.bytes().flat_map(|byte| [byte, 0]).collect();
        bytes.windows(wide.len()).any(|part| part == wide)
    };
    match () {
        () if holds("Workbook") => SHEET,
        () if holds("PowerPoint Document") => SLIDES,
        () => WORD,
    }
}

/// Whether a text starts with the header of an email: lines of the form `Name: value`, one of them a MIME or mail
/// header.
fn is_mail(text: &str) -> bool {
    const TELLING: [&str; 4] = [
        "mime-version:",
        "content-type: multipart",
        "received:",
        "message-id:",
    ];
    let header = text
        .lines()
        .take_while(|line| !line.trim().is_empty())
        .take(60);
    let mut is_header = true;
    let mut is_telling = false;
    for line in header {
        let is_folded = line.starts_with([' ', '\t']);
        let name = line.split_once(':').map(|(name, _)| name);
        let is_field = name.is_some_and(|name| {
            !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_graphic())
        });
        is_header &= is_folded || is_field || line.starts_with("From ");
        let lower = line.to_lowercase();
        is_telling |= TELLING.iter().any(|telling| lower.starts_with(telling));
    }
    is_header && is_telling
}

fn is_xhtml(text: &str) -> bool {
    let lower = text.to_lowercase();
    lower.contains("<html") || lower.contains("<!doctype html")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(bytes: &[u8]) -> Option<&'static str> {
        file_kind(bytes).map(|kind| kind.name)
    }

    #[test]
    fn files_are_known_for_what_they_are() {
        assert_eq!(name(b"PK\x03\x04..word/document.xml"), Some(WORD.name));
        assert_eq!(name(b"PK\x03\x04..xl/workbook.xml"), Some(SHEET.name));
        assert_eq!(
            name(b"PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.text"),
            Some(OPEN_DOCUMENT.name)
        );
        assert_eq!(name(b"PK\x03\x04a.txt"), Some(ARCHIVE.name));
        assert_eq!(
            name(b"\xd0\xcf\x11\xe0W\0o\0r\0k\0b\0o\0o\0k\0"),
            Some(SHEET.name)
        );
        assert_eq!(name(b"\n%PDF-1.4"), Some(PDF.name));
        assert_eq!(name(b"{\\rtf1 x}"), Some(RTF.name));
        assert_eq!(name(b"\xff\xd8\xff\xe0"), Some(PICTURE.name));
        assert_eq!(
            name(b"Subject: x\nMIME-Version: 1.0\n\nWords"),
            Some(MAIL.name)
        );
        assert_eq!(name(b"<?xml version=\"1.0\"?><rss></rss>"), Some(XML.name));
        for text in [
            "<?xml version=\"1.0\"?>\n<html></html>",
            "The vote: nine were for it.\n\nReceived: yesterday.",
            "",
        ] {
            assert_eq!(name(text.as_bytes()), None, "{text}");
        }
    }
}
