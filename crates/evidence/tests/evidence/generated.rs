//! Every passage of the cases, edited in every way.

use crate::cases;
use crate::edits::Counts;

#[test]
fn no_forbidden_edit_is_accepted_and_next_to_no_allowed_one_refused() {
    let mut counts = Counts::default();
    for file in cases::all() {
        counts.edit_article(&file.source);
    }
    println!("{counts}");
    for edit in &counts.false_rejects {
        println!("{edit}");
    }
    let (n_allowed, n_forbidden) = counts.n_edits();
    assert!(
        n_allowed > 500 && n_forbidden > 5_000,
        "{n_allowed} and {n_forbidden}"
    );
    assert!(
        counts.false_accepts.is_empty(),
        "accepted, but false:\n{}",
        counts.false_accepts.join("\n")
    );
    assert!(
        counts.false_rejects.len() * 100 <= n_allowed,
        "refused, but true:\n{}",
        counts.false_rejects.join("\n")
    );
}
