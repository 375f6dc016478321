//! What writers are told about their YAML, and what comes out of it if it is right.
use super::*;
#[test]
fn dump() {
    let cases = [
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
    ];
    for c in cases {
        let text = format!("---\n{c}---\n");
        let h = header::read(&SourcePath::new("content/a.md"), &text);
        println!("{c}");
        for f in &h.faults {
            let s = f.place.span.unwrap();
            println!(
                "   {} [{:?}] {}\n      = {}",
                f.code.name(),
                &text[s.start as usize..s.end as usize],
                f.message,
                f.help.as_deref().unwrap_or("")
            );
        }
        if h.faults.is_empty() {
            println!("   OK");
        }
    }
}
