//! The filters, tests and functions that templates can use, each with a sentence for theme authors, and what to write
//! instead of those that other programs have.

/// Every filter with what it does, by name. `tests/reference_of_templates.rs` holds the list to what the engine knows.
pub const FILTERS: &[(&str, &str)] = &[
    ("abs", "The number without its sign."),
    (
        "capitalize",
        "The text with a capital first letter, and the rest in lower case.",
    ),
    (
        "default",
        "`value`, if there is nothing: `{{ page.description | default(value=\"\") }}`.",
    ),
    (
        "escape",
        "The text escaped for HTML, which happens by itself wherever `safe` isn't said.",
    ),
    ("escape_html", "The text escaped for HTML."),
    ("escape_xml", "The text escaped for XML."),
    ("filesize_format", "A number of bytes in words: “1.5 kB”."),
    (
        "fill",
        "The words with their holes filled in: `{{ words.by | fill(names=\"Ada\") }}`.",
    ),
    ("first", "The first item of a list."),
    ("float", "The number with decimals that a text spells."),
    (
        "format",
        "The value written by a pattern: `{{ 7 | format(spec=\":03\") }}`.",
    ),
    ("get", "The value of a map under `key`, or `default`."),
    (
        "group_by",
        "The items of a list by one of their fields, given as `attribute`.",
    ),
    ("indent", "The text with its lines indented."),
    ("int", "The whole number that a text spells."),
    (
        "join",
        "The items of a list as one text, with `sep` between them.",
    ),
    ("json_encode", "The value as JSON."),
    ("keys", "The keys of a map."),
    ("last", "The last item of a list."),
    ("length", "How many letters, items or keys there are."),
    ("lower", "The text in lower case."),
    (
        "newlines_to_br",
        "The text with a `<br>` for each line break.",
    ),
    ("nth", "The item of a list at `n`, from 0."),
    ("pairs", "The keys of a map, each with its value."),
    (
        "plural",
        "The words for a number, by the plural rules of the page's language: `{{ words | plural(key=\"reading_minutes\", n=3) }}`.",
    ),
    (
        "pluralize",
        "An ending for all numbers but one: `s`, or `plural`; for English alone.",
    ),
    ("replace", "The text with `from` replaced by `to`."),
    ("reverse", "The list in the other direction."),
    (
        "round",
        "The number rounded, by `method` (`common`, `ceil`, `floor`) and to `precision` decimals.",
    ),
    (
        "safe",
        "The text as it is, for values whose name ends in `_html`.",
    ),
    ("slugify", "The text as part of an address."),
    ("sort", "The list in order, by `attribute` if there is one."),
    ("spaceless", "HTML without the spaces between its tags."),
    ("split", "The parts of a text between `pat`."),
    ("str", "The value as text."),
    ("striptags", "The text of some HTML."),
    ("title", "The text with a capital letter for each word."),
    ("trim", "The text without spaces around it."),
    ("trim_end", "The text without spaces behind it."),
    ("trim_start", "The text without spaces before it."),
    (
        "truncate",
        "The first `length` letters, with `end` behind them if something is cut.",
    ),
    ("unique", "The list with each item once."),
    ("upper", "The text in capital letters."),
    (
        "urlencode",
        "The text as part of an address, with its slashes.",
    ),
    (
        "urlencode_strict",
        "The text as part of an address, slashes too.",
    ),
    ("values", "The values of a map."),
    ("wordcount", "How many words there are."),
];

/// Every test, as in `{% if number is odd %}`, by name.
pub const TESTS: &[&str] = &[
    "array",
    "bool",
    "containing",
    "defined",
    "divisible_by",
    "ending_with",
    "even",
    "float",
    "integer",
    "iterable",
    "map",
    "none",
    "number",
    "odd",
    "starting_with",
    "string",
    "undefined",
];

/// Every function with what it gives, by name.
pub const FUNCTIONS: &[(&str, &str)] = &[
    (
        "range",
        "The whole numbers from `start` (or 0) up to, but without, `end`: `{% for n in range(end=3) %}`.",
    ),
    ("throw", "Ends the build with `message`."),
];

/// Filters and functions of Tera 1, Jinja, Hugo and Zola that aren't here, with what to write instead.
const INSTEAD: &[(&str, &str)] = &[
    (
        "absURL",
        "links of views, such as `page.href`, work as they are; `site.base_url` is the address of the site",
    ),
    ("addslashes", "write `json_encode` for text in scripts"),
    ("as_str", "write `str`"),
    ("concat", "join lists with `+`"),
    (
        "date",
        "dates are in words already, in the page's language: `{{ page.date.words }}`; `page.date.datetime` is for programs",
    ),
    (
        "dateFormat",
        "dates are in words already, in the page's language: `{{ page.date.words }}`",
    ),
    (
        "filter",
        "write a loop: `{% for item in list %}{% if item.field == value %}…{% endif %}{% endfor %}`",
    ),
    (
        "get_page",
        "a template sees its own page alone; `page.children` are the pages below it",
    ),
    (
        "get_section",
        "a template sees its own page alone; `page.children` are the pages below it",
    ),
    (
        "get_url",
        "links of views, such as `page.href`, work as they are; `page.root` leads to the site's root",
    ),
    (
        "humanize",
        "write `replace(from=\"-\", to=\" \") | capitalize`",
    ),
    ("json", "write `json_encode`"),
    ("jsonify", "write `json_encode`"),
    ("linebreaksbr", "write `newlines_to_br`"),
    (
        "map",
        "write a loop: `{% for item in list %}{{ item.field }}{% endfor %}`",
    ),
    (
        "markdown",
        "prose comes as HTML: `page.body`, and every field that ends in `_html`",
    ),
    (
        "markdownify",
        "prose comes as HTML: `page.body`, and every field that ends in `_html`",
    ),
    (
        "now",
        "what a page shows depends on its sources alone, so that the same sources give the same site",
    ),
    (
        "number_format",
        "numbers are in words already: `{{ figure.value.words }}`",
    ),
    ("plainify", "write `striptags`"),
    (
        "relURL",
        "links of views, such as `page.href`, work as they are",
    ),
    ("safeHTML", "write `safe`"),
    (
        "select",
        "write a loop: `{% for item in list %}{% if item.field %}…{% endif %}{% endfor %}`",
    ),
    (
        "selectattr",
        "write a loop: `{% for item in list %}{% if item.field %}…{% endif %}{% endfor %}`",
    ),
    (
        "slice",
        "write the positions in brackets: `{{ list[0:3] }}`",
    ),
    ("slug", "write `slugify`"),
    ("strip", "write `trim`"),
    ("tojson", "write `json_encode`"),
    (
        "trans",
        "write the word's key: `{{ labels.sources }}`; words are in `templates/words/`",
    ),
    (
        "url_for",
        "links of views, such as `page.href`, work as they are",
    ),
    ("urlize", "write `slugify`"),
    (
        "where",
        "write a loop: `{% for item in list %}{% if item.field == value %}…{% endif %}{% endfor %}`",
    ),
];

/// What to write instead of a filter or function that isn't here; `None` if no program is known that has it.
pub(super) fn instead(name: &str) -> Option<&'static str> {
    INSTEAD
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, instead)| *instead)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_there_is_not_answered_with_something_else() {
        for (name, _) in FILTERS.iter().chain(FUNCTIONS) {
            assert!(instead(name).is_none(), "{name}");
        }
    }

    #[test]
    fn names_are_in_order() {
        let lists = [
            FILTERS.iter().map(|(name, _)| *name).collect::<Vec<_>>(),
            FUNCTIONS.iter().map(|(name, _)| *name).collect(),
            TESTS.to_vec(),
        ];
        for names in lists {
            assert!(names.is_sorted(), "{names:?}");
        }
    }
}
