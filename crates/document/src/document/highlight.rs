//! Turns code into HTML with classes; this is the only user of the highlighter.
//!
//! Grammars assign dozens of nested scopes to a line; the output has a few short classes, each a color of the theme.
//! Grammars are loaded at the first code block in a known language.
//!
//! | class | what | class | what |
//! |---|---|---|---|
//! | `k` | keyword | `v` | variable |
//! | `o` | operator | `g` | tag |
//! | `s` | string | `a` | attribute, key |
//! | `n` | number | `h` | heading, emphasized text |
//! | `l` | other constant | `i` | inserted line |
//! | `f` | function | `d` | deleted line |
//! | `t` | type | `c` | comment |

use std::collections::HashMap;
use std::sync::LazyLock;

use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};
use syntect::util::LinesWithEndings;

use crate::document::markdown::escape;

/// Longer code is left plain, in bytes: nobody reads it for its colors, and grammars can be slow.
const MAX_CODE: usize = 200_000;

/// Code with a longer line is left plain: it is data or minified.
const MAX_LINE: usize = 5_000;

/// How many scopes are examined, from the innermost. Code can be nested arbitrarily deeply, but the scope that
/// determines the color is near.
const DEPTH: usize = 16;

/// Scopes and their classes. The innermost scope that begins with one of these decides, and the first match in this
/// list wins. An empty class ends the search: code inside a string isn't a string.
const CLASSES: &[(&str, &str)] = &[
    ("comment", "c"),
    ("string", "s"),
    ("constant.numeric", "n"),
    ("constant", "l"),
    ("keyword.operator.word", "k"),
    ("keyword.operator", "o"),
    ("keyword", "k"),
    ("storage", "k"),
    ("entity.name.function", "f"),
    ("support.function", "f"),
    ("variable.function", "f"),
    ("support.macro", "f"),
    ("entity.name.tag.yaml", "a"),
    ("entity.name.tag.toml", "a"),
    ("entity.name.tag", "g"),
    ("entity.other.attribute-name", "a"),
    ("support.type.property-name", "a"),
    ("meta.object-literal.key", "a"),
    ("meta.mapping.key", "a"),
    ("entity.name.section", "h"),
    ("entity.name", "t"),
    ("entity.other.inherited-class", "t"),
    ("support.type", "t"),
    ("support.class", "t"),
    ("support.constant", "l"),
    ("variable", "v"),
    ("markup.heading", "h"),
    ("markup.bold", "h"),
    ("markup.italic", "h"),
    ("markup.inserted", "i"),
    ("markup.deleted", "d"),
    ("markup.raw", "s"),
    ("meta.interpolation", ""),
    ("meta.template.expression", ""),
    ("source", ""),
    ("text", ""),
];

/// The names and extensions by which the grammars know languages, in lower case. They tell known languages from unknown
/// ones without loading the grammars; a test compares them.
const LANGUAGES: &str = "\
    actionscript ada adb adoc adp ads applescript asa asciidoc ash asm asp attributes awk babel bash bat \
    bazel bib bibtex bnsh bnsi bsh builder bzl c c# c++ cabal camlp4 capfile cc cfc cfg cfm cfml cjs cl \
    clisp clj cljc cljs clojure cls cm cmake cmakecache cmd cmd-help coffee coffeescript conf cp cpp cpy cr \
    crontab crystal cs cson css csv csx cts cxx d dart ddl debsources desktop di diff dml dockerfile dot \
    dotenv dpr dtml ebuild eclass edn el elixir elm email emakefile eml env envvars epp erb erbsql erl \
    erlang es6 escript ex exs f f# f03 f08 f77 f90 f95 fasl fcgi fish for fpp frag fs fsh fshader fsi fstab \
    fsx gd gemspec geom gitconfig gitignore gitlog glsl gnu gnuplot go gomod gosum gp gpl gpr gql gradle \
    graphql graphqls groff groovy gs gsh gshader gv gvimrc gvy gyp gypi h h++ haml haskell hcl hgrc hh hosts \
    hpp hrl hs htaccess htc htgroups htm html htpasswd http hxx idr idris inf ini inl ipp ipynb irbrc j2 \
    java javascript jbuilder jinja jinja2 jl jq js json jsonnet jsp jsx julia kotlin kt kts latex lean less \
    lhs libjsonnet libsonnet lisp livescript ll llvm lng log ls lsp ltx lua m mac mailmap mak make makefile \
    man manpage markdn markdown matlab mboxz mbx md mdown mediawiki mjs mk ml mli mll mly mm msg mts \
    multimarkdown namelist nasm nginx nim nimble nims ninja nix nsdinc nsh nsi nsis objective-c \
    objective-c++ ocaml ocamllex ocamlyacc odin opml org orgmode pas pascal patch pbtxt pc perl php php3 \
    php4 php5 php7 phps phpt phtml pip pl plot plt pm pmc pod podspec powershell pp prawn properties proto \
    protobuf protodevel prototxt ps1 psd1 psm1 pub puppet purescript purs pxd pxi py py3 pyi python pyw pyx \
    qml qmlproject r rabl racket rahit rails rake rb rbx rcall rchit rd re reg rego resolv rest \
    restructuredtext rgen rhtml rint rjs rkt rmiss rng robot rpy rs rss rst ruby rust rxml s sass sbt sc \
    scala scm sconstruct scss sh shtml sig simplecov skim sld slim sls sml sol solidity sql strace sty styl \
    stylus sublime-menu sv svelte svg svh svlt swift syslog systemverilog tcl terraform tesc tese tex \
    textile textpb textproto tf tfvars thor tld tml toml troff ts tsv tsx twig typ typescript \
    typescriptreact typst v varlink verilog vert vh vhd vhdl vho vht vim vimhelp viml vimrc vpy vs vsh \
    vshader vue vy vyper wgsl wikipedia wscript xaml xhtml xml xsd xslt yaml yasm yaws yml zig zon zsh";

/// Common names for languages that the grammars know by another name.
const ALIASES: &[(&str, &str)] = &[
    ("cplusplus", "cpp"),
    ("csharp", "cs"),
    ("docker", "dockerfile"),
    ("elisp", "el"),
    ("emacs-lisp", "el"),
    ("fsharp", "fs"),
    ("geojson", "json"),
    ("golang", "go"),
    ("json5", "json"),
    ("jsonc", "json"),
    ("jsonl", "json"),
    ("ndjson", "json"),
    ("node", "js"),
    ("objc", "mm"),
    ("objectivec", "mm"),
    ("octave", "matlab"),
    ("plist", "xml"),
    ("pwsh", "ps1"),
    ("python3", "py"),
    ("regex", "re"),
    ("regexp", "re"),
    ("shell", "sh"),
    ("vimscript", "vim"),
];

static GRAMMARS: LazyLock<SyntaxSet> = LazyLock::new(two_face::syntax::extra_newlines);

static SCOPES: LazyLock<Vec<(Scope, &str)>> = LazyLock::new(|| {
    let scopes = CLASSES
        .iter()
        .filter_map(|(name, class)| Scope::new(name).ok().map(|scope| (scope, *class)));
    scopes.collect()
});

/// Renders code as HTML with classes; `None` if it should be left plain.
pub(super) fn highlight(code: &str, language: &str) -> Option<String> {
    if code.len() > MAX_CODE || code.lines().any(|line| line.len() > MAX_LINE) {
        return None;
    }
    let grammar = grammar(language)?;
    let mut state = ParseState::new(grammar);
    let mut scopes = ScopeStack::new();
    let mut writer = ClassWriter::default();
    for line in LinesWithEndings::from(code) {
        let mut written = 0;
        for (offset, change) in state.parse_line(line, &GRAMMARS).ok()? {
            writer.write(&line[written..offset], &scopes);
            written = offset;
            scopes.apply(&change).ok()?;
        }
        writer.write(&line[written..], &scopes);
    }
    Some(writer.end())
}

fn grammar(language: &str) -> Option<&'static SyntaxReference> {
    let language = language.to_lowercase();
    let alias = ALIASES.iter().find(|(alias, _)| *alias == language);
    let name = alias.map_or(language.as_str(), |(_, name)| name);
    let is_known = LANGUAGES.split(' ').any(|known| known == name);
    is_known
        .then(|| GRAMMARS.find_syntax_by_token(name))
        .flatten()
}

/// Writes code, with one element for adjacent parts of the same class.
#[derive(Default)]
struct ClassWriter {
    html: String,
    open: &'static str,
    /// The class of each scope; `None` leaves it to the scope around it.
    known: HashMap<Scope, Option<&'static str>>,
}

impl ClassWriter {
    fn write(&mut self, code: &str, scopes: &ScopeStack) {
        if code.is_empty() {
            return;
        }
        // White space has no color, so it needs no element.
        if !code.trim().is_empty() {
            let class = self.class(scopes);
            self.switch_to(class);
        }
        escape::push_text(&mut self.html, code);
    }

    /// The class of the innermost scope that has one.
    fn class(&mut self, scopes: &ScopeStack) -> &'static str {
        let mut from_the_innermost = scopes.as_slice().iter().rev().take(DEPTH);
        from_the_innermost
            .find_map(|scope| {
                *self.known.entry(*scope).or_insert_with(|| {
                    let fitting = SCOPES
                        .iter()
                        .find(|(prefix, _)| prefix.is_prefix_of(*scope));
                    fitting.map(|(_, class)| *class)
                })
            })
            .unwrap_or_default()
    }

    fn switch_to(&mut self, class: &'static str) {
        if class == self.open {
            return;
        }
        if !self.open.is_empty() {
            self.html.push_str("</span>");
        }
        if !class.is_empty() {
            self.html.push_str("<span class=\"");
            self.html.push_str(class);
            self.html.push_str("\">");
        }
        self.open = class;
    }

    fn end(mut self) -> String {
        self.switch_to("");
        self.html
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(language: &str, code: &str, expected: &str) {
        assert_eq!(
            highlight(code, language).as_deref(),
            Some(expected),
            "{code}"
        );
    }

    #[test]
    fn every_listed_language_has_a_grammar() {
        let names = ALIASES.iter().map(|(_, name)| *name);
        for name in LANGUAGES.split(' ').chain(names) {
            assert!(grammar(name).is_some(), "{name}");
        }
    }

    #[test]
    fn languages_that_writers_name_are_listed() {
        for name in [
            "Rust",
            "python",
            "js",
            "javascript",
            "typescript",
            "tsx",
            "html",
            "css",
            "json",
            "yaml",
            "toml",
            "bash",
            "sh",
            "shell",
            "sql",
            "r",
            "markdown",
            "xml",
            "dockerfile",
            "diff",
            "csv",
            "c",
            "c++",
            "c#",
            "go",
            "ini",
        ] {
            assert!(grammar(name).is_some(), "{name}");
        }
        for name in ["", "text", "plain", "console", "mermaid", " ", "rust sql"] {
            assert!(grammar(name).is_none(), "{name}");
        }
    }

    #[test]
    fn every_class_has_a_scope_that_exists() {
        assert_eq!(SCOPES.len(), CLASSES.len());
    }

    #[test]
    fn neighbours_of_one_class_share_an_element() {
        check(
            "rust",
            "pub fn f(a: &str) {}\n",
            "<span class=\"k\">pub fn </span><span class=\"f\">f</span>(<span class=\"v\">a</span>: \
             <span class=\"o\">&amp;</span><span class=\"k\">str</span>) {}\n",
        );
        check(
            "yaml",
            "title: \"A & B\" # why\n",
            "<span class=\"a\">title</span>: <span class=\"s\">\"A &amp; B\" </span><span class=\"c\"># why\n</span>",
        );
        check(
            "html",
            "<p class=\"a\">x</p>\n",
            "&lt;<span class=\"g\">p </span><span class=\"a\">class</span>=<span class=\"s\">\"a\"</span>&gt;x\
             &lt;/<span class=\"g\">p</span>&gt;\n",
        );
        check(
            "diff",
            "-a\n+b\n c\n",
            "<span class=\"d\">-a\n</span><span class=\"i\">+b\n</span> c\n",
        );
    }

    #[test]
    fn code_inside_a_string_is_no_string() {
        check(
            "python",
            "f\"a {x} b\"",
            "<span class=\"k\">f</span><span class=\"s\">\"a </span>{x}<span class=\"s\"> b\"</span>",
        );
    }

    #[test]
    fn the_text_is_never_changed() {
        for (language, code) in [
            ("rust", "fn main() {\n    // \u{e9} <&>\n}"),
            ("js", "`unclosed ${"),
            ("json", "[[[[[[[[[[[[[[[[[[[[[[[[[["),
            ("python", "\n\n  \n\tx"),
            ("markdown", "# a\n\n```\nb"),
        ] {
            let html = highlight(code, language).expect(language);
            let mut text = String::new();
            for part in html.split('<') {
                text.push_str(part.split_once('>').map_or(part, |(_, words)| words));
            }
            let text = text
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&");
            assert_eq!(text, code, "{language}");
        }
    }

    #[test]
    fn data_is_left_plain() {
        assert_eq!(highlight(&"x = 1\n".repeat(40_000), "python"), None);
        assert_eq!(highlight(&"x".repeat(6_000), "python"), None);
    }
}
