//! Reads the files of cases.

use std::fs;
use std::path::{Path, PathBuf};

/// A line of a section: what is expected, then what is claimed.
#[derive(Debug)]
pub(crate) struct Case {
    /// The file and the line.
    pub(crate) place: String,
    /// The columns, with their escapes resolved.
    pub(crate) columns: Vec<String>,
}

impl Case {
    /// The columns; panics unless there are exactly this many.
    #[track_caller]
    pub(crate) fn columns<const N: usize>(&self) -> [&str; N] {
        let columns: Vec<&str> = self.columns.iter().map(String::as_str).collect();
        columns
            .try_into()
            .unwrap_or_else(|_| panic!("{}: expected {N} columns", self.place))
    }
}

/// A file of cases.
#[derive(Debug, Default)]
pub(crate) struct CaseFile {
    /// The passage; empty if the cases need none.
    pub(crate) source: String,
    sections: Vec<(String, Vec<Case>)>,
}

impl CaseFile {
    /// The cases of a section.
    pub(crate) fn cases<'a>(&'a self, section: &'a str) -> impl Iterator<Item = &'a Case> {
        self.sections
            .iter()
            .filter(move |(name, _)| name == section)
            .flat_map(|(_, cases)| cases)
    }
}

/// Every file of cases, by name.
pub(crate) fn all() -> Vec<CaseFile> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/evidence/cases");
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    paths.iter().map(|path| read(path)).collect()
}

fn read(path: &Path) -> CaseFile {
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    let text = fs::read_to_string(path).unwrap();
    let mut file = CaseFile::default();
    let mut section = "";
    for (index, line) in text.lines().enumerate() {
        let header = line
            .strip_prefix("-- ")
            .and_then(|rest| rest.strip_suffix(" --"));
        if let Some(header) = header {
            section = header;
            file.sections.push((header.to_owned(), Vec::new()));
        } else if section == "source" {
            file.source.push_str(line);
            file.source.push('\n');
        } else if !line.is_empty() && !line.starts_with('#') {
            let (_, cases) = file
                .sections
                .last_mut()
                .unwrap_or_else(|| panic!("{name}: a case before the first section"));
            cases.push(Case {
                place: format!("{name}:{}", index + 1),
                columns: line
                    .split('|')
                    .map(|column| unescape(column.trim()))
                    .collect(),
            });
        }
    }
    file.source = unescape(&file.source);
    file
}

/// Replaces `\u{a0}` and `\n` with the characters that they represent.
fn unescape(text: &str) -> String {
    let mut parts = text.split("\\u{");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (code, rest) = part.split_once('}').expect("an escape ends with `}`");
        let code = u32::from_str_radix(code, 16).expect("an escape is hexadecimal");
        plain.push(char::from_u32(code).expect("an escape is a character"));
        plain.push_str(rest);
    }
    plain.replace("\\n", "\n")
}
