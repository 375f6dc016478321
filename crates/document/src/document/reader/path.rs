//! Paths of files: they have to mean the same on every computer.

use super::Reader;
use crate::diag::Code;
use crate::document::foreign_path::{ForeignPath, foreign_path};
use crate::document::locate::Tree;
use crate::document::schema::{Field, Kind};

impl Reader<'_> {
    /// Whether a text can be the value of its field, which only paths can fail to be.
    pub(super) fn is_fit(&mut self, field: &Field, value: &Tree, text: &str) -> bool {
        if field.about.kind != Kind::Path {
            return true;
        }
        match foreign_path(text) {
            None => return true,
            Some(ForeignPath::Backslashes(path)) => {
                let message = format!("`{text}` contains `\\`; expected `/` between folders");
                let fault = self.fault(Code::BadValue, value.span.clone(), message);
                fault.help = Some(format!("write `{path}`"));
            }
            Some(ForeignPath::OneComputer) => {
                let message = format!("`{text}` is a file of one computer alone");
                let fault = self.fault(Code::BadValue, value.span.clone(), message);
                fault.help =
                    Some("copy it into the project, and give its path from there".to_owned());
            }
        }
        false
    }
}
