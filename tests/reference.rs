//! Holds the manual's reference to the program: its pages are made from the program's own declarations.
//!
//! `UPDATE_GOLDEN=1 cargo test --test reference` writes them anew; review them as code.

#![allow(clippy::unwrap_used, reason = "a test that can't go on should stop")]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use clap::CommandFactory;
use nutgraf::cli::Cli;
use nutgraf::diag::Code;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Holds a page of the reference to what the program says.
#[track_caller]
fn hold(page: &str, expected: &str) {
    let path = root().join("docs/content/reference").join(page);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, expected).unwrap();
    }
    let found = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(
        found, expected,
        "docs/content/reference/{page} isn't what the program says: UPDATE_GOLDEN=1 writes it anew"
    );
}

fn front_matter(title: &str, description: &str, weight: usize) -> String {
    format!("---\ntitle: {title}\ndescription: {description}\nweight: {weight}\n---\n")
}

#[test]
fn the_manual_has_every_command() {
    let mut page = front_matter("Commands", "What can be typed, with every option.", 1);
    let mut program = Cli::command();
    program.build();
    page.push_str("\nEvery command takes these, too:\n\n");
    options(&mut page, program.get_arguments());
    for command in program.get_subcommands() {
        if command.get_name() == "help" || command.is_hide_set() {
            continue;
        }
        let name = command.get_name();
        let about = command.get_about().unwrap().to_string();
        write!(page, "\n## nutgraf {name}\n\n{}.\n\n", as_markdown(&about)).unwrap();
        let usage = command.clone().render_usage().to_string();
        let usage = usage.trim_start_matches("Usage: ");
        write!(page, "```text\n{usage}\n```\n\n").unwrap();
        let own = command
            .get_arguments()
            .filter(|argument| !argument.is_global_set() && !is_common(argument));
        options(&mut page, own);
        page.truncate(page.trim_end().len());
        page.push('\n');
        for (line, purpose) in examples(command) {
            write!(page, "\n{purpose}:\n\n```console\n{line}\n```\n").unwrap();
        }
    }
    hold("commands.md", &page);
}

/// The lines that the help of a command shows, and what each is for.
fn examples(command: &clap::Command) -> Vec<(String, String)> {
    let help = command.get_after_help().unwrap().to_string();
    let mut lines = help.lines().skip(1).map(|line| line.trim().to_owned());
    let pairs = std::iter::from_fn(|| Some((lines.next()?, lines.next()?)));
    pairs.collect()
}

#[test]
fn every_example_of_the_help_is_a_command_line() {
    let mut program = Cli::command();
    program.build();
    for command in program.get_subcommands() {
        if command.get_name() == "help" || command.is_hide_set() {
            continue;
        }
        let examples = examples(command);
        assert!(!examples.is_empty(), "{}", command.get_name());
        for (line, _) in examples {
            let at = line.find("nutgraf ").unwrap();
            let typed = line[at..].split(['|', '>']).next().unwrap();
            // Without quotation marks inside words, this is how a shell divides a line.
            let parts = typed.split('"').enumerate();
            let words = parts.flat_map(|(n, part)| match n % 2 {
                0 => part.split_whitespace().map(str::to_owned).collect(),
                _ => vec![part.to_owned()],
            });
            let parsed = Cli::command().try_get_matches_from(words);
            let name = parsed.unwrap_or_else(|fault| panic!("{line}: {fault}"));
            assert_eq!(name.subcommand_name(), Some(command.get_name()), "{line}");
        }
    }
}

/// A table of options; nothing where there are none.
fn options<'a>(page: &mut String, arguments: impl Iterator<Item = &'a clap::Arg>) {
    let mut rows = String::new();
    for argument in arguments {
        let (Some(help), false) = (argument.get_help(), argument.is_hide_set()) else {
            continue;
        };
        let value = argument
            .get_value_names()
            .filter(|_| argument.get_action().takes_values())
            .map(|names| names.iter().map(|name| format!(" {name}")).collect())
            .unwrap_or_else(String::new);
        let name = match (argument.get_short(), argument.get_long()) {
            (Some(short), Some(long)) => format!("-{short}, --{long}{value}"),
            (None, Some(long)) => format!("--{long}{value}"),
            (Some(short), None) => format!("-{short}{value}"),
            (None, None) => value.trim_start().to_owned(),
        };
        let defaults: Vec<_> = argument
            .get_default_values()
            .iter()
            .filter_map(|value| value.to_str())
            .filter(|value| !matches!(*value, "true" | "false"))
            .collect();
        let mut help = as_markdown(&help.to_string()).replace('|', "\\|");
        if !defaults.is_empty() {
            write!(help, " (default: `{}`)", defaults.join(" ")).unwrap();
        }
        let words: Vec<String> = argument
            .get_possible_values()
            .iter()
            .filter(|value| !value.is_hide_set())
            .map(|value| format!("`{}`", value.get_name()))
            .filter(|value| !matches!(&**value, "`true`" | "`false`"))
            .collect();
        if !words.is_empty() {
            write!(help, ": {}", words.join(", ")).unwrap();
        }
        writeln!(rows, "| `{name}` | {help} |").unwrap();
    }
    if !rows.is_empty() {
        write!(page, "| option | what it does |\n|---|---|\n{rows}").unwrap();
    }
}

#[test]
fn the_manual_has_every_message() {
    let mut page = front_matter(
        "Messages",
        "Every kind of fault that nutgraf reports, why it is one, and how the report looks.",
        2,
    );
    page.push_str(
        "\nAn **error** keeps the site from being written. \
         A **warning** doesn’t, unless `--strict` is given. \
         A **hint** is a remark.\n",
    );
    let mut codes = Code::ALL.to_vec();
    codes.sort_by_key(|code| code.name());
    for code in codes {
        let name = code.name();
        let severity = code.severity().name();
        let why = code.explanation().replace('\n', " ");
        let why = why.split_whitespace().collect::<Vec<_>>().join(" ");
        write!(page, "\n## {name}\n\n*{severity}.* {}\n", as_markdown(&why)).unwrap();
        if let Some(report) = example(name) {
            write!(page, "\n```text\n{report}\n```\n").unwrap();
        }
    }
    hold("messages.md", &page);
}

/// The first report of that code in its fixture.
fn example(name: &str) -> Option<String> {
    let fixture = fs::read_to_string(root().join(format!("tests/diag/{name}.txt"))).ok()?;
    let (_, report) = fixture.split_once("-- report --\n")?;
    let from = report.find(&format!("[{name}]"))?;
    let from = report[..from].rfind('\n').map_or(0, |at| at + 1);
    let report = report[from..].split("\n\n").next()?.trim_end();
    // The count of faults in the last line is of the whole run.
    let lines = report.lines().filter(|line| !ends_a_run(line));
    Some(lines.collect::<Vec<_>>().join("\n").trim_end().to_owned())
}

fn ends_a_run(line: &str) -> bool {
    line.starts_with(|c: char| c.is_ascii_digit())
        && ["error", "warning", "hint"]
            .iter()
            .any(|word| line.contains(word))
        && !line.contains('|')
}

/// Help of the program, as Markdown: what begins like HTML is written as text.
fn as_markdown(text: &str) -> String {
    text.replace("](", "] (").replace('<', "\\<")
}

/// Options that every program has.
fn is_common(argument: &clap::Arg) -> bool {
    matches!(argument.get_id().as_str(), "help" | "version")
}

#[test]
fn each_message_is_explained_by_its_code() {
    let docs = |code: &str| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_nutgraf"));
        let output = command.args(["docs", code]).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (text(output.stdout), text(output.stderr))
    };
    let (said, _) = docs("bad-date");
    assert!(said.starts_with("bad-date\n\nerror: "), "{said}");
    assert!(said.contains("error[bad-date]: "), "{said}");
    assert!(!said.contains("```"), "{said}");
    let (_, said) = docs("bad-dat");
    assert!(said.contains("did you mean `bad-date`?"), "{said}");
}

/// The marks at records, in English, by their keys in the theme's words.
const MARKS: [&str; 17] = [
    "verified",
    "evidence_checked",
    "evidence_words_found",
    "evidence_names_found",
    "evidence_uncompared",
    "evidence_language",
    "evidence_declared",
    "evidence_declared_by",
    "evidence_doubtful_claims",
    "evidence_changed_claims",
    "words_doubtful",
    "words_changed",
    "unverified",
    "needs_review",
    "worked_out",
    "value_worked_out",
    "accounts_differ",
];

#[test]
fn the_manual_says_what_each_mark_means() {
    let words = fs::read_to_string(root().join("templates/words/en.yaml")).unwrap();
    let words: std::collections::BTreeMap<String, String> = serde_yaml::from_str(&words).unwrap();
    let page = fs::read_to_string(root().join("docs/content/how-checks-work.md")).unwrap();
    for key in MARKS {
        // What is around the parts that are filled in.
        for part in words[key].split(['{', '}']).step_by(2) {
            let part = part.trim().to_lowercase();
            assert!(page.to_lowercase().contains(&part), "{key}: {part}");
        }
    }
    let evidence = words.keys().filter(|key| key.starts_with("evidence_"));
    let of_pages = [
        "totals",
        "doubtful",
        "not_compared",
        "unverified",
        "note",
        "file",
    ];
    for key in evidence {
        let rest = key.trim_start_matches("evidence_");
        assert!(
            MARKS.contains(&key.as_str()) || of_pages.contains(&rest),
            "{key}: what does it say?"
        );
    }
}
