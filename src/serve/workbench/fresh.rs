//! Creates pages.

use serde_json::{Value as Json, json};

use super::Workbench;
use super::files::{Refused, page_path};
use crate::document::{Edit, FieldPath, Value, edited};
use crate::project::slugify;

impl Workbench {
    /// Creates a page, or an explainer, which is a folder with an `index.md`.
    pub(super) fn begin(&self, asked: &Json) -> Result<Json, Refused> {
        let title = asked["title"].as_str().unwrap_or_default().trim();
        let folder = asked["folder"]
            .as_str()
            .unwrap_or("content")
            .trim_matches('/');
        let is_explainer = asked["what"].as_str() == Some("explainer");
        let slug = slugify(title);
        if slug.is_empty() {
            let why = "a page needs a title with letters or digits";
            return Err(Refused::Edit(why.to_owned()));
        }
        let path = if is_explainer {
            format!("{folder}/{slug}/index.md")
        } else {
            format!("{folder}/{slug}.md")
        };
        let file = page_path(&path)?;
        let mut edits = vec![Edit::Set {
            at: FieldPath::field("title"),
            value: Value::text(title),
        }];
        if is_explainer {
            edits.push(Edit::Set {
                at: FieldPath::field("explainer"),
                value: Value::text("true"),
            });
        }
        let text =
            edited("---\n---\n", &edits).map_err(|fault| Refused::Edit(fault.to_string()))?;
        let mut files = self.files();
        files.write(&self.root, &file, None, &text)?;
        files.show(&text);
        let (undo, redo) = files.n_steps();
        Ok(json!({ "file": file, "undo": undo, "redo": redo }))
    }
}
