//! Tables, each in a region that scrolls by itself.

use pulldown_cmark::Alignment;

use crate::document::markdown::writer::{Caption, Writer};
use crate::document::markdown::{escape, phrases};

/// The table that is open; tables don't nest.
#[derive(Debug)]
pub(super) struct Table {
    alignments: Vec<Alignment>,
    column: usize,
    is_in_head: bool,
    has_body: bool,
    /// What closes the cell that is open.
    cell_end: &'static str,
    /// Whether the region's name is still to be found, in the first cell.
    is_unnamed: bool,
}

impl Writer<'_> {
    pub(super) fn start_table(&mut self, alignments: Vec<Alignment>) {
        self.leave_block();
        self.output().start_line();
        self.table = Some(Table {
            alignments,
            column: 0,
            is_in_head: true,
            has_body: false,
            cell_end: "",
            is_unnamed: true,
        });
        // The region's start tag bears the words of the first cell, which come after it.
        self.capture();
        self.caption = Some(Caption::default());
        self.output().html().push_str("<table>\n<thead>\n");
    }

    pub(super) fn start_row(&mut self) {
        let Some(table) = &mut self.table else {
            return;
        };
        table.column = 0;
        let is_first_of_body = !table.is_in_head && !table.has_body;
        if is_first_of_body {
            table.has_body = true;
            self.output().html().push_str("<tbody>\n");
        }
        self.output().html().push_str("<tr>");
    }

    /// Starts a cell. An empty one in the head is no heading, since it would name its column with nothing.
    pub(super) fn start_cell(&mut self, is_empty: bool) {
        self.leave_block();
        let Some(table) = &mut self.table else {
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
        let html = self.output().html();
        html.push_str(start);
        html.push_str(class);
        html.push('>');
    }

    pub(super) fn end_cell(&mut self) {
        self.leave_block();
        let Some(table) = &mut self.table else {
            return;
        };
        table.column += 1;
        let end = table.cell_end;
        self.output().html().push_str(end);
        self.name_table();
    }

    pub(super) fn end_row(&mut self, is_head: bool) {
        self.output().html().push_str("</tr>\n");
        let Some(table) = &mut self.table else {
            return;
        };
        if is_head {
            table.is_in_head = false;
            self.output().html().push_str("</thead>\n");
        }
    }

    pub(super) fn end_table(&mut self) {
        self.name_table();
        let table = self.table.take();
        if table.is_some_and(|table| table.has_body) {
            self.output().html().push_str("</tbody>\n");
        }
        self.end_block("</table>\n</section>\n");
    }

    /// Writes the region's start tag and what has come since.
    fn name_table(&mut self) {
        let Some(table) = self.table.as_mut().filter(|table| table.is_unnamed) else {
            return;
        };
        table.is_unnamed = false;
        let caption = self.caption.take().unwrap_or_default();
        let start = self.captured();
        let words: Vec<&str> = caption.text.split_whitespace().collect();
        let name = if words.is_empty() {
            phrases::TABLE.to_string()
        } else {
            words.join(" ")
        };
        let html = self.output().html();
        html.push_str("<section class=\"table\" tabindex=\"0\" aria-label=\"");
        escape::push_attribute(html, &name);
        html.push_str("\">\n");
        self.output().append(start);
    }
}
