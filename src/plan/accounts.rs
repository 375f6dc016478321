//! Accounts that differ: what several sources say of one thing, side by side.

use crate::evidence::{RecordClaim, accounts, of_event, of_figure, of_reaction};
use crate::model::{
    Account, Anchor, Event, Figure, Layout, PartialDate, Quantity, Reaction, SourceRef,
};
use crate::plan::context::PageContext;
use crate::plan::evidence;
use crate::plan::view::{AccountView, AccountedView, AccountsView, CopyView, WordsView};

/// Longer texts aren't laid side by side word by word.
const MOST_WORDS: usize = 400;

/// What a record and its accounts say.
struct Said<'r> {
    title: Option<&'r str>,
    date: Option<&'r PartialDate>,
    quantity: Option<&'r Quantity>,
    quote: Option<&'r str>,
    as_printed: Option<&'r str>,
    inferred: Option<&'r str>,
    language: Option<&'r str>,
    sources: &'r [SourceRef],
    needs_review: bool,
    claims: Vec<RecordClaim<'r>>,
}

/// The accounts of an event; none if its sources don't differ.
pub(super) fn event(context: &mut PageContext<'_>, event: &Event) -> Vec<AccountView> {
    let own = Said {
        title: Some(&event.title),
        date: Some(&event.date),
        quantity: None,
        quote: None,
        as_printed: event.as_printed.as_deref(),
        inferred: event.inferred.as_deref(),
        language: None,
        sources: &event.sources,
        needs_review: event.review,
        claims: of_event(event),
    };
    views(context, own, &event.accounts, accounts::of_event(event))
}

/// The accounts of a figure; none if its sources don't differ.
pub(super) fn figure(context: &mut PageContext<'_>, figure: &Figure) -> Vec<AccountView> {
    let own = Said {
        title: Some(&figure.title),
        date: figure.date.as_ref(),
        quantity: Some(figure.value.headline()),
        quote: None,
        as_printed: figure.as_printed.as_deref(),
        inferred: figure.inferred.as_deref(),
        language: None,
        sources: &figure.sources,
        needs_review: figure.review,
        claims: of_figure(figure),
    };
    views(context, own, &figure.accounts, accounts::of_figure(figure))
}

/// The accounts of a reaction; none if its sources don't differ.
pub(super) fn reaction(context: &mut PageContext<'_>, reaction: &Reaction) -> Vec<AccountView> {
    let own = Said {
        title: None,
        date: reaction.date.as_ref(),
        quantity: None,
        quote: reaction.quote.as_deref(),
        as_printed: reaction.as_printed.as_deref(),
        inferred: reaction.inferred.as_deref(),
        language: reaction.language.as_deref(),
        sources: &reaction.sources,
        needs_review: reaction.review,
        claims: of_reaction(reaction),
    };
    let claims = accounts::of_reaction(reaction);
    views(context, own, &reaction.accounts, claims)
}

/// The record's own account, then the others.
fn views<'r>(
    context: &mut PageContext<'_>,
    own: Said<'r>,
    accounts: &'r [Account],
    claims: Vec<Vec<RecordClaim<'r>>>,
) -> Vec<AccountView> {
    // An embed is made to measure, and is of one account.
    if accounts.is_empty() || !context.is_whole() {
        return Vec::new();
    }
    let mut all = vec![own];
    for (account, claims) in accounts.iter().zip(claims) {
        let own = &all[0];
        all.push(Said {
            title: account.title.as_deref().or(own.title),
            date: account.date.as_ref().or(own.date),
            quantity: account.quantity.as_ref().or(own.quantity),
            quote: account.quote.as_deref().or(own.quote),
            as_printed: account.as_printed.as_deref(),
            inferred: account.inferred.as_deref(),
            language: own.language,
            sources: &account.sources,
            needs_review: account.review,
            claims,
        });
    }
    let differ = Differ::of(accounts);
    let mut titles = side_by_side(&all, |said| said.title.filter(|_| differ.title));
    mark_numbers_alone(&mut titles);
    let quotes = side_by_side(&all, |said| said.quote.filter(|_| differ.quote));
    let sizes = sizes(&all);
    let mut views = Vec::new();
    for (index, ((said, title), quote)) in all.iter().zip(titles).zip(quotes).enumerate() {
        let phrases = context.site.phrases();
        let date = said.date.filter(|_| differ.date);
        let quantity = said.quantity.filter(|_| differ.value);
        let (date, value) = (
            date.map(|date| phrases.date(date)),
            quantity.map(|quantity| phrases.quantity(quantity)),
        );
        views.push(AccountView {
            is_own: index == 0,
            title,
            size: sizes.get(index).copied().filter(|_| differ.value),
            date,
            value,
            quote,
            language: said.language.map(str::to_owned),
            as_printed: said.as_printed.map(str::to_owned),
            inferred: said.inferred.map(str::to_owned),
            needs_review: said.needs_review,
            evidence: evidence::of_record(context.site, said.needs_review, said.claims.clone()),
            sources: context.source_refs(said.sources),
        });
    }
    views
}

/// What the accounts of a record differ in.
struct Differ {
    title: bool,
    date: bool,
    value: bool,
    quote: bool,
}

impl Differ {
    fn of(accounts: &[Account]) -> Self {
        Self {
            title: accounts.iter().any(|account| account.title.is_some()),
            date: accounts.iter().any(|account| account.date.is_some()),
            value: accounts.iter().any(|account| account.quantity.is_some()),
            quote: accounts.iter().any(|account| account.quote.is_some()),
        }
    }

    /// The keys of its words.
    fn keys(&self) -> impl Iterator<Item = &'static str> {
        let keys = [
            (self.value, "claim_number"),
            (self.date, "claim_date"),
            (self.quote, "differ_in_wording"),
            (self.title, "differ_in_events"),
        ];
        keys.into_iter()
            .filter(|(is_so, _)| *is_so)
            .map(|(_, key)| key)
    }
}

/// How large each number is, in thousandths of the largest; empty unless there are two and all are above nothing.
fn sizes(all: &[Said<'_>]) -> Vec<u16> {
    let numbers = all.iter().filter_map(|said| said.quantity);
    let numbers: Vec<f64> = numbers
        .filter_map(|quantity| quantity.number.value().to_string().parse().ok())
        .collect();
    let largest = numbers.iter().copied().fold(0.0, f64::max);
    let can_be_shown = numbers.len() == all.len() && numbers.iter().all(|number| *number > 0.0);
    if !can_be_shown || largest <= 0.0 {
        return Vec::new();
    }
    let share = |number: &f64| (number / largest * 1000.0).round() as u16;
    numbers.iter().map(share).collect()
}

/// The words of each account, those marked that others don't have there.
fn side_by_side<'s>(
    all: &[Said<'s>],
    words_of: impl Fn(&Said<'s>) -> Option<&'s str>,
) -> Vec<Vec<WordsView>> {
    let texts: Vec<Vec<&str>> = all
        .iter()
        .map(|said| {
            words_of(said)
                .unwrap_or_default()
                .split_whitespace()
                .collect()
        })
        .collect();
    let own = &texts[0];
    let mut own_differs = vec![false; own.len()];
    let mut marked = vec![Vec::new()];
    for theirs in &texts[1..] {
        let (first, second) = unmatched(own, theirs);
        for (mark, differs) in own_differs.iter_mut().zip(first) {
            *mark |= differs;
        }
        marked.push(runs(theirs, &second));
    }
    marked[0] = runs(own, &own_differs);
    marked
}

/// Two sentences on one event have other words anyway: where their numbers differ, these are what is marked.
fn mark_numbers_alone(titles: &mut [Vec<WordsView>]) {
    let has_digit = |words: &str| words.contains(|c: char| c.is_numeric());
    let is_counted =
        |title: &Vec<WordsView>| title.iter().any(|run| run.differs && has_digit(&run.words));
    if titles.iter().filter(|title| is_counted(title)).count() < 2 {
        return;
    }
    for title in titles {
        let words: Vec<(&str, bool)> = title
            .iter()
            .flat_map(|run| run.words.split(' ').map(|word| (word, run.differs)))
            .collect();
        let differs = words
            .iter()
            .map(|(word, differs)| *differs && has_digit(word));
        let differs: Vec<bool> = differs.collect();
        let words: Vec<&str> = words.into_iter().map(|(word, _)| word).collect();
        *title = runs(&words, &differs);
    }
}

/// Which words of two texts the longest common sequence leaves out. Marks and capitals don't count.
fn unmatched(a: &[&str], b: &[&str]) -> (Vec<bool>, Vec<bool>) {
    if a.len() > MOST_WORDS || b.len() > MOST_WORDS {
        return (vec![false; a.len()], vec![false; b.len()]);
    }
    let key = |word: &&str| -> String {
        let bare = word
            .trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '$' | '€' | '£' | '%'));
        bare.to_lowercase()
    };
    let a: Vec<String> = a.iter().map(key).collect();
    let b: Vec<String> = b.iter().map(key).collect();
    // How long the longest common sequence is from here on.
    let mut longest = vec![vec![0_usize; b.len() + 1]; a.len() + 1];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            longest[i][j] = match a[i] == b[j] {
                true => longest[i + 1][j + 1] + 1,
                false => longest[i + 1][j].max(longest[i][j + 1]),
            };
        }
    }
    let (mut in_a, mut in_b) = (vec![true; a.len()], vec![true; b.len()]);
    let (mut i, mut j) = (0, 0);
    while i < a.len() && j < b.len() {
        if a[i] == b[j] {
            (in_a[i], in_b[j]) = (false, false);
            (i, j) = (i + 1, j + 1);
        } else if longest[i + 1][j] >= longest[i][j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    (in_a, in_b)
}

/// Words in runs of those that differ and those that don't.
fn runs(words: &[&str], differs: &[bool]) -> Vec<WordsView> {
    let mut runs: Vec<WordsView> = Vec::new();
    for (word, differs) in words.iter().zip(differs) {
        match runs.last_mut() {
            Some(last) if last.differs == *differs => {
                last.words.push(' ');
                last.words.push_str(word);
            }
            _ => runs.push(WordsView {
                words: (*word).to_owned(),
                differs: *differs,
            }),
        }
    }
    runs
}

/// All accounts of an explainer that differ; `None` on a page that isn't of them.
pub(super) fn page(context: &mut PageContext<'_>) -> Option<AccountsView> {
    if context.page.head.layout != Layout::Accounts {
        return None;
    }
    let mut found = AccountsView::default();
    for page in context.below {
        let records = &page.records;
        for item in &records.figures {
            let told = Told {
                kind: "figure",
                title: &item.title,
                anchor: &item.anchor,
                accounts: &item.accounts,
                sources: &item.sources,
                views: figure(context, item),
            };
            told.add_to(&mut found, context);
        }
        for item in &records.events {
            let told = Told {
                kind: "event",
                title: &item.title,
                anchor: &item.anchor,
                accounts: &item.accounts,
                sources: &item.sources,
                views: event(context, item),
            };
            told.add_to(&mut found, context);
        }
        for item in &records.reactions {
            let told = Told {
                kind: "reaction",
                title: &item.speaker.name,
                anchor: &item.anchor,
                accounts: &item.accounts,
                sources: &item.sources,
                views: reaction(context, item),
            };
            told.add_to(&mut found, context);
        }
    }
    let order = |kind: &str| match kind {
        "figure" => 0,
        "event" => 1,
        _ => 2,
    };
    found.records.sort_by_key(|record| order(record.kind));
    found.n_records = found.records.len();
    Some(found)
}

/// A record as the page of accounts takes it in.
struct Told<'r> {
    kind: &'static str,
    title: &'r str,
    anchor: &'r Anchor,
    accounts: &'r [Account],
    sources: &'r [SourceRef],
    /// What its sources say each; empty if they agree.
    views: Vec<AccountView>,
}

impl Told<'_> {
    fn add_to(self, found: &mut AccountsView, context: &PageContext<'_>) {
        let copies = copy(context, self.title, self.anchor, self.sources);
        found.copies.extend(copies);
        if self.views.is_empty() {
            return;
        }
        let words = context.site.words;
        let differ = Differ::of(self.accounts);
        let names = differ.keys().map(|key| words.get(key));
        found.records.push(AccountedView {
            kind: self.kind,
            title: self.title.to_owned(),
            href: context.link_to_record(self.anchor),
            differ_in: evidence::listed(words, &names.collect::<Vec<_>>()),
            accounts: self.views,
        });
    }
}

/// A record that a source prints word for word as another does.
fn copy(
    context: &PageContext<'_>,
    title: &str,
    anchor: &Anchor,
    sources: &[SourceRef],
) -> Option<CopyView> {
    let is_part = |one: &&SourceRef| {
        let is_original = sources.iter().any(|other| {
            let original = other.copy_of.as_ref();
            original.is_some_and(|original| original.anchor == one.source.anchor)
        });
        is_original || one.copy_of.is_some()
    };
    let names: Vec<String> = sources
        .iter()
        .filter(is_part)
        .map(|one| {
            let source = &one.source;
            source.publisher.as_ref().unwrap_or(&source.title).clone()
        })
        .collect();
    (names.len() > 1).then(|| CopyView {
        title: title.to_owned(),
        href: context.link_to_record(anchor),
        sources: names,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_others_do_not_have_there_are_marked() {
        let mark = |a: &str, b: &str| -> (String, String) {
            let (a, b): (Vec<&str>, Vec<&str>) = (a.split(' ').collect(), b.split(' ').collect());
            let (in_a, in_b) = unmatched(&a, &b);
            let shown = |words: &[&str], differs: &[bool]| {
                let runs = runs(words, differs).into_iter();
                let runs = runs.map(|run| match run.differs {
                    true => format!("[{}]", run.words),
                    false => run.words,
                });
                runs.collect::<Vec<_>>().join(" ")
            };
            (shown(&a, &in_a), shown(&b, &in_b))
        };
        assert_eq!(
            mark("We need the quay now.", "We need the second quay, now"),
            (
                "We need the quay now.".to_owned(),
                "We need the [second] quay, now".to_owned()
            )
        );
        assert_eq!(
            mark("voted 7-2 for it", "voted 6-3 for it"),
            (
                "voted [7-2] for it".to_owned(),
                "voted [6-3] for it".to_owned()
            )
        );
        assert_eq!(mark("cost $48.5", "cost $52").1, "cost [$52]");
    }
}
