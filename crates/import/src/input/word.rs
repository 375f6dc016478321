//! What does a Word document (OOXML, ISO/IEC 29500) or one of OpenDocument (ISO/IEC 26300) say?
//!
//! The only user of the ZIP and XML libraries. What comes out is plain text as of a web page: a paragraph per line,
//! headings behind `##`. What was deleted with tracked changes isn't said any more.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;
use zip::ZipArchive;

/// How much a part of a document may hold, unpacked.
const MAX_BYTES: u64 = 64 << 20;
/// A cell of more words is prose that was laid out in a table.
const CELL_WORDS: usize = 40;

/// A document's text, and what else it holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct WordText {
    /// Its text.
    pub(super) text: String,
    /// The paragraph that is styled as the title.
    pub(super) title: Option<String>,
    /// What isn't kept, by name, with how many there are.
    pub(super) left_out: Vec<(usize, &'static str)>,
}

/// Reads a document.
///
/// # Errors
///
/// In a sentence, if it is broken, locked, or has no words.
pub(super) fn read(bytes: &[u8]) -> Result<WordText, String> {
    let broken = |error: String| format!("the document can't be opened: {error}");
    let mut archive =
        ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(error.to_string()))?;
    let main = ["word/document.xml", "word/document2.xml", "content.xml"];
    let main = main
        .into_iter()
        .find(|name| archive.index_for_name(name).is_some());
    let Some(main) = main else {
        return Err(broken("it has no text".to_owned()));
    };
    let styles = match archive.index_for_name("word/styles.xml") {
        Some(_) => styles(&part(&mut archive, "word/styles.xml").map_err(broken)?),
        None => BTreeMap::new(),
    };
    let xml = part(&mut archive, main).map_err(broken)?;
    let mut body = Body {
        styles,
        ..Body::default()
    };
    body.read(&xml).map_err(|error| broken(error.to_string()))?;
    let found = body.finished();
    match found.text.trim().is_empty() {
        true => Err("the document has no words".to_owned()),
        false => Ok(found),
    }
}

fn part(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Result<String, String> {
    let file = archive.by_name(name).map_err(|error| error.to_string())?;
    let mut bytes = Vec::new();
    let read = file.take(MAX_BYTES + 1).read_to_end(&mut bytes);
    read.map_err(|error| error.to_string())?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err("it holds more than 64 MB of text".to_owned());
    }
    let decoded = super::encoding::decode(&bytes, None)?;
    Ok(decoded.text)
}

/// What a paragraph is by its style.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Style {
    Title,
    Heading,
}

impl Style {
    fn named(name: &str) -> Option<Self> {
        let name = name.to_lowercase();
        match name.as_str() {
            "title" => Some(Self::Title),
            name if name.starts_with("heading") => Some(Self::Heading),
            _ => None,
        }
    }
}

/// Styles by their ids, which are in the language of whoever made the document, while their names aren't.
fn styles(xml: &str) -> BTreeMap<String, Style> {
    let mut styles = BTreeMap::new();
    let mut reader = Reader::from_str(xml);
    let mut id = String::new();
    // What can't be read styles nothing.
    while let Ok(event) = reader.read_event() {
        let (Event::Start(tag) | Event::Empty(tag)) = event else {
            if event == Event::Eof {
                break;
            }
            continue;
        };
        match tag.local_name().as_ref() {
            "style" => id = attribute(&tag, "styleId").unwrap_or_default(),
            "name" => {
                if let Some(style) = attribute(&tag, "val").and_then(|name| Style::named(&name)) {
                    styles.insert(id.clone(), style);
                }
            }
            _ => {}
        }
    }
    styles
}

/// The value of an attribute, whatever its prefix.
fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = tag.attributes();
    let mut attributes = attributes.with_checks(false).flatten();
    let found = attributes.find(|attribute| attribute.key.local_name().as_ref() == name)?;
    let value = found.normalized_value(XmlVersion::Implicit1_0).ok()?;
    Some(value.into_owned())
}

/// A paragraph that is being read.
#[derive(Debug, Default)]
struct Paragraph {
    words: String,
    style: Option<Style>,
}

/// A document as far as it was read.
#[derive(Debug, Default)]
struct Body {
    styles: BTreeMap<String, Style>,
    /// Paragraphs around the place: a text box is one within another.
    open: Vec<Paragraph>,
    done: Vec<Paragraph>,
    /// Where `done` was at the beginning of each table around the place, and of the cell.
    tables: Vec<usize>,
    n: BTreeMap<&'static str, usize>,
}

impl Body {
    fn read(&mut self, xml: &str) -> quick_xml::Result<()> {
        let mut reader = Reader::from_str(xml);
        loop {
            match reader.read_event()? {
                Event::Start(tag) => {
                    let is_left_out = self.starts(&tag);
                    if is_left_out {
                        let end = tag.to_end().into_owned();
                        reader.read_to_end(end.name())?;
                    }
                }
                Event::Empty(tag) => {
                    self.starts(&tag);
                    if is_paragraph(tag.local_name().as_ref()) {
                        self.ends(tag.local_name().as_ref());
                    }
                }
                Event::End(tag) => self.ends(tag.local_name().as_ref()),
                Event::Text(text) => self.says(&text.xml10_content()),
                Event::GeneralRef(name) => match name.resolve_char_ref() {
                    Ok(Some(c)) => self.says(c.encode_utf8(&mut [0; 4])),
                    _ => self.says(resolve_predefined_entity(&name).unwrap_or_default()),
                },
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    fn count(&mut self, what: &'static str) {
        *self.n.entry(what).or_default() += 1;
    }

    /// Takes the start of an element; whether what is in it is no part of the text.
    fn starts(&mut self, tag: &BytesStart<'_>) -> bool {
        let prefix = tag
            .name()
            .as_ref()
            .split_once(':')
            .map_or("", |(prefix, _)| prefix)
            .to_owned();
        match tag.local_name().as_ref() {
            "p" if prefix == "a" => return true,
            name if is_paragraph(name) => {
                let style = match name == "h" {
                    true => Some(Style::Heading),
                    false => attribute(tag, "style-name").and_then(|name| Style::named(&name)),
                };
                self.open.push(Paragraph {
                    words: String::new(),
                    style,
                });
            }
            "pStyle" => {
                let id = attribute(tag, "val").unwrap_or_default();
                let style = self.styles.get(&id).copied().or_else(|| Style::named(&id));
                if let Some(open) = self.open.last_mut() {
                    open.style = style;
                }
            }
            "tab" | "br" | "cr" | "s" | "line-break" => self.says(" "),
            "noBreakHyphen" => self.says("-"),
            "tbl" | "table" => self.tables.push(self.done.len()),
            "del" | "moveFrom" | "tracked-changes" | "instrText" | "delText" | "Fallback" => {
                return true;
            }
            "footnoteReference" | "endnoteReference" => self.count("footnote"),
            "note" => {
                self.count("footnote");
                return true;
            }
            "commentReference" => self.count("comment"),
            "annotation" => {
                self.count("comment");
                return true;
            }
            "blip" | "imagedata" | "image" => self.count("picture"),
            _ => {}
        }
        false
    }

    fn ends(&mut self, name: &str) {
        match name {
            name if is_paragraph(name) => self.done.extend(self.open.pop()),
            "tbl" | "table" => {
                if let Some(from) = self.tables.pop() {
                    let is_prose =
                        |cell: &Paragraph| cell.words.split_whitespace().count() > CELL_WORDS;
                    if !self.done[from..].iter().any(is_prose) {
                        self.done.truncate(from);
                        self.count("table");
                    }
                }
            }
            _ => {}
        }
    }

    /// White space between elements is outside of all paragraphs.
    fn says(&mut self, words: &str) {
        if let Some(open) = self.open.last_mut() {
            open.words.push_str(words);
        }
    }

    fn finished(self) -> WordText {
        let mut found = WordText::default();
        for paragraph in self.done {
            let words = paragraph
                .words
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ");
            if words.is_empty() {
                continue;
            }
            let is_first = found.text.is_empty();
            if !is_first {
                found.text.push_str("\n\n");
            }
            match paragraph.style {
                // The headline is often the first heading.
                Some(Style::Title | Style::Heading) if is_first => {
                    found.title = Some(words.clone());
                }
                Some(Style::Heading) => found.text.push_str("## "),
                _ => {}
            }
            found.text.push_str(&words);
        }
        found.left_out = self.n.into_iter().map(|(what, n)| (n, what)).collect();
        found
    }
}

fn is_paragraph(name: &str) -> bool {
    matches!(name, "p" | "h")
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::write::{SimpleFileOptions, ZipWriter};

    use super::*;

    fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in parts {
            archive
                .start_file(*name, SimpleFileOptions::default())
                .unwrap();
            archive.write_all(text.as_bytes()).unwrap();
        }
        archive.finish().unwrap().into_inner()
    }

    #[test]
    fn a_word_document_gives_its_paragraphs_and_counts_the_rest() {
        let body = r#"<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="w"><w:body>
<w:p><w:pPr><w:pStyle w:val="Titel"/></w:pPr><w:r><w:t>Rates &amp; ports</w:t></w:r></w:p>
<w:p><w:r><w:t xml:space="preserve">Ada </w:t></w:r><w:r><w:t>Lind left</w:t><w:footnoteReference w:id="1"/></w:r><w:del><w:r><w:delText>never</w:delText></w:r></w:del><w:r><w:br/><w:t>on Monday&#8201;.</w:t></w:r></w:p>
<w:p><w:pPr><w:pStyle w:val="berschrift1"/></w:pPr><w:r><w:t>Next</w:t></w:r></w:p>
<w:tbl><w:tr><w:tc><w:p><w:r><w:t>12</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>In a box</w:t></w:r></w:p></w:txbxContent></mc:Choice><mc:Fallback><w:p><w:r><w:t>In a box</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent><w:t>She stayed.</w:t></w:r></w:p><w:p/></w:body></w:document>"#;
        let styles = r#"<w:styles xmlns:w="w"><w:style w:styleId="Titel"><w:name w:val="Title"/></w:style><w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style></w:styles>"#;
        let found = read(&packed(&[
            ("word/styles.xml", styles),
            ("word/document.xml", body),
        ]))
        .unwrap();
        assert_eq!(found.title.as_deref(), Some("Rates & ports"));
        assert_eq!(
            found.text,
            "Rates & ports\n\nAda Lind left on Monday .\n\n## Next\n\nIn a box\n\nShe stayed."
        );
        assert_eq!(found.left_out, [(1, "footnote"), (1, "table")]);
    }

    #[test]
    fn an_open_document_gives_its_paragraphs() {
        let body = r#"<office:document-content><office:body><office:text><text:h text:outline-level="1">The quay</text:h>
<text:p>It<text:s/>opened<text:note><text:note-body><text:p>so they say</text:p></text:note-body></text:note>.</text:p></office:text></office:body></office:document-content>"#;
        let found = read(&packed(&[("content.xml", body)])).unwrap();
        assert_eq!(found.title.as_deref(), Some("The quay"));
        assert_eq!(found.text, "The quay\n\nIt opened.");
        assert_eq!(found.left_out, [(1, "footnote")]);
    }

    #[test]
    fn what_is_broken_or_empty_is_refused_in_a_sentence() {
        assert!(
            read(b"PK\x03\x04nothing")
                .unwrap_err()
                .contains("can't be opened")
        );
        let empty = packed(&[("word/document.xml", "<w:document><w:p/></w:document>")]);
        assert_eq!(read(&empty).unwrap_err(), "the document has no words");
    }
}
