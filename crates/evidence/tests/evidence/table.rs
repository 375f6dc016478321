//! The table of the suite: by language and kind, how many records came out how.
//!
//! `cargo test -p nutgraf-evidence --test evidence -- --nocapture kinds records told` prints it.

/// How many true records, then how many false ones, came out clean, doubted and refused.
pub(crate) type Tally = [[usize; 3]; 2];

/// The rows of a table, and their sum.
#[derive(Debug, Default)]
pub(crate) struct Table {
    rows: String,
    pub(crate) sum: Tally,
}

impl Table {
    /// Adds a kind of a language.
    pub(crate) fn add(&mut self, name: &str, tally: &Tally) {
        self.rows.push_str(&row(name, tally));
        let sums = self.sum.iter_mut().flatten();
        for (sum, n) in sums.zip(tally.iter().flatten()) {
            *sum += n;
        }
    }

    /// False records that were accepted, all false ones, true ones that weren't clean, all true ones.
    pub(crate) fn counts(&self) -> [usize; 4] {
        let [truths, falsehoods] = &self.sum;
        let n_true = truths.iter().sum();
        [
            falsehoods[0],
            falsehoods.iter().sum(),
            n_true - truths[0],
            n_true,
        ]
    }
}

impl std::fmt::Display for Table {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let columns = [
            "true", "clean", "doubted", "refused", "false", "clean", "doubted", "refused",
        ];
        write!(f, "{:<38}", "kind")?;
        for column in columns {
            write!(f, "{column:>9}")?;
        }
        write!(f, "\n{}{}", self.rows, row("all", &self.sum))
    }
}

fn row(name: &str, [truths, falsehoods]: &Tally) -> String {
    let mut row = format!("{name:<38}");
    for counts in [truths, falsehoods] {
        let n: usize = counts.iter().sum();
        for count in [n].iter().chain(counts) {
            row.push_str(&format!("{count:>9}"));
        }
    }
    row.push('\n');
    row
}
