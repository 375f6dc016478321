//! Events of a timeline in Markwhen (docs.markwhen.com/syntax): a date or a stretch of time, a colon, and what happened.

use std::collections::BTreeMap;

use super::super::draft::Present;
use super::days::{self, Order};
use super::{Entry, List, date, draft, in_order, judged, one_line, stretch, without_field};

/// The events of a timeline; `name` is what its source is called if it has no title itself.
///
/// Words of groups and sections become tags. The order of day and month is the American one, unless `dateFormat` of the
/// header begins with the day.
///
/// # Errors
///
/// In a sentence that says which events can't be read, and why.
pub(crate) fn markwhen(text: &str, name: &str, present: &Present) -> Result<List, String> {
    let mut reader = Reader {
        title: name.to_owned(),
        order: Order::MonthFirst,
        groups: Vec::new(),
        entries: Vec::new(),
        faults: Vec::new(),
        left_out: BTreeMap::new(),
        is_before_events: true,
    };
    for (number, line) in text.lines().enumerate() {
        reader.line(number + 1, line);
    }
    let Reader {
        title,
        entries,
        faults,
        left_out,
        ..
    } = reader;
    let mut said = judged(entries.len(), &faults, "the timeline holds no events")?;
    said.extend(without_field(&left_out));
    Ok(List {
        draft: draft(&title, in_order(entries), present),
        left_out: said,
    })
}

struct Reader {
    title: String,
    order: Order,
    /// The groups and sections that are open, from the outside in.
    groups: Vec<String>,
    entries: Vec<Entry>,
    faults: Vec<String>,
    left_out: BTreeMap<&'static str, usize>,
    /// Whether the header may still go on.
    is_before_events: bool,
}

impl Reader {
    fn line(&mut self, number: usize, line: &str) {
        let line = line.trim();
        if line.is_empty() || line == "---" || line.starts_with("//") {
            return;
        }
        let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        match word.to_lowercase().as_str() {
            "group" | "section" => {
                self.is_before_events = false;
                return self.groups.push(without_tags(rest).0);
            }
            "endgroup" | "endsection" => {
                self.groups.pop();
                return;
            }
            _ => {}
        }
        if let Some((when, what)) = event(line) {
            match self.when(when) {
                Ok((date, time)) => {
                    self.is_before_events = false;
                    return self.begin(date, time, what);
                }
                Err(reason) if looks_like_a_time(when) => {
                    self.is_before_events = false;
                    self.faults.push(format!("line {number}: {reason}"));
                    return;
                }
                Err(_) => {}
            }
        }
        if self.is_before_events {
            self.header(line);
        } else {
            self.more(line);
        }
    }

    fn header(&mut self, line: &str) {
        let Some((key, value)) = line.split_once(':') else {
            return;
        };
        let value = value.trim().trim_matches(['"', '\'']);
        match key.trim() {
            "title" if !value.is_empty() => value.clone_into(&mut self.title),
            "dateFormat" if value.starts_with('d') => self.order = Order::DayFirst,
            _ => {}
        }
    }

    fn begin(&mut self, date: String, time: Option<String>, what: &str) {
        let (title, mut tags) = without_tags(what);
        for group in &self.groups {
            if !group.is_empty() && !tags.contains(group) {
                tags.push(group.clone());
            }
        }
        self.entries.push(Entry {
            date,
            time,
            title,
            tags,
            ..Entry::default()
        });
    }

    /// What follows the first line of an event.
    fn more(&mut self, line: &str) {
        let Some(event) = self.entries.last_mut() else {
            return;
        };
        let key = line.split_once(':').map(|(key, _)| key);
        if let Some(what @ ("id" | "key" | "rrule" | "tz" | "timezone")) = key {
            let what = if what == "rrule" {
                "repetitions"
            } else {
                "ids and time zones"
            };
            *self.left_out.entry(what).or_default() += 1;
            return;
        }
        let (words, tags) = without_tags(line);
        for tag in tags {
            if !event.tags.contains(&tag) {
                event.tags.push(tag);
            }
        }
        let text = event.text.get_or_insert_default();
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&words);
    }

    /// A moment, or a stretch between two of them: `2024-03/2024-05`, `3/4/2024 - 5 May 2024`.
    fn when(&self, written: &str) -> Result<(String, Option<String>), String> {
        if let Ok(date) = written.parse::<crate::model::PartialDate>() {
            return Ok((date.to_string(), None));
        }
        if let Ok(one) = self.moment(written) {
            return Ok(one);
        }
        let ends = [" - ", " to ", " / ", "/", "-"]
            .into_iter()
            .find_map(|sign| {
                let (from, to) = written.split_once(sign)?;
                Some((self.moment(from).ok()?, self.moment(to).ok()?))
            });
        match ends {
            Some(((from, time), (to, _))) => Ok((stretch(from, Some(to)), time)),
            None => Err(format!(
                "`{written}` isn't a date that can be read here; write the day itself, as in `2024-03-05`"
            )),
        }
    }

    fn moment(&self, written: &str) -> Result<(String, Option<String>), String> {
        let written = written.trim();
        // `3/2024` is March.
        if let Some((month, year)) = written.split_once('/')
            && let (Ok(month), Ok(year)) = (month.parse(), year.parse())
            && year > 31
            && let Some(date) = date(year, Some(month), None)
        {
            return Ok((date, None));
        }
        let read = days::read(written, Some(self.order))?;
        let (day, time) = match read.edtf.split_once('T') {
            Some((day, time)) => (day.to_owned(), Some(time.to_owned())),
            None => (read.edtf.clone(), read.time),
        };
        Ok((day, time))
    }
}

/// The time and the words of a line that may begin an event: they are parted by the first colon before a space.
fn event(line: &str) -> Option<(&str, &str)> {
    let line = line.trim_start_matches(['-', '*']).trim_start();
    let at = line
        .find(": ")
        .or_else(|| line.strip_suffix(':').map(str::len))?;
    let (when, what) = (line[..at].trim(), line[at + 1..].trim());
    (!when.is_empty() && !what.is_empty()).then_some((when, what))
}

/// Whether something before a colon is meant as a time, even if it can't be read: `5 days`, `now`, `after !vote 2 weeks`.
fn looks_like_a_time(words: &str) -> bool {
    const RELATIVE: [&str; 6] = ["after", "before", "by", "now", "today", "since"];
    let first = words.split_whitespace().next().unwrap_or_default();
    let has_digit = words.starts_with(|c: char| c.is_ascii_digit());
    has_digit || RELATIVE.contains(&first.to_lowercase().as_str())
}

/// Words on one line without the marks of Markwhen and Markdown in them, and the tags among them.
fn without_tags(words: &str) -> (String, Vec<String>) {
    let mut tags = Vec::new();
    let kept = words.split_whitespace().filter(|word| {
        let tag = word
            .strip_prefix('#')
            .map(|tag| tag.trim_end_matches([',', '.']));
        let tag = tag.filter(|tag| tag.starts_with(char::is_alphabetic));
        tags.extend(tag.map(|tag| tag.replace(['_', '-'], " ")));
        tag.is_none()
    });
    let kept: Vec<&str> = kept.collect();
    let words = kept.join(" ");
    let words = words.trim_start_matches("[ ]").trim_start_matches("[x]");
    (one_line(words), tags)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "title: The harbor
dateFormat: d/M/y

// ours
section The council #politics
2024-03-05: The council votes #vote
It was close.
id: vote
3/4/2024 - 5/4/2024: Talks
endSection

group Works
2024-05/2024-07: Piles are driven
March 2025: The quay opens
5 days: Party
after !vote 2 weeks: Review
endGroup
2026: Another look
";

    #[test]
    fn a_timeline_gives_its_events_and_names_the_rest() {
        let list = markwhen(TEXT, "c", &Present::default()).unwrap();
        assert_eq!(list.draft.title.as_deref(), Some("The harbor"));
        let events = list.draft.records.iter().skip(1);
        let events: Vec<(&str, &str)> = events
            .map(|event| {
                (
                    event.text_of("date").unwrap(),
                    event.text_of("title").unwrap(),
                )
            })
            .collect();
        assert_eq!(
            events,
            [
                ("2024-03-05", "The council votes"),
                ("2024-04-03/2024-04-05", "Talks"),
                ("2024-05/2024-07", "Piles are driven"),
                ("2025-03", "The quay opens"),
                ("2026", "Another look"),
            ]
        );
        assert_eq!(list.draft.records[1].text_of("text"), Some("It was close."));
        assert!(
            list.left_out[0].contains("line 15: `5 days` isn't a date"),
            "{:?}",
            list.left_out
        );
        assert!(
            list.left_out[0].contains("line 16: `after !vote 2 weeks`"),
            "{:?}",
            list.left_out
        );
        assert!(
            list.left_out[1].contains("ids and time zones (1)"),
            "{:?}",
            list.left_out
        );
    }

    #[test]
    fn a_text_without_events_is_none() {
        let fault = markwhen("title: Nothing\nNote: a colon\n", "c", &Present::default());
        assert_eq!(fault.unwrap_err(), "the timeline holds no events");
    }
}
