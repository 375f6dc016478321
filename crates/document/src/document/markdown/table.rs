//! Tables, each in a region that scrolls on its own.

use pulldown_cmark::Alignment;

use crate::document::markdown::html_writer::HtmlWriter;
use crate::document::markdown::{escape, phrases};

/// The open table, if there is one; tables don't nest.
#[derive(Debug, Default)]
pub(super) struct Tables {
    open: Option<Table>,
}

#[derive(Debug)]
struct Table {
    alignments: Vec<Alignment>,
    column: usize,
    is_in_head: bool,
    has_body: bool,
    /// The tag that closes the open cell.
    cell_end: &'static str,
    /// Whether the region still needs a name, from the first cell.
    is_unnamed: bool,
}

impl Tables {
    pub(super) fn start(&mut self, out: &mut HtmlWriter<'_>, alignments: Vec<Alignment>) {
        out.leave_block();
        out.start_line();
        self.open = Some(Table {
            alignments,
            column: 0,
            is_in_head: true,
            has_body: false,
            cell_end: "",
            is_unnamed: true,
        });
        // The region's start tag contains the words of the first cell, which come after it.
        out.capture();
        out.start_caption();
        out.html().push_str("<table>\n<thead>\n");
    }

    pub(super) fn start_row(&mut self, out: &mut HtmlWriter<'_>) {
        let Some(table) = &mut self.open else {
            return;
        };
        table.column = 0;
        let is_first_of_body = !table.is_in_head && !table.has_body;
        if is_first_of_body {
            table.has_body = true;
            out.html().push_str("<tbody>\n");
        }
        out.html().push_str("<tr>");
    }

    /// Starts a cell. An empty cell in the header isn't a heading, because it would name its column with nothing.
    pub(super) fn start_cell(&mut self, out: &mut HtmlWriter<'_>, is_empty: bool) {
        out.leave_block();
        let Some(table) = &mut self.open else {
            return;
        };
        let class = match table.alignments.get(table.column) {
            None | Some(Alignment::None) => "",
            Some(Alignment::Left) => " class=\"align-left\"",
            Some(Alignment::Center) => " class=\"align-center\"",
            Some(Alignment::Right) => " class=\"align-right\"",
        };
        let start = if table.is_in_head && !is_empty {
            table.cell_end = "</th>";
            "<th scope=\"col\""
        } else {
            table.cell_end = "</td>";
            "<td"
        };
        let html = out.html();
        html.push_str(start);
        html.push_str(class);
        html.push('>');
    }

    pub(super) fn end_cell(&mut self, out: &mut HtmlWriter<'_>) {
        out.leave_block();
        let Some(table) = &mut self.open else {
            return;
        };
        table.column += 1;
        let end = table.cell_end;
        out.html().push_str(end);
        self.name_table(out);
    }

    pub(super) fn end_row(&mut self, out: &mut HtmlWriter<'_>, is_head: bool) {
        out.html().push_str("</tr>\n");
        let Some(table) = &mut self.open else {
            return;
        };
        if is_head {
            table.is_in_head = false;
            out.html().push_str("</thead>\n");
        }
    }

    pub(super) fn end(&mut self, out: &mut HtmlWriter<'_>) {
        self.name_table(out);
        let table = self.open.take();
        if table.is_some_and(|table| table.has_body) {
            out.html().push_str("</tbody>\n");
        }
        out.end_block("</table>\n</section>\n");
    }

    /// Writes the region's start tag, and what has been written since.
    fn name_table(&mut self, out: &mut HtmlWriter<'_>) {
        let Some(table) = self.open.as_mut().filter(|table| table.is_unnamed) else {
            return;
        };
        table.is_unnamed = false;
        let caption = out.take_caption();
        let start = out.captured();
        let words: Vec<&str> = caption.text.split_whitespace().collect();
        let name = if words.is_empty() {
            phrases::TABLE.to_string()
        } else {
            words.join(" ")
        };
        let html = out.html();
        html.push_str("<section class=\"table\" tabindex=\"0\" aria-label=\"");
        escape::push_attribute(html, &name);
        html.push_str("\">\n");
        out.append(start);
    }
}
