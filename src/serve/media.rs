//! The content types of files, and requests for parts of them.

/// The content type of a file, by its extension.
pub(super) fn content_type(path: &str) -> &'static str {
    let name = path.rsplit('/').next().unwrap_or(path);
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    match ending.to_ascii_lowercase().as_str() {
        "html" | "htm" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "xml" => "application/xml",
        "txt" | "md" => "text/plain; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "ics" => "text/calendar; charset=utf-8",
        "vtt" => "text/vtt; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "woff" => "font/woff",
        "woff2" => "font/woff2",
        "ttf" => "font/ttf",
        "otf" => "font/otf",
        "mp3" => "audio/mpeg",
        "m4a" => "audio/mp4",
        "ogg" | "oga" => "audio/ogg",
        "wav" => "audio/wav",
        "mp4" | "m4v" => "video/mp4",
        "webm" => "video/webm",
        "pdf" => "application/pdf",
        "zip" => "application/zip",
        "wasm" => "application/wasm",
        _ => "application/octet-stream",
    }
}

/// The requested bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// All of them.
    Whole,
    /// From the first to the last one, inclusive.
    From(usize, usize),
    /// Some that don't exist.
    Unsatisfiable,
}

/// Parses a `Range` header for `length` bytes. One range is enough for audio and video players; several ranges, and
/// anything that isn't understood, are answered with everything (RFC 9110, 14.2).
pub(super) fn part(header: &str, length: usize) -> Part {
    let Some((first, last)) = header
        .strip_prefix("bytes=")
        .filter(|range| !range.contains(','))
        .and_then(|range| range.trim().split_once('-'))
    else {
        return Part::Whole;
    };
    let number = |text: &str| {
        if text.bytes().all(|byte| byte.is_ascii_digit()) {
            // A number too large to represent is past every end.
            text.parse::<usize>().ok().or(Some(usize::MAX))
        } else {
            None
        }
    };
    let range = match (first, last) {
        ("", "") => return Part::Whole,
        ("", n_last) => {
            number(n_last).map(|n| (length.saturating_sub(n), length.saturating_sub(1), n > 0))
        }
        (first, "") => number(first).map(|first| (first, length.saturating_sub(1), true)),
        (first, last) => number(first).zip(number(last)).and_then(|(first, last)| {
            (first <= last).then(|| (first, last.min(length.saturating_sub(1)), true))
        }),
    };
    match range {
        None => Part::Whole,
        Some((first, last, true)) if first < length => Part::From(first, last),
        Some(_) => Part::Unsatisfiable,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_ending_decides_whatever_its_case() {
        assert_eq!(content_type("a/b.HTML"), "text/html; charset=utf-8");
        assert_eq!(content_type("data.v1/CNAME"), "application/octet-stream");
        assert_eq!(content_type("a.tar.css"), "text/css; charset=utf-8");
    }

    #[test]
    fn one_range_is_honored() {
        for (header, expected) in [
            ("bytes=0-0", Part::From(0, 0)),
            ("bytes=2-", Part::From(2, 9)),
            ("bytes=-3", Part::From(7, 9)),
            ("bytes=-30", Part::From(0, 9)),
            ("bytes=5-99", Part::From(5, 9)),
            ("bytes=10-", Part::Unsatisfiable),
            ("bytes=-0", Part::Unsatisfiable),
            ("bytes=99999999999999999999999-", Part::Unsatisfiable),
        ] {
            assert_eq!(part(header, 10), expected, "{header}");
        }
    }

    #[test]
    fn what_is_no_range_gives_everything() {
        for header in [
            "",
            "bytes=",
            "bytes=-",
            "bytes=9-1",
            "bytes=a-b",
            "bytes=0-0,1-1",
            "lines=1-2",
            "bytes=+1-2",
        ] {
            assert_eq!(part(header, 10), Part::Whole, "{header}");
        }
        assert_eq!(part("bytes=0-", 0), Part::Unsatisfiable);
    }
}
