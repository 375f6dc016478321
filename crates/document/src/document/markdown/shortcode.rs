//! Shortcodes and template tags: which program they belong to, and what to write instead.

/// A tag in braces.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Shortcode<'l> {
    /// The program that would read it.
    pub(super) whose: &'static str,
    /// Its first word.
    name: &'l str,
    /// All between the braces.
    inside: &'l str,
}

/// The forms: opening, closing, and the program.
const FORMS: [(&str, &str, &str); 6] = [
    ("{{<", ">}}", "Hugo"),
    ("{{%", "%}}", "Hugo"),
    ("{{", "}}", "a template"),
    ("{%", "%}", "Jekyll, Zola or Eleventy"),
    ("{# ", "#}", "a template"),
    ("{!", "!}", "MkDocs"),
];

/// The shortcode at the start of a text, with its length; it extends to the end if it isn't closed.
pub(super) fn at(text: &str) -> Option<(usize, Shortcode<'_>)> {
    let form = FORMS.iter().find(|(open, _, _)| text.starts_with(open));
    let (open, close, whose) = form?;
    let rest = &text[open.len()..];
    let end = rest.find(close);
    let length = end.map_or(text.trim_end_matches(['\0', ' ', '\r']).len(), |end| {
        open.len() + end + close.len()
    });
    let inside = rest[..end.unwrap_or(rest.len())].trim_matches([' ', '-', '\0', '\r']);
    let name = inside.trim_start_matches(['/', '#']).trim_start();
    let name_end = name.find(|c: char| !(c.is_alphanumeric() || "._-".contains(c)));
    let name = &name[..name_end.unwrap_or(name.len())];
    let shortcode = Shortcode {
        whose,
        name,
        inside,
    };
    Some((length, shortcode))
}

impl Shortcode<'_> {
    /// What to write instead.
    pub(super) fn expected(&self) -> String {
        let name = self.name.to_lowercase();
        if self.inside.starts_with('/') || name.starts_with("end") {
            return "none: Markdown has no closing mark".to_owned();
        }
        if self.picture().is_some()
            || name.contains("figure")
            || name.contains("image")
            || name == "img"
        {
            return self.picture_expected();
        }
        match name.as_str() {
            "ref" | "relref" | "link" | "post_url" => match self.argument() {
                Some(path) => format!("the page's file: `[words]({path})`"),
                None => "the page's file: `[words](page.md)`".to_owned(),
            },
            "youtube" | "vimeo" | "tweet" | "x" | "instagram" | "gist" | "twitter" | "bluesky"
            | "spotify" | "iframe" => {
                "a link to it, since pages ask no other host for anything: `[words](https://…)`"
                    .to_owned()
            }
            "notice" | "alert" | "callout" | "admonition" | "note" | "warning" | "tip" | "hint"
            | "info" | "details" => {
                "a line `> [!NOTE]`, and `> ` before each line of the box".to_owned()
            }
            "highlight" => "lines of three backticks before and after the code".to_owned(),
            "toc" => "none: every page has a list of contents".to_owned(),
            "site.baseurl" | "site.url" | "site.base_url" | "base_url" => {
                "none: links are paths from this file, such as `../quay.md`".to_owned()
            }
            "raw" | "comment" => "none: nothing in braces is read here".to_owned(),
            _ => "what it shows, in Markdown; or `\\{` for a plain brace".to_owned(),
        }
    }

    /// The picture that it shows.
    fn picture(&self) -> Option<&str> {
        let value = self
            .value("src")
            .or_else(|| self.value("image"))
            .or_else(|| self.value("url"))?;
        let ending = value.rsplit_once('.')?.1.to_lowercase();
        let is_picture =
            ["jpg", "jpeg", "png", "gif", "webp", "svg", "avif"].contains(&ending.as_str());
        is_picture.then_some(value)
    }

    fn picture_expected(&self) -> String {
        let path = self.picture().unwrap_or("photo.jpg").replace(' ', "%20");
        let alt = self.value("alt").unwrap_or("what it shows");
        match self.value("caption").or_else(|| self.value("title")) {
            Some(caption) => format!("`![{alt}]({path} \"{caption}\")`"),
            None => format!("`![{alt}]({path})`"),
        }
    }

    /// The value of an attribute: `src="a.jpg"`, `src=a.jpg`.
    fn value(&self, key: &str) -> Option<&str> {
        let found = self.inside.match_indices(key).find(|(at, _)| {
            let before = self.inside[..*at].chars().next_back();
            before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | ','))
        });
        let rest = self.inside[found?.0 + key.len()..]
            .trim_start()
            .strip_prefix(['=', ':'])?
            .trim_start();
        match rest.chars().next()? {
            quote @ ('"' | '\'') => rest[1..].split(quote).next(),
            _ => rest.split(|c: char| c.is_whitespace() || c == ')').next(),
        }
    }

    /// Its first unnamed argument.
    fn argument(&self) -> Option<&str> {
        let (_, rest) = self.inside.split_once(self.name)?;
        let rest = rest.trim_matches([' ', '"', '\'', '(', ')', '“', '”']);
        (!rest.is_empty() && !rest.contains(['=', '"'])).then_some(rest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_instead_is_named_with_its_own_words() {
        for (code, expected) in [
            (
                "{{< figure src=\"/img/quay.jpg\" alt=\"Ships\" caption=\"The new quay\" >}}",
                "`![Ships](/img/quay.jpg \"The new quay\")`",
            ),
            (
                "{% include image.html url='my quay.png' %}",
                "`![what it shows](my%20quay.png)`",
            ),
            (
                "{{< relref \"quay.md\" >}}",
                "the page's file: `[words](quay.md)`",
            ),
            (
                "{% link news/quay.md %}",
                "the page's file: `[words](news/quay.md)`",
            ),
            (
                "{{ site.baseurl }}",
                "none: links are paths from this file, such as `../quay.md`",
            ),
            ("{{% /notice %}}", "none: Markdown has no closing mark"),
            ("{% endhighlight %}", "none: Markdown has no closing mark"),
        ] {
            let (length, shortcode) = at(code).expect(code);
            assert_eq!(length, code.len(), "{code}");
            assert_eq!(shortcode.expected(), expected, "{code}");
        }
    }

    #[test]
    fn a_shortcode_that_goes_on_takes_the_whole_line() {
        let (length, _) = at("{% include photo.html").expect("a tag");
        assert_eq!(length, "{% include photo.html".len());
        assert_eq!(at("{a}"), None);
    }
}
