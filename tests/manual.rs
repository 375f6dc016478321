//! Runs the manual: every command in it works, in the order in which a reader meets it, with the files that it shows.
//!
//! In a page of `docs/content`, a block marked
//! - `sh` is run line by line, and each line has to succeed (`sh fails`: has to find faults);
//! - with a language and a path is that file, whole;
//! - `console`, or with a language alone, is shown to readers and not run.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test that can't go on should stop")]

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A fenced block that does something.
enum Block {
    Commands { lines: Vec<String>, code: i32 },
    File { path: String, text: String },
}

fn blocks(page: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        let Some(info) = line.strip_prefix("```") else {
            continue;
        };
        let body: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        match info.split_once(' ') {
            None if info == "sh" => blocks.push(commands(&body, 0)),
            Some(("sh", "fails")) => blocks.push(commands(&body, 1)),
            Some(("sh", other)) => panic!("`sh {other}` isn't a kind of block"),
            Some((_, path)) => blocks.push(Block::File {
                path: path.to_owned(),
                text: body.join("\n") + "\n",
            }),
            None => {}
        }
    }
    blocks
}

fn commands(body: &[&str], code: i32) -> Block {
    let lines = body.iter().map(|line| (*line).to_owned()).collect();
    Block::Commands { lines, code }
}

/// Where a reader of one page is.
struct Desk {
    home: tempfile::TempDir,
    folder: PathBuf,
}

impl Desk {
    /// In a folder with the smallest site there is, unless the page begins with one of its own.
    fn new(page: &[Block]) -> Self {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("desk");
        fs::create_dir(&folder).unwrap();
        let is_init = |line: &String| line.starts_with("nutgraf init");
        let begins_one = page.iter().any(|block| match block {
            Block::Commands { lines, .. } => lines.iter().any(is_init),
            Block::File { .. } => false,
        });
        if !begins_one {
            fs::create_dir(folder.join("content")).unwrap();
            fs::write(folder.join("site.yaml"), "title: Harbor desk\n").unwrap();
            fs::write(
                folder.join("content/index.md"),
                "---\ntitle: Home\n---\nHello.\n",
            )
            .unwrap();
        }
        let mut desk = Self { home, folder };
        let host = desk.host();
        desk.run(&format!("git init --quiet --bare '{}'", host.display()), 0);
        desk
    }

    fn host(&self) -> PathBuf {
        self.home.path().join("github.git")
    }

    fn run(&mut self, line: &str, code: i32) {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words[..] {
            ["cd", folder] => self.folder.push(folder),
            ["nutgraf", "serve" | "watch", ..] => self.starts(line),
            _ => {
                let output = self.shell(line).output().unwrap();
                let said = String::from_utf8_lossy(&output.stderr);
                assert_eq!(output.status.code(), Some(code), "`{line}`:\n{said}");
            }
        }
    }

    /// A command that goes on until it is ended: it has to say that it is ready.
    fn starts(&self, line: &str) {
        let line = line
            .replace("serve", "serve --port 0")
            .replace(" --open", "");
        let mut child = self
            .shell(&format!("exec {line}"))
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut said = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut said)
            .unwrap();
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(!said.is_empty(), "`{line}` said nothing");
    }

    fn shell(&self, line: &str) -> Command {
        let program = Path::new(env!("CARGO_BIN_EXE_nutgraf"));
        let path = std::env::var("PATH").unwrap();
        let path = format!("{}:{path}", program.parent().unwrap().display());
        let mut shell = Command::new("sh");
        shell
            .args(["-e", "-c", line])
            .current_dir(&self.folder)
            .env("PATH", path)
            .env("HOME", self.home.path())
            .env("LC_ALL", "C.UTF-8")
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("GIT_CONFIG_COUNT", "4")
            .envs([
                ("GIT_CONFIG_KEY_0", "user.name"),
                ("GIT_CONFIG_VALUE_0", "A. Reader"),
                ("GIT_CONFIG_KEY_1", "user.email"),
                ("GIT_CONFIG_VALUE_1", "reader@example.org"),
                ("GIT_CONFIG_KEY_2", "init.defaultBranch"),
                ("GIT_CONFIG_VALUE_2", "main"),
                // The host that a tutorial publishes to is a folder here.
                ("GIT_CONFIG_VALUE_3", "git@github.com:YOU/harbor-desk.git"),
            ])
            .env(
                "GIT_CONFIG_KEY_3",
                format!("url.{}.insteadOf", self.host().display()),
            )
            .stdin(Stdio::null());
        shell
    }
}

fn docs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs")
}

#[test]
fn every_command_and_file_of_the_manual_works() {
    let mut n_commands = 0;
    for entry in walkdir::WalkDir::new(docs().join("content")).sort_by_file_name() {
        let path = entry.unwrap().into_path();
        if path.extension().is_none_or(|ending| ending != "md") {
            continue;
        }
        let page = blocks(&fs::read_to_string(&path).unwrap());
        if page.is_empty() {
            continue;
        }
        eprintln!("{}", path.display());
        let mut desk = Desk::new(&page);
        let mut is_draft = false;
        for block in &page {
            match block {
                Block::File { path, text } => {
                    let path = desk.folder.join(path);
                    fs::create_dir_all(path.parent().unwrap()).unwrap();
                    fs::write(path, text).unwrap();
                }
                Block::Commands { lines, code } => {
                    for line in lines {
                        desk.run(line, *code);
                        n_commands += 1;
                        is_draft |= line.starts_with("nutgraf import");
                    }
                }
            }
        }
        // What a reader has at the end of the page is a site without a fault; a draft is one that waits for review.
        desk.run("nutgraf check", i32::from(is_draft));
    }
    assert!(n_commands > 20, "the manual has only {n_commands} commands");
}

#[test]
fn the_program_carries_the_manual() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_nutgraf"))
        .args(["docs", "--port", "0"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut said = String::new();
    BufReader::new(child.stdout.take().unwrap())
        .read_line(&mut said)
        .unwrap();
    let address = said.split("http://").nth(1).unwrap().trim();
    let host = address.split('/').next().unwrap();
    let mut connection = TcpStream::connect(host).unwrap();
    write!(
        connection,
        "GET /guide/timeline/ HTTP/1.0\r\nHost: {host}\r\n\r\n"
    )
    .unwrap();
    let mut page = String::new();
    connection.read_to_string(&mut page).unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(page.contains("Tell what happened when"), "{page}");
}

#[test]
fn the_manual_is_a_site_without_a_fault() {
    let output = Command::new(env!("CARGO_BIN_EXE_nutgraf"))
        .args(["check", "--strict", "--root"])
        .arg(docs())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
}
