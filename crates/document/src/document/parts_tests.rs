//! Reading a page's own fields alone gives the same result as reading all front matter.

use proptest::prelude::*;

use super::header::page_yaml;
use super::schema::{FrontMatter, Whole};
use super::yaml::Yaml;
use crate::project::SourcePath;

/// Texts that are hard to divide, and texts that aren't YAML.
const HARD: &[&str] = &[
    "title: A\n\tdate: x\n",
    "events:\n\t- a: b\n",
    "events:\n  - title: A\n\tdate: 2025\n",
    "title: Brexit: a guide\n",
    "unit: %\n",
    "unit: @x\nb: c\n",
    "unit: `x`\n",
    "title: \"abc\nb: c\n",
    "title: 'abc\nb: c\n",
    "title: 'It's here'\nb: c\n",
    "title: \"Quoted\" rest\nb: c\n",
    "title: \"C:\\path\"\n",
    "events:\n  - title: A\n   date: 2025\n",
    "events:\n  - title: A\n     date: 2025\n",
    "events:\n  - title: A\n    date: 2025\n   text: x\n",
    "title: A\n  weight: 5\n",
    " title: A\nweight: 5\n",
    "title: A\n weight: 5\n",
    "title:Foo\n",
    "title:Foo\nweight: 5\n",
    "weight: 5\ntitle:Foo\n",
    "weight: 5\ntitle Foo\n",
    "title Foo\nweight: 5\n",
    "events:\n  - title:Foo\n    date: 2025\n",
    "events:\n  - title: Foo\n    date:2025\n    text: x\n",
    "events:\n  - title: A\n  title: B\n",
    "key_points:\n  - a\n  b\n",
    "key_points:\n  - a\n  b: c\n",
    "tags: [a, b\ntitle: x\n",
    "source: {id: x, passage: y\ntitle: x\n",
    "title: [Update] new\nb: c\n",
    "title: {a} new\nb: c\n",
    "title: *x* y\n",
    "title: &x y\n",
    "title: !x y\n",
    "title: >text\n",
    "title: |text\nb: c\n",
    "title: - foo\nb: c\n",
    "title: , foo\nb: c\n",
    "title: ]foo\n",
    "title: # foo\nb: c\n",
    "title: ? foo\nb: c\n",
    "title: a\n...\nb: c\n",
    "a: b\n%x\n",
    "text: He said\n  this: that\n",
    "text: >-\n abc\ndef\nb: c\n",
    "text: >-\n   abc\n  def\nb: c\n",
    "a: \u{7}b\n",
    "tags: [a: [b]]\n",
    "tags: [a, @b]\n",
    "{a, b}\n",
    "\u{a0}\u{a0}title: a\n",
    "title: a\n\u{a0}\u{a0}weight: b\n",
    "- a\n- b\n",
    "title: a\n- b\n",
    "events:\n- title: a\n date: x\n",
    "title: a\nb\n",
    "title: a #metoo x\n",
    "key: \"a: b\nc: d\ne: f\n",
    "a: {b: c}}\n",
    "a: [b]]\n",
    "title: “Brexit: a”\n",
    "title: Q: what? A: this\nb: c\n",
    "text: |\n\tabc\n",
    "text: |\n  abc\n\tdef\nb: c\n",
    "a: 'b' 'c'\n",
    "quote: \"He said \"no\" twice\"\nb: c\n",
    "tags: [a b, c]x\n",
    "x: [a, b}\n",
    "a: b\n  c: d\n  e: f\n",
    "titel: A\nevents:\n  - speaker: x\n    draft: true\n    titel: b\n    title: c\n    title: d\n  - foo\n  - [a]\nbase_url: x\ntags: {a: b}\n",
    "title: [Update]\ndraft: yes\ntext: a\nkey_points:\n  - Brexit: a guide\n  - [a]\n  -\nevents:\n  date: x\nfigures: 5\nextra: {a: 1, a: 2}\n",
    "source: x\nevents:\n  - source: {passage: x}\n  - source: [[a]]\n  - source: {id: a, pasage: b}\n",
    "tags: 1.10\n",
    "tags: true\n",
    "extra: .nan\n",
    "? [a]\n: b\ntitle: c\n",
    "title: {{ page }}\n",
    ": a\n",
    "title: A\n– date: x\n",
    "text:\n  He said: this\ndescription:\n  - a\n",
    "tags: [a, ]\n",
    "summary: x\nAuthor: y\nKey-points: z\nevents:\n  - headline: x\n",
    "title: a\nevents:\n",
    "title: a\nevents: []\n",
    "title: a\nevents: # none yet\nslug: b\n",
    "title: a\nevents:\n- title: b\nslug: c\n",
    "title: a\nevents:\n  # first\n  - title: b\n",
    "title: a\nevents:\n  title: b\n",
    "title: a\nevents: [{title: b}]\n",
    "title: a\nevents:\n  [{title: b}]\n",
    "title: \"a\nevents: b\"\nslug: c\n",
    "events:\n  - title: \"a\nslug: b\n   c\"\n",
    "events:\n  - title: 'a\nslug: b\n   it''s'\ntitle: d\n",
    "tags: [\n  a,\n]\nevents:\n  - title: b\n",
    "extra: {\nevents: 1}\nslug: c\n",
    "events: [{\ntitle: a}]\n",
    "events:\n  - {\ntitle: a}\n",
    "title: a\u{2028}events:\n  - title: b\n",
    "title: a\nevents:\n  - title: b\u{2028}slug: c\n",
    "title: a\nevents:\n  - title: b\rslug: c\n",
    "title: a\revents:\r  - title: b\r",
    "title: a\r\nevents:\r\n  - title: b\r\n",
    "events:\n  - title: a\nevents:\n  - title: b\n",
    "title: a\nevents:\n  - title: b\ntitle: c\n",
    "events:\n  - title: a\n",
    "extra:\n  events:\n    - a\ntitle: b\n",
    "description: |\n  events:\n    - a\ntitle: b\n",
    "title: a\nextra:\n  other: |\nevents:\n- title: b\n",
    "title: a\nextra:\n  other: >- # folded\n\nevents:\n- title: b\n",
    "title: a\nfigures:\n  - value: x\n    value: y\n",
    "sources:\n  - title: a\ntitle: b\nevents:\n  - title: c\n    source: 1.10\nslug: d\n",
];

fn holds(text: &str) {
    let file = SourcePath::new("content/a.md");
    let yaml = page_yaml(&file, text, 0..text.len());
    let Some((front_matter, held)) = yaml.read_page() else {
        return;
    };
    let sorted = |mut names: Vec<&'static str>| {
        names.sort_unstable();
        names
    };
    // If the records aren't YAML, there are only the page's own fields.
    if let (Some(whole), _) = yaml.read::<Whole>() {
        assert_eq!(front_matter, whole.front_matter, "{text}");
        assert_eq!(sorted(held), sorted(whole.lists.held()), "{text}");
    }
}

#[test]
fn hard_texts_say_the_same_in_parts() {
    for text in HARD {
        holds(text);
    }
}

#[test]
fn plain_texts_are_divided() {
    let text = "sources:\n- id: a\n  title: \"A: b\"\ntitle: 'It''s'\n# Remark\ntags: [a, b]\n\
                key_points:\n  - One\ncorrections:\n  - text: Put right\n\nevents:\n";
    let file = SourcePath::new("content/a.md");
    let yaml: Yaml<'_> = page_yaml(&file, text, 0..text.len());
    let (front_matter, held): (FrontMatter, _) = yaml.read_page().expect("it is plain");
    assert_eq!(front_matter.title.as_deref(), Some("It's"));
    assert_eq!(front_matter.tags.0, ["a", "b"]);
    assert_eq!(front_matter.key_points.0, ["One"]);
    assert_eq!(held, ["sources", "corrections"]);
    let (whole, _) = yaml.read::<Whole>();
    let sources = whole.expect("it is YAML").lists.sources;
    assert_eq!(sources[0].title.as_deref(), Some("A: b"));
}

/// A value, which may open something that another one closes.
fn value() -> impl Strategy<Value = String> {
    let plain = prop::sample::select(vec![
        "a",
        "a b",
        "\"a\"",
        "it's",
        "'it''s'",
        "[a]",
        "{a: b}",
        "|",
        ">-\n    a",
        "~",
        "1.10",
        "true",
        "\"\\\"\"",
        "a # b",
    ]);
    let torn = prop::sample::select(vec![
        "\"a",
        "a\"",
        "'a",
        "a'",
        "[a",
        "a]",
        "[",
        "]",
        "{",
        "}",
        "a\u{2028}slug: b",
        "a\rslug: b",
        "a\u{85}slug: b",
        "a\r",
        "a: b",
        "&a",
        "*a",
        "!a",
        "a #b",
        "a\tb",
        "\"\\\"",
        "",
    ]);
    prop_oneof![2 => plain, 1 => torn].prop_map(str::to_owned)
}

/// A field with its value; the field is sometimes unknown.
fn block() -> impl Strategy<Value = String> {
    let shape = prop::sample::select(vec![
        "title: V",
        "slug: V",
        "description: V",
        "tags: V",
        "tags:\n  - V\n  - V",
        "extra:\n  key: V\n  other: V",
        "events:\n  - title: V\n    id: V",
        "events:\n- title: V\n  text: V",
        "events: V",
        "people:\n  - name: V",
        "people:\n  - V",
        "sources:\n  # V\n\n  - id: V",
        "corrections:",
        "corrections:\n  - text: V",
        "# V",
        "V",
        "  V",
        "unknown: V",
    ]);
    (shape, value(), value())
        .prop_map(|(shape, first, other)| shape.replacen('V', &first, 1).replace('V', &other))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(15_000))]

    #[test]
    fn any_text_says_the_same_in_parts(blocks in prop::collection::vec(block(), 0..6)) {
        holds(&(blocks.join("\n") + "\n"));
    }
}
