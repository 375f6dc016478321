//! What `--help` shows below the options of each command: lines that can be typed, and what they are for.

macro_rules! examples {
    ($($name:ident: $($line:literal => $purpose:literal),+;)+) => {
        $(pub(super) const $name: &str = concat!("Examples:", $("\n  ", $line, "\n      ", $purpose),+);)+
    };
}

examples! {
    INIT:
        "nutgraf init harbor-desk" => "A new site in a new folder",
        "nutgraf init --title \"The harbor desk\" --github-pages" => "A site here, with the workflow that publishes it";
    IMPORT:
        "nutgraf import article.html --published 2025-01-28" => "Draft an explainer from a saved page",
        "nutgraf import second-report.txt --into the-harbor --publisher \"The Gazette\"" => "Add another outlet's account of the same events",
        "pbpaste | nutgraf import - --title \"Council backs new quay\"" => "Draft from what was copied";
    NEW:
        "nutgraf new explainer \"The harbor\"" => "A folder with the pages of an explainer",
        "nutgraf new event \"The council votes\" --into the-harbor" => "An entry of its timeline";
    BUILD:
        "nutgraf build" => "Write public/",
        "nutgraf build --strict --base-url https://example.org/harbor/" => "As a host's workflow does",
        "nutgraf build --shard 3/8 --output share-3" => "One of eight shares of a large site, for `merge`";
    WATCH:
        "nutgraf watch --output /var/www/harbor" => "Keep a folder that a web server shows up to date";
    SERVE:
        "nutgraf serve --open" => "Preview and edit in a browser",
        "nutgraf serve --drafts --follow" => "With drafts, moving to the page that is being edited",
        "nutgraf serve --host 192.168.1.20 --read-only" => "Let a colleague on the same network read along";
    CHECK:
        "nutgraf check --strict" => "Fail on warnings, too",
        "nutgraf check --fix" => "Fix what has only one answer",
        "nutgraf check --links --format github" => "Ask for links to other sites, and annotate a pull request";
    DOCTOR:
        "nutgraf doctor" => "Say what is missing on this machine";
    LSP:
        "nutgraf lsp --root harbor-desk" => "What an editor starts";
    VERIFY:
        "nutgraf verify" => "Compare with the texts that sources name",
        "nutgraf verify --source gazette=gazette.txt --strict" => "Compare with a text from elsewhere, and fail on what can't be compared";
    DOCS:
        "nutgraf docs --open" => "Read the manual",
        "nutgraf docs bad-date" => "Explain a message";
    THEME:
        "nutgraf theme list" => "The names of all files",
        "nutgraf theme show partials/figure.html" => "One of them, to be changed in templates/";
    DIFF:
        "nutgraf diff" => "What changed since the last commit",
        "nutgraf diff v1..v2 --format markdown" => "Between two tags, for a comment",
        "nutgraf diff v1 --write" => "Draft for readers what changed since a tag";
    PUBLISH:
        "nutgraf publish --dry-run" => "Say what would change, and change nothing",
        "nutgraf publish" => "Build, commit to gh-pages, push",
        "nutgraf publish --keep" => "The same, and leave this version at an address of its own";
    MERGE:
        "nutgraf merge share-1 share-2 share-3 --output public" => "Put three shares together";
    CLEAN:
        "nutgraf clean" => "Remove public/";
    COMPLETIONS:
        "nutgraf completions bash > ~/.local/share/bash-completion/completions/nutgraf" => "Complete commands in Bash";
    MAN:
        "nutgraf man | man -l -" => "Read the manual page",
        "nutgraf man ~/.local/share/man/man1" => "Install those of all commands, in an existing folder";
    SCHEMA:
        "nutgraf schema > page.json" => "A schema of front matter, for an editor",
        "nutgraf schema site --format markdown" => "The fields of site.yaml, as a table";
}
