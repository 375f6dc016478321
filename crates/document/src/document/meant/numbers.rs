//! Numbers as people and spreadsheets write them.

use rust_decimal::Decimal;

use nutgraf_values::{Number, vulgar_fraction};

/// A number that may have been meant, in the form that a field accepts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeantNumber {
    /// The number: `1000.50`.
    pub number: String,
    /// The words around it that belong to `unit:`; may be empty.
    pub unit: String,
    /// The words around it that belong to `qualifier:`.
    pub qualifier: Option<&'static str>,
}

/// Words before a number that hedge it; where one begins with another, the longer comes first.
const HEDGES: &[(&str, &str)] = &[
    ("more than", "over"),
    ("less than", "under"),
    ("fewer than", "under"),
    ("at least", "at least"),
    ("approximately", "about"),
    ("roughly", "about"),
    ("around", "about"),
    ("about", "about"),
    ("circa", "about"),
    ("no more than", "up to"),
    ("at most", "up to"),
    ("up to", "up to"),
    ("over", "over"),
    ("under", "under"),
    ("ca.", "about"),
    ("mehr als", "over"),
    ("weniger als", "under"),
    ("mindestens", "at least"),
    ("höchstens", "up to"),
    ("bis zu", "up to"),
    ("ungefähr", "about"),
    ("etwa", "about"),
    ("rund", "about"),
    ("über", "over"),
    ("unter", "under"),
    ("plus de", "over"),
    ("moins de", "under"),
    ("au moins", "at least"),
    ("au plus", "up to"),
    ("jusqu'à", "up to"),
    ("environ", "about"),
    ("más de", "over"),
    ("menos de", "under"),
    ("al menos", "at least"),
    ("como máximo", "up to"),
    ("hasta", "up to"),
    ("alrededor de", "about"),
    ("unos", "about"),
    ("unas", "about"),
    ("~", "about"),
    ("≈", "about"),
    ("≥", "at least"),
    ("≤", "up to"),
    (">", "over"),
    ("<", "under"),
];

/// Words and letters after a number that multiply it by a power of ten.
const SCALES: &[(u32, &[&str])] = &[
    (
        3,
        &["k", "thousand", "tsd", "tsd.", "tausend", "mille", "mil"],
    ),
    (
        6,
        &[
            "m",
            "mn",
            "mln",
            "million",
            "millions",
            "mio",
            "mio.",
            "millionen",
            "millón",
            "millones",
            "milhão",
            "milhões",
        ],
    ),
    (
        9,
        &[
            "bn",
            "billion",
            "billions",
            "mrd",
            "mrd.",
            "milliarde",
            "milliarden",
            "milliard",
            "milliards",
            "md",
        ],
    ),
    (4, &["万", "萬", "만"]),
    (5, &["lakh", "lakhs"]),
    (7, &["crore", "crores"]),
    (8, &["亿", "億", "억"]),
    (12, &["tn", "trillion", "trillions", "billionen"]),
];

/// What may be written between the two ends of a range.
const RANGE_SIGNS: &[&str] = &[
    " to ", " and ", " bis ", " und ", " à ", " et ", " a ", " y ", " - ", "..", "-",
];

/// Signs before or after a number, and the unit that each represents.
const SIGNS: &[(&str, &str)] = &[
    ("%", "percent"),
    ("percent", "percent"),
    ("per cent", "percent"),
    ("pct", "percent"),
    ("prozent", "percent"),
    ("pour cent", "percent"),
    ("por ciento", "percent"),
    ("us$", "USD"),
    ("$", "USD"),
    ("€", "EUR"),
    ("£", "GBP"),
    ("¥", "JPY"),
    ("₹", "INR"),
];

/// The zeros of scripts with digits of their own.
const ZEROS: &[u32] = &[
    0x660, 0x6f0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0,
    0x1040, 0xff10,
];

/// The numbers that a text may mean, the most likely first; none if it contains no number, several numbers, or one with
/// more digits than a figure can have.
pub fn numbers(written: &str) -> Vec<MeantNumber> {
    let mut meant = read(written).unwrap_or_default();
    meant.retain(|meant| meant.number.parse::<Number>().is_ok());
    meant
}

/// The two ends that a text may mean, the lower one first: `300-400`, `2 to 3 million`. `None` unless it contains two
/// unambiguous numbers, the second higher than the first.
pub fn range(written: &str) -> Option<(MeantNumber, MeantNumber)> {
    let text: String = written.chars().map(plain).collect();
    let lower = text.to_lowercase();
    let begin = ["between ", "from ", "zwischen ", "von ", "entre ", "de "];
    let begin = begin.iter().find(|begin| lower.starts_with(**begin));
    let text = text.get(begin.map_or(0, |begin| begin.len())..)?;
    let (from, to) = RANGE_SIGNS
        .iter()
        .find_map(|sign| text.split_once(sign))
        .filter(|(from, to)| [from, to].iter().all(|end| start_of_number(end).is_some()))?;
    let only = |text: &str| match numbers(text).as_slice() {
        [one] => Some(one.clone()),
        _ => None,
    };
    let high = only(to)?;
    let start = start_of_number(to)?;
    // What follows the second number applies to both: "2 to 3 million euros".
    let behind = &to[start + core(&to[start..]).len()..];
    let is_bare = from.trim().ends_with(|c: char| c.is_ascii_digit());
    let low = only(&format!(
        "{}{}",
        from.trim(),
        if is_bare { behind } else { "" }
    ))?;
    let unit = if high.unit.is_empty() {
        &low.unit
    } else {
        &high.unit
    };
    let high = MeantNumber {
        unit: unit.clone(),
        ..high
    };
    let value = |end: &MeantNumber| end.number.parse::<Decimal>().ok();
    let is_range = value(&low)? < value(&high)? && low.unit == high.unit;
    is_range.then_some((low, high))
}

fn read(written: &str) -> Option<Vec<MeantNumber>> {
    let text: String = written.chars().map(plain).collect();
    let text = with_whole(text.trim());
    let text = text.as_str();
    let in_brackets = text
        .strip_prefix('(')
        .and_then(|text| text.strip_suffix(')'));
    let text = in_brackets.unwrap_or(text);
    let start = start_of_number(text)?;
    let core = core(&text[start..]);
    let behind = text[start + core.len()..].trim();
    if behind.contains(|c: char| c.is_ascii_digit()) {
        return exponent(text);
    }
    let (before, sign) = signed(text[..start].trim(), in_brackets.is_some());
    let (before, qualifier) = hedge(before);
    let (behind, power) = scale(behind);
    let (behind, fraction) = fraction(behind);
    let unit = unit(before, behind)?;
    let readings = readings(core)?;
    let numbers = readings.into_iter().filter_map(|digits| {
        Some(MeantNumber {
            number: format!("{sign}{}", scaled(&digits, power, fraction)?),
            unit: unit.clone(),
            qualifier,
        })
    });
    Some(numbers.collect())
}

/// Adds the zero that nobody writes before a fraction: `½`.
fn with_whole(text: &str) -> String {
    let is_fraction = |c: char| vulgar_fraction(c.encode_utf8(&mut [0; 4])).is_some();
    match text.find(is_fraction) {
        Some(at) if !text.contains(|c: char| c.is_ascii_digit()) => {
            format!("{}0{}", &text[..at], &text[at..])
        }
        _ => text.to_owned(),
    }
}

/// The ASCII form of a character: digits of all scripts, minus signs, spaces of any width.
fn plain(c: char) -> char {
    let digit = ZEROS
        .iter()
        .find(|zero| (**zero..**zero + 10).contains(&u32::from(c)))
        .and_then(|zero| char::from_digit(u32::from(c) - zero, 10));
    match c {
        _ if digit.is_some() => digit.unwrap_or(c),
        '\u{2212}' | '\u{2012}' | '\u{2013}' | '\u{fe63}' | '\u{ff0d}' => '-',
        '\u{66b}' => '.',
        '\u{66c}' => ',',
        '\u{2019}' | '\u{2bc}' => '\'',
        c if c.is_whitespace() => ' ',
        c => c,
    }
}

fn start_of_number(text: &str) -> Option<usize> {
    let digit = text.find(|c: char| c.is_ascii_digit())?;
    let is_point = text[..digit].ends_with(['.', ',']);
    Some(if is_point { digit - 1 } else { digit })
}

/// The digits and separators at the start of a text. A space only separates groups of three digits.
fn core(text: &str) -> &str {
    let bytes = text.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut end = 0;
    while end < bytes.len() {
        let is_group =
            is_digit(end + 1) && is_digit(end + 2) && is_digit(end + 3) && !is_digit(end + 4);
        let goes_on = match bytes[end] {
            b'0'..=b'9' => true,
            b'.' | b',' => is_digit(end + 1),
            b' ' | b'\'' | b'_' => is_group,
            _ => false,
        };
        if !goes_on {
            break;
        }
        end += 1;
    }
    &text[..end]
}

/// The digits of a number without separators; two readings if it isn't clear which separator is the decimal one.
fn readings(core: &str) -> Option<Vec<String>> {
    let core: String = core
        .chars()
        .filter(|c| !matches!(c, ' ' | '\'' | '_'))
        .collect();
    let points = core.matches('.').count();
    let commas = core.matches(',').count();
    let as_decimal = |mark: char| {
        let digits: String = core
            .chars()
            .filter(|c| c.is_ascii_digit() || *c == mark)
            .collect();
        let digits = digits.replace(mark, ".");
        match digits.strip_prefix('.') {
            Some(decimals) => format!("0.{decimals}"),
            None => digits,
        }
    };
    let without = || core.replace(['.', ','], "");
    let mark = match (points, commas) {
        (0, 0) => return Some(vec![core]),
        (1, 0) => '.',
        (0, 1) => ',',
        (0, _) | (_, 0) => return Some(vec![without()]),
        (_, 1) if core.rfind(',') > core.rfind('.') => ',',
        (1, _) if core.rfind('.') > core.rfind(',') => '.',
        _ => return None,
    };
    let (whole, decimals) = core.split_once(mark)?;
    let is_alone = points + commas == 1;
    let may_be_group =
        is_alone && decimals.len() == 3 && (1..=3).contains(&whole.len()) && whole != "0";
    Some(if may_be_group {
        vec![without(), as_decimal(mark)]
    } else {
        vec![as_decimal(mark)]
    })
}

/// `1.2e6`, as spreadsheets write large numbers.
fn exponent(text: &str) -> Option<Vec<MeantNumber>> {
    let number = Decimal::from_scientific(&text.replace(',', ".")).ok()?;
    Some(vec![MeantNumber {
        number: number.normalize().to_string(),
        unit: String::new(),
        qualifier: None,
    }])
}

/// What precedes a number, without its sign, and the sign.
fn signed(before: &str, is_in_brackets: bool) -> (&str, &'static str) {
    for minus in ["-", "minus"] {
        if let Some(rest) = before.strip_suffix(minus) {
            return (rest.trim(), "-");
        }
        if let Some(rest) = before.strip_prefix(minus) {
            return (rest.trim(), "-");
        }
    }
    let before = before.strip_prefix('+').unwrap_or(before);
    (before, if is_in_brackets { "-" } else { "" })
}

fn hedge(before: &str) -> (&str, Option<&'static str>) {
    let lower = before.to_lowercase();
    let found = HEDGES.iter().find(|(words, _)| lower.starts_with(words));
    match found {
        Some((words, qualifier)) if before.is_char_boundary(words.len()) => {
            (before[words.len()..].trim(), Some(*qualifier))
        }
        _ => (before, None),
    }
}

/// What follows a number, without the word that multiplies it, and the power of ten.
fn scale(behind: &str) -> (&str, u32) {
    let word = behind.split(' ').next().unwrap_or_default();
    let lower = word.to_lowercase();
    let found = SCALES.iter().find(|(_, words)| words.contains(&&*lower));
    match found {
        // `m` may mean meters, and `K` kelvins.
        Some((power, _)) if !matches!(word, "m" | "K" | "md") => {
            (behind[word.len()..].trim(), *power)
        }
        _ => (behind, 0),
    }
}

/// What follows a number, without the sign for a fraction, and the fraction.
fn fraction(behind: &str) -> (&str, Option<Decimal>) {
    let sign = behind.chars().next().map_or(0, char::len_utf8);
    match vulgar_fraction(&behind[..sign]) {
        Some(fraction) => (behind[sign..].trim(), Some(fraction)),
        None => (behind, None),
    }
}

/// The unit before or after a number; `None` if there is one on both sides.
fn unit(before: &str, behind: &str) -> Option<String> {
    let words = match (before, behind) {
        (words, "") | ("", words) => words,
        _ => return None,
    };
    let lower = words.to_lowercase();
    let sign = SIGNS.iter().find(|(sign, _)| *sign == lower);
    let is_word = words
        .chars()
        .all(|c| c.is_alphanumeric() || " .-/²³°".contains(c));
    match sign {
        Some((_, unit)) => Some((*unit).to_owned()),
        None if is_word => Some(words.to_owned()),
        None => None,
    }
}

/// The digits of a number times a power of ten, plus a fraction of that power.
fn scaled(digits: &str, power: u32, fraction: Option<Decimal>) -> Option<String> {
    if power == 0 && fraction.is_none() {
        return Some(digits.to_owned());
    }
    let factor = Decimal::from(10_u64.checked_pow(power)?);
    let number: Decimal = digits.parse().ok()?;
    let number = number.checked_add(fraction.unwrap_or_default())?;
    Some(number.checked_mul(factor)?.normalize().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digits(text: &str) -> Vec<String> {
        numbers(text)
            .into_iter()
            .map(|meant| meant.number)
            .collect()
    }

    #[test]
    fn separators_of_all_kinds_are_left_out() {
        let cases = [
            ("12,345,678", "12345678"),
            ("12.345.678", "12345678"),
            ("2.500,75", "2500.75"),
            ("2,500.75", "2500.75"),
            ("7 500", "7500"),
            ("7\u{a0}500\u{202f}000", "7500000"),
            ("7'500", "7500"),
            ("7’500", "7500"),
            ("7_500", "7500"),
            (".25", "0.25"),
            (",25", "0.25"),
            ("3,75", "3.75"),
            ("0,125", "0.125"),
            ("\u{2212}8", "-8"),
            ("–8", "-8"),
            ("(8)", "-8"),
            ("٣٤٥", "345"),
            ("३४५", "345"),
            ("６７", "67"),
            ("2.5e6", "2500000"),
            ("2½", "2.5"),
            ("½", "0.5"),
            ("−¼", "-0.25"),
            ("1.2万", "12000"),
            ("3億", "300000000"),
            ("5 lakh", "500000"),
        ];
        for (text, expected) in cases {
            assert_eq!(digits(text), [expected], "{text}");
        }
    }

    #[test]
    fn three_digits_behind_one_mark_can_be_read_in_two_ways() {
        assert_eq!(digits("7,500"), ["7500", "7.500"]);
        assert_eq!(digits("7.500 Euro"), ["7500", "7.500"]);
        assert_eq!(digits("0.500"), ["0.500"]);
        assert_eq!(digits("7500,500"), ["7500.500"]);
    }

    #[test]
    fn what_stands_around_a_number_has_fields_of_its_own() {
        let cases = [
            ("62%", ("62", "percent", None)),
            ("62 per cent", ("62", "percent", None)),
            ("$3.4 billion", ("3400000000", "USD", None)),
            ("3,4 Mrd. €", ("3400000000", "EUR", None)),
            ("2.5 million", ("2500000", "", None)),
            ("90k", ("90000", "", None)),
            ("90 K", ("90", "K", None)),
            ("about 640 people", ("640", "people", Some("about"))),
            ("mehr als 64", ("64", "", Some("over"))),
            ("~64", ("64", "", Some("about"))),
            ("up to 64 ships", ("64", "ships", Some("up to"))),
            ("bis zu 64", ("64", "", Some("up to"))),
        ];
        for (text, (number, unit, qualifier)) in cases {
            let expected = MeantNumber {
                number: number.to_owned(),
                unit: unit.to_owned(),
                qualifier,
            };
            assert_eq!(numbers(text), [expected], "{text}");
        }
    }

    #[test]
    fn two_numbers_may_be_the_ends_of_a_range() {
        let ends = |text: &str| range(text).map(|(low, high)| (low.number, high.number, high.unit));
        for (text, low, high, unit) in [
            ("300-400", "300", "400", ""),
            ("300 – 400 people", "300", "400", "people"),
            ("between 300 and 400", "300", "400", ""),
            ("2 to 3 million", "2000000", "3000000", ""),
            ("$2 bis 3 Mio.", "2000000", "3000000", "USD"),
            ("1 000 à 2 000", "1000", "2000", ""),
        ] {
            let expected = (low.to_owned(), high.to_owned(), unit.to_owned());
            assert_eq!(ends(text), Some(expected), "{text}");
        }
        for text in ["400-300", "-5", "2021-05-03", "300", "7-2 votes", "to 4"] {
            assert_eq!(ends(text), None, "{text}");
        }
    }

    #[test]
    fn several_numbers_and_none_are_no_number() {
        for text in ["", "many", "3 to 4", "1 in 5", "12 34", "1.2.3,4,5", "NaN"] {
            assert_eq!(digits(text), [""; 0], "{text}");
        }
    }
}
