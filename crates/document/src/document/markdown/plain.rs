//! The words of a Markdown text, for comparing it with other texts.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::document::script;

/// The words of a Markdown text as plain text: a blank line between blocks, no markup, no front matter.
///
/// # Examples
///
/// ```
/// use nutgraf_document::document::plain_text;
///
/// let text = "# A title\n\nIt was *not*\nexpected, [she](https://example.org) said.\n";
/// assert_eq!(plain_text(text), "A title\n\nIt was not expected, she said.");
/// ```
pub fn plain_text(markdown: &str) -> String {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let mut plain = String::with_capacity(markdown.len());
    let mut is_metadata = false;
    for (event, range) in Parser::new_ext(markdown, options).into_offset_iter() {
        match event {
            Event::Start(Tag::MetadataBlock(_)) => is_metadata = true,
            Event::End(TagEnd::MetadataBlock(_)) => is_metadata = false,
            Event::Text(text) | Event::Code(text) if !is_metadata => plain.push_str(&text),
            Event::SoftBreak | Event::HardBreak => {
                let after = script::next_char(markdown, range.end);
                if !script::joins(plain.chars().next_back(), after) {
                    plain.push(' ');
                }
            }
            Event::Start(tag) if is_block(&tag) => plain.push_str("\n\n"),
            _ => {}
        }
    }
    let blocks: Vec<&str> = plain
        .split("\n\n")
        .map(str::trim)
        .filter(|block| !block.is_empty())
        .collect();
    blocks.join("\n\n")
}

fn is_block(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Paragraph
            | Tag::Heading { .. }
            | Tag::BlockQuote(_)
            | Tag::CodeBlock(_)
            | Tag::List(_)
            | Tag::Item
            | Tag::FootnoteDefinition(_)
            | Tag::TableCell
    )
}
