//! Finds templates of a project without any effect, because they replace nothing and nothing includes them.

use crate::diag::{Code, Diagnostic, Place};
use crate::project::SourcePath;

use super::TEMPLATES;

/// The extension of a page's template, which `layout:` omits.
const LAYOUT: &str = ".html";

/// A warning for each file below `templates/` that has no effect. `files` are those that aren't words.
///
/// A template in the top folder may be a layout that a page names, so it is reported only if its name is close to that
/// of a built-in one; one that defines components has an effect through them.
pub(crate) fn without_effect(files: &[(&SourcePath, &str)]) -> Vec<Diagnostic> {
    let named: Vec<(&SourcePath, &str, &str)> = files
        .iter()
        .filter_map(|(path, text)| {
            let name = path.as_str().strip_prefix("templates/")?;
            Some((*path, name, *text))
        })
        .collect();
    let is_included = |name: &str| {
        let quoted = [format!("\"{name}\""), format!("'{name}'")];
        let mut others = named.iter().filter(|(_, other, _)| *other != name);
        others.any(|(_, _, text)| quoted.iter().any(|quoted| text.contains(quoted)))
    };
    let idle = named.iter().filter(|(_, name, text)| {
        !is_built_in(name)
            && !text.contains("{% component")
            && !text.contains("{%- component")
            && !is_included(name)
    });
    let faults = idle.filter_map(|(path, name, _)| {
        let nearest = nearest(name);
        let is_layout = !name.contains('/') && name.ends_with(LAYOUT);
        let is_other = !matches!(path.extension(), "html" | "htm" | "xml" | "txt");
        if (is_layout || is_other) && nearest.is_none() {
            return None;
        }
        let message =
            format!("`{path}` replaces no built-in template, and no template includes it");
        let fault = Diagnostic::new(Code::UnusedTemplate, Place::file(path), message);
        Some(match nearest {
            Some(nearest) => fault.help(format!("did you mean `templates/{nearest}`?")),
            None => fault.help("include it from a template, or delete it"),
        })
    });
    faults.collect()
}

fn is_built_in(name: &str) -> bool {
    TEMPLATES.iter().any(|(known, _)| *known == name)
}

/// The built-in template that a name is meant to be: one with the same file name in another folder or with another
/// extension, or with nearly the same name.
fn nearest(name: &str) -> Option<&'static str> {
    let stem = |name: &str| {
        let file = name.rsplit('/').next().unwrap_or(name).to_lowercase();
        file.split('.').next().unwrap_or_default().to_owned()
    };
    let wanted = stem(name);
    let known = TEMPLATES.iter().map(|(known, _)| *known);
    let distance = |known: &str| strsim::damerau_levenshtein(&stem(known), &wanted);
    let most = if wanted.len() > 4 { 2 } else { 1 };
    let near = known.filter(|known| distance(known) <= most);
    near.min_by_key(|known| {
        let folder = |name: &str| name.rsplit_once('/').map(|(folder, _)| folder.to_owned());
        (distance(known), folder(known) != folder(name))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(files: &[(&str, &str)]) -> Vec<String> {
        let paths: Vec<SourcePath> = files
            .iter()
            .map(|(path, _)| SourcePath::new(path))
            .collect();
        let files: Vec<(&SourcePath, &str)> = paths
            .iter()
            .zip(files)
            .map(|(path, (_, text))| (path, *text))
            .collect();
        let faults = without_effect(&files).into_iter();
        faults
            .map(|fault| format!("{}: {}", fault.place.file, fault.help.unwrap_or_default()))
            .collect()
    }

    #[test]
    fn a_template_without_effect_is_named_with_what_it_was_meant_to_be() {
        assert_eq!(
            told(&[
                ("templates/partials/haeder.html", ""),
                ("templates/header.html", ""),
                ("templates/timline.html", ""),
                ("templates/page.htm", ""),
                ("templates/page.html.tera", ""),
                ("templates/partials/ours.html", ""),
            ]),
            [
                "templates/partials/haeder.html: did you mean `templates/partials/header.html`?",
                "templates/header.html: did you mean `templates/partials/header.html`?",
                "templates/timline.html: did you mean `templates/timeline.html`?",
                "templates/page.htm: did you mean `templates/page.html`?",
                "templates/page.html.tera: did you mean `templates/page.html`?",
                "templates/partials/ours.html: include it from a template, or delete it",
            ]
        );
    }

    #[test]
    fn what_has_an_effect_is_left_alone() {
        let files = [
            ("templates/page.html", "{% include 'partials/desk.html' %}"),
            ("templates/partials/desk.html", ""),
            ("templates/wide-story.html", ""),
            (
                "templates/partials/parts.html",
                "{% component part() %}{% endcomponent part %}",
            ),
            ("templates/notes.md", ""),
        ];
        assert_eq!(told(&files), Vec::<String>::new());
    }
}
