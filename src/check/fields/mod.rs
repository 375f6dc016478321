//! Turns fields as written into values: every reader records its own fault and returns `None`.

mod meant;

use self::meant::Advice;
use crate::diag::{Code, Diagnostic};
use crate::document::{Document, FieldPath, MeantDate, meant_dates};
use crate::model::{Day, Number, PartialDate, Published, holds_login};
use crate::project::{Permalink, SourcePath, day_in_name, encode, is_index, is_slug_letter};

/// The fields of one record, or of a page itself.
pub(super) struct Fields<'a> {
    document: &'a Document,
    path: FieldPath,
    faults: &'a mut Vec<Diagnostic>,
}

impl<'a> Fields<'a> {
    /// The fields below `path` in a document's front matter.
    pub(super) fn new(
        document: &'a Document,
        path: FieldPath,
        faults: &'a mut Vec<Diagnostic>,
    ) -> Self {
        Self {
            document,
            path,
            faults,
        }
    }

    /// The path to one field.
    pub(super) fn path(&self, field: &str) -> FieldPath {
        if field.is_empty() {
            self.path.clone()
        } else {
            self.path.key(field)
        }
    }

    /// Records a fault at a field's value, and lets `finish` add to it. An empty field name means the whole record.
    pub(super) fn fault(
        &mut self,
        code: Code,
        field: &str,
        message: impl Into<String>,
        finish: impl FnOnce(Diagnostic) -> Diagnostic,
    ) {
        let place = self.document.place(&self.path(field));
        self.faults
            .push(finish(Diagnostic::new(code, place, message)));
    }

    /// A date in EDTF, without a time of day.
    pub(super) fn date(&mut self, field: &str, value: Option<&String>) -> Option<PartialDate> {
        let text = present(value)?;
        let message = match text.parse::<PartialDate>() {
            Ok(date) if !date.has_clock() => return Some(date),
            Ok(_) => "expected a date without a time of day: only events and reactions have one"
                .to_owned(),
            Err(error) => error.to_string(),
        };
        let help = meant::date(field, &text);
        self.fault(Code::BadDate, field, message, |d| helped(d, help, &text));
        None
    }

    /// A date in EDTF; a day may have a time.
    pub(super) fn date_and_time(
        &mut self,
        field: &str,
        value: Option<&String>,
    ) -> Option<PartialDate> {
        let text = present(value)?;
        let message = match text.parse::<PartialDate>() {
            Ok(date) => return Some(date),
            Err(error) => error.to_string(),
        };
        let help = meant::date_and_time(field, &text);
        self.fault(Code::BadDate, field, message, |d| helped(d, help, &text));
        None
    }

    /// An exact number.
    pub(super) fn number(&mut self, field: &str, value: Option<&String>) -> Option<Number> {
        let text = present(value)?;
        let message = match text.parse::<Number>() {
            Ok(number) => return Some(number),
            Err(error) => error.to_string(),
        };
        let help = meant::number(field, &text);
        self.fault(Code::BadNumber, field, message, |d| helped(d, help, &text));
        None
    }

    /// A whole number.
    pub(super) fn integer(&mut self, field: &str, value: Option<&String>) -> Option<i64> {
        let text = present(value)?;
        let number = text.parse().ok();
        if number.is_none() {
            let message = format!("expected a whole number, found `{text}`");
            let help = meant::whole(field, &text);
            self.fault(Code::BadNumber, field, message, |d| helped(d, help, &text));
        }
        number
    }

    /// A day of the calendar.
    pub(super) fn day(&mut self, field: &str, value: Option<&String>) -> Option<Day> {
        let text = present(value)?;
        let day = exact_day(&text);
        if day.is_none() {
            let message = format!("expected a day such as `2025-01-27`, found `{text}`");
            let help = meant::day(field, &text);
            self.fault(Code::BadDate, field, message, |d| helped(d, help, &text));
        }
        day
    }

    /// A day, or a moment with its offset from UTC (RFC 3339).
    pub(super) fn published(&mut self, field: &str, value: Option<&String>) -> Option<Published> {
        let text = present(value)?;
        let published = published(&text);
        if published.is_none() {
            let message = format!("expected a day or a moment, found `{text}`");
            let advice = meant::day(field, &text);
            self.fault(Code::BadDate, field, message, |d| {
                let usual = "write `2025-01-27` or `2025-01-27T09:30:00-05:00` (RFC 3339)";
                helped(d.help(usual), advice, &text)
            });
        }
        published
    }

    /// One of the words that a field allows.
    pub(super) fn one_of<T: Copy>(
        &mut self,
        field: &str,
        value: Option<&String>,
        allowed: &[T],
        name: impl Fn(T) -> &'static str,
    ) -> Option<T> {
        let text = &*present(value)?;
        let found = allowed.iter().copied().find(|item| name(*item) == text);
        if found.is_none() {
            let names: Vec<&str> = allowed.iter().map(|item| name(*item)).collect();
            let message = format!("`{text}` is no {field}");
            self.fault(Code::BadValue, field, message, |d| d.suggest(text, names));
        }
        found
    }

    /// A slug: letters, digits, and hyphens, underscores or dots between them.
    pub(super) fn slug(&mut self, field: &str, text: &str) -> Option<String> {
        if is_slug(text) {
            return Some(text.to_owned());
        }
        let message = format!("`{text}` can't be part of an address");
        let better = crate::project::slugify(text);
        self.fault(Code::BadId, field, message, |d| {
            if better.is_empty() {
                d.help("use letters, digits and hyphens")
            } else {
                d.help(format!("write `{better}`")).fix(text, better)
            }
        });
        None
    }

    /// Another address of the page, below the site's root.
    pub(super) fn alias(&mut self, text: &str) -> Option<Permalink> {
        let alias = alias(text);
        if alias.is_none() {
            let message = format!("expected an address on this site, found `{text}`");
            self.fault(Code::BadUrl, "", message, |d| {
                d.help("write it from the site's root, such as `old/name/`")
            });
        }
        alias
    }

    /// The address of something outside: `http`, `https` or `mailto`.
    pub(super) fn url(&mut self, field: &str, value: Option<&String>) -> Option<String> {
        let text = &*present(value)?;
        let url = url::Url::parse(text).ok();
        let is_safe = url
            .as_ref()
            .is_some_and(|url| matches!(url.scheme(), "http" | "https" | "mailto"));
        if !is_safe {
            let message =
                format!("expected an address that starts with `https://`, found `{text}`");
            self.fault(Code::BadUrl, field, message, |d| {
                match whole_address(text) {
                    Some(whole) => d.help(format!("write `{whole}`")).fix(text, whole),
                    None => d.help("copy the whole address from a browser's address bar"),
                }
            });
            return None;
        }
        if holds_login(text) {
            let message = "an address with a user name or a password would let every reader log in";
            self.fault(Code::BadUrl, field, message, |d| {
                d.help("take out what comes before the `@`, and change the password: it may be in git already")
            });
            return None;
        }
        url.map(|url| url.to_string())
    }
}

/// The address that somebody meant who left out how it starts: `www.example.org/a`.
fn whole_address(written: &str) -> Option<String> {
    let host = written.split(['/', '?', '#']).next()?;
    let is_name =
        |part: &str| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || c == '-');
    let parts: Vec<&str> = host.split('.').collect();
    let ends_in_letters = parts.last()?.chars().all(char::is_alphabetic);
    let is_host = parts.len() > 1 && parts.iter().all(|part| is_name(part)) && ends_in_letters;
    let whole = format!("https://{written}");
    (is_host && url::Url::parse(&whole).is_ok()).then_some(whole)
}

/// A text without surrounding spaces; `None` if nothing remains.
pub(super) fn present(value: Option<&String>) -> Option<String> {
    let text = value?.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// A fault, with advice on what to write instead of `written`, if that is known.
fn helped(fault: Diagnostic, advice: Option<Advice>, written: &str) -> Diagnostic {
    match advice {
        Some(advice) => advice.give(fault, written),
        None => fault,
    }
}

fn exact_day(text: &str) -> Option<Day> {
    let date = text.parse::<PartialDate>().ok()?;
    date.exact_day().filter(|_| !date.has_clock())
}

/// The address of an alias: a page's (`old/name/`) or a file's (`old/name.html`).
pub(super) fn alias(text: &str) -> Option<Permalink> {
    let path = text.trim().trim_start_matches('/');
    let is_file = path.ends_with(".html") || path.ends_with(".htm");
    let path = path.strip_suffix("index.html").unwrap_or(path);
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    let is_safe = parts.iter().all(|part| {
        !matches!(*part, "." | "..")
            && part
                .chars()
                .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '~'))
    });
    if parts.is_empty() || !is_safe {
        return None;
    }
    let encoded: Vec<String> = parts.iter().map(|part| encode(part)).collect();
    let end = if is_file && !path.is_empty() && !path.ends_with('/') {
        ""
    } else {
        "/"
    };
    Some(Permalink::new(format!("{}{end}", encoded.join("/"))))
}

/// Whether a text can be part of an address unchanged.
pub(super) fn is_slug(text: &str) -> bool {
    let is_inner = |c: char| matches!(c, '-' | '_' | '.');
    let is_letter = |c: char| c.is_ascii_alphanumeric() || is_slug_letter(c);
    text.chars().all(|c| is_letter(c) || is_inner(c))
        && text.starts_with(is_letter)
        && text.ends_with(is_letter)
}

/// A day, or a moment with its offset; `None` for anything else.
pub(super) fn published(text: &str) -> Option<Published> {
    let text = text.trim();
    let day = exact_day(text).map(|day| Published { day, time: None });
    day.or_else(|| moment(text)).or_else(|| timestamp(text))
}

/// The day at the start of a file's name, or of its folder's name if it is the folder's own page.
pub(super) fn day_of_name(path: &SourcePath) -> Option<Published> {
    let name = if is_index(path) {
        path.folder().rsplit('/').next().unwrap_or_default()
    } else {
        path.stem()
    };
    let (day, _) = day_in_name(name)?;
    let day = day.parse().ok()?;
    Some(Published { day, time: None })
}

/// A moment with its offset, as in RFC 3339: the parser is more lenient than feed readers are.
fn moment(text: &str) -> Option<Published> {
    let is_strict = [(10, b'T'), (13, b':'), (16, b':')]
        .iter()
        .all(|(index, byte)| text.as_bytes().get(*index) == Some(byte));
    let parser = jiff::fmt::temporal::DateTimeParser::new();
    if !is_strict || parser.parse_timestamp(text).is_err() {
        return None;
    }
    let day = text.get(..10)?.parse().ok()?;
    Some(Published {
        day,
        time: Some(text.to_owned()),
    })
}

/// A moment in the format of Jekyll and YAML 1.1 (`2017-01-20 05:15:00 -0700`), which means the same as in RFC 3339.
fn timestamp(text: &str) -> Option<Published> {
    let starts_with_year = text.bytes().take(4).all(|byte| byte.is_ascii_digit());
    let mut meant = meant_dates(text).into_iter();
    match (meant.next(), meant.next()) {
        (
            Some(MeantDate {
                date,
                clock: Some(clock),
            }),
            None,
        ) if starts_with_year && clock.offset_minutes().is_some() => {
            let (time, clock) = (clock.time(), clock.to_string());
            let offset = &clock[clock.find(['Z', '+', '-'])?..];
            moment(&format!("{date}T{time}{offset}"))
        }
        _ => None,
    }
}
