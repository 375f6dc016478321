//! Recognizes what on a page isn't the article: cookie notices, comments, paywalls, error messages, lists of links.
//!
//! Elements whose name says that they aren't part of the article are removed before the article is looked for. What is
//! left is judged by its words: a page with nothing but a notice has no article, and one that may be a list of links is
//! doubted.

use std::sync::LazyLock;

use dom_query::Document;
use regex::Regex;

/// The fewest words of an article if a notice makes up part of the page: anything shorter is what remains around the
/// notice.
const FEWEST_WORDS: usize = 25;
/// The most words of a paywall or an error page: a longer text that contains such a sentence is an article about it.
const WALL_WORDS: usize = 160;

/// Elements whose `id` or `class` says that they aren't part of the article: consent tools, newsletters, comments.
static NAMES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?i)(?:^|[\s_-])(?:cookies?(?:[\s_-]?(?:banner|bar|consent|notice|wall|law|policy|popup|modal|hinweis|dialog|overlay|layer|info|message))?|cookiebot|cookieconsent|cybotcookiebotdialog|consent|gdpr|dsgvo|rgpd|onetrust|optanon|didomi|usercentrics|truste|trustarc|tarteaucitron|axeptio|klaro|borlabscookie|borlabs|sp[_-]message|qc-cmp\w*|quantcast|iubenda|osano|cmplz|cmp|fc-consent\w*|privacy[\s_-](?:banner|notice|wall|manager|popup)|comments?|comment[\s_-]?(?:list|section|thread)|disqus\w*|kommentare?|comentarios?|commentaires?|respond|newsletter\w*)(?:$|[\s_-])",
    )
    .ok()
});

/// Sentences from cookie notices, in four languages.
static COOKIES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)
        \b(?:we|this\s(?:web)?site)\b.{0,40}\b(?:use|uses|store)\b.{0,60}\bcookies\b
        | \bpartners\b.{0,90}\b(?:store|keep|access|read|process)\b.{0,60}\b(?:information|data|cookies|device)
        | \b(?:accept|reject|manage|allow|refuse)\s(?:all\s)?(?:cookies|consent|preferences)
        | \blegitimate\sinterest
        | \b(?:cookie|consent|privacy)\s(?:settings|preferences|choices|policy)
        | \bwir\b.{0,60}\bcookies\b | \bcookies\b.{0,60}\b(?:akzeptieren|verwenden|zustimmen|ablehnen)
        | \bunsere\spartner\b.{0,80}\b(?:daten|informationen|cookies) | \bberechtigte[sn]?\sinteresse
        | \b(?:utilizamos|usamos|utiliza)\b.{0,60}\bcookies | \b(?:aceptar|rechazar)\b.{0,20}\bcookies | \bnuestros\ssocios\b.{0,80}\b(?:datos|información|cookies)
        | \b(?:nous\sutilisons|utilise)\b.{0,60}\bcookies | \b(?:accepter|refuser)\b.{0,20}\bcookies | \bnos\spartenaires\b.{0,80}\b(?:données|informations|cookies)
        ",
    )
    .ok()
});

/// Sentences from other pages without an article, with what each says about its page.
static WALLS: LazyLock<Vec<(Regex, &str)>> = LazyLock::new(|| {
    let walls = [
        (
            r"(?i)\b(?:enable|activate|requires?|turn on|without)\s(?:\w+\s)?javascript|javascript (?:is|must be|seems to be) (?:disabled|enabled|required)|javascript.{0,30}(?:aktivieren|deaktiviert|activar|habilitar|activez|activer|désactivé)|(?:aktivieren|activez|activer|active|habilite|active el)\b.{0,30}javascript",
            "it asks for JavaScript",
        ),
        (
            r"(?i)\bsubscribe (?:now )?to (?:continue|read|keep)|\b(?:sign|log) in to (?:continue|read)|already a subscriber|(?:this|the full) (?:article|content|story) is (?:for|only|reserved|available to)\b.{0,30}(?:subscribers|members)|nur für abonnent|jetzt abonnieren|weiterlesen mit|mit einem abo|suscríbete para|solo para suscriptores|exclusivo para suscriptores|inicia sesión para|réservé (?:à nos|aux) abonnés|abonnez-vous pour|déjà abonné",
            "it asks for a subscription",
        ),
        (
            r"(?i)\bpage (?:not found|(?:you .{0,40})?(?:could not|can't|cannot|couldn't) be found)|\b404\b.{0,30}(?:error|not found)|error 404|access denied|403 forbidden|too many requests|seite (?:wurde )?nicht gefunden|página no (?:encontrada|existe)|page (?:introuvable|non trouvée)|verify(?:ing)? (?:that )?you are (?:a )?human|are you a robot|checking your browser|unusual traffic|service unavailable",
            "it says that the page can't be shown",
        ),
    ];
    let compiled = walls.into_iter();
    compiled
        .filter_map(|(pattern, says)| Some((Regex::new(pattern).ok()?, says)))
        .collect()
});

/// A page without the elements whose names say that they aren't part of the article.
pub(super) fn without_notices(html: &str) -> String {
    let page = Document::from(html);
    for node in page.select("[id], [class], [aria-label]").nodes() {
        let own = ["id", "class", "aria-label"].map(|name| node.attr(name).unwrap_or_default());
        let is_named = NAMES
            .as_ref()
            .is_some_and(|names| own.iter().any(|value| names.is_match(value)));
        let name = node.node_name().unwrap_or_default().to_lowercase();
        let is_frame = matches!(name.as_str(), "html" | "body" | "main" | "article" | "head");
        if is_named && !is_frame {
            let element = dom_query::Selection::from(*node);
            let holds_article = element.select("article, main, h1").exists();
            if !holds_article {
                node.remove_from_parent();
            }
        }
    }
    page.html().to_string()
}

/// The words of a page without those of notices, and a doubt about what is left.
///
/// # Errors
///
/// In a sentence, if what is left isn't an article.
pub(super) fn judged(text: &str) -> Result<(String, Option<String>), String> {
    let is_notice = |line: &str| COOKIES.as_ref().is_some_and(|words| words.is_match(line));
    let wall_of = |line: &str| WALLS.iter().find(|(words, _)| words.is_match(line));
    let lines: Vec<&str> = text.lines().collect();
    let n_words = |lines: &[&str]| -> usize {
        lines
            .iter()
            .map(|line| line.split_whitespace().count())
            .sum()
    };
    // An article can be about cookies.
    let n_all = n_words(&lines);
    let notices: Vec<&str> = lines
        .iter()
        .copied()
        .filter(|line| is_notice(line))
        .collect();
    let first_notice = lines.iter().position(|line| is_notice(line));
    let is_wall = |line: &&str| line.split_whitespace().count() <= 60 && wall_of(line).is_some();
    let wall = lines.iter().copied().find(is_wall);
    let kept: Vec<&str> = lines
        .iter()
        .copied()
        .filter(|line| !is_notice(line) && !is_wall(line))
        .collect();
    if notices.is_empty() && wall.is_none() {
        return Ok((text.to_owned(), None));
    }
    let n_kept = n_words(&kept);
    if let Some((_, says)) = wall.and_then(wall_of)
        && n_all <= WALL_WORDS
    {
        return if n_kept >= FEWEST_WORDS * 2 {
            Ok((
                kept.join("\n"),
                Some(format!(
                    "The page may hold only a part of the article: {says}."
                )),
            ))
        } else {
            Err(format!("no article was found in the page: {says}"))
        };
    }
    if notices.is_empty() {
        return Ok((text.to_owned(), None));
    }
    if n_kept < FEWEST_WORDS || n_words(&notices) * 2 > n_all {
        return Err(
            "no article was found in the page, but a notice about cookies and consent".to_owned(),
        );
    }
    // A notice comes before or after the article; an article about cookies mentions them throughout.
    let at_edge = first_notice == Some(0) || notices.len() <= 2;
    if !at_edge {
        return Ok((text.to_owned(), None));
    }
    let doubt = "A notice about cookies was among the page’s words, and was left out; check that the rest is the whole article.";
    Ok((kept.join("\n"), Some(doubt.to_owned())))
}

/// A doubt about a page whose words are mostly links.
pub(super) fn links(content: &str) -> Option<String> {
    let page = Document::from(content);
    let all = page.select("body").text().split_whitespace().count();
    let linked: usize = page
        .select("a")
        .iter()
        .map(|link| link.text().split_whitespace().count())
        .sum();
    (all > 0 && linked * 2 > all).then(|| {
        "Most words of the page are links; it may be a list of articles, and not one itself."
            .to_owned()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_named_a_notice_goes_unless_the_article_is_within() {
        let page = r#"<body class="has-cookie-banner"><div id="onetrust-banner-sdk"><p>Choose.</p></div>
<div class="consent-page"><article><p>Stays.</p></article></div><section class="comments"><p>First!</p></section></body>"#;
        let left = without_notices(page);
        assert!(left.contains("Stays."), "{left}");
        assert!(
            !left.contains("Choose.") && !left.contains("First!"),
            "{left}"
        );
    }

    #[test]
    fn a_page_of_nothing_but_a_notice_has_no_article() {
        for (text, says) in [
            (
                "We and our 300 partners store information on your device.\nAccept all cookies",
                "cookies",
            ),
            (
                "Wir verwenden Cookies.\nUnsere Partner verarbeiten Daten.",
                "cookies",
            ),
            ("Utilizamos cookies propias y de terceros.", "cookies"),
            ("Nous utilisons des cookies.", "cookies"),
            ("Please enable JavaScript to view this site.", "JavaScript"),
            ("Subscribe to continue reading.", "subscription"),
            ("Page not found", "can't be shown"),
        ] {
            assert!(judged(text).unwrap_err().contains(says), "{text}");
        }
    }

    #[test]
    fn an_article_stays_without_the_notice_beside_it() {
        let prose = "The council voted on Monday for a second quay, after a debate that went on for five hours, and the harbor master said that the first ships would call there in two years.";
        let text = format!("We use cookies to improve this site.\n\n{prose}");
        let (left, doubt) = judged(&text).unwrap();
        assert_eq!(left.trim(), prose);
        assert!(doubt.unwrap().contains("cookies"));
        assert_eq!(judged(prose).unwrap(), (prose.to_owned(), None));
    }
}
