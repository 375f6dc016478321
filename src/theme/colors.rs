//! The theme's colors, a site's changes to them, and the check that text stays readable.

use std::collections::BTreeMap;

use crate::config::Colors;

/// A color that a site can change: its name in `colors:`, the custom properties that it sets, and its value in the
/// theme on a light and on a dark page.
struct Slot {
    name: &'static str,
    properties: &'static [&'static str],
    light: &'static str,
    dark: &'static str,
}

/// Every color that a site can change. A test compares the theme's own with the stylesheet.
const SLOTS: [Slot; 7] = [
    Slot {
        name: "background",
        properties: &["--background"],
        light: "#fbfaf6",
        dark: "#14171a",
    },
    Slot {
        name: "surface",
        properties: &["--surface"],
        light: "#f0eee6",
        dark: "#1e2327",
    },
    Slot {
        name: "text",
        properties: &["--text"],
        light: "#1b1d20",
        dark: "#e9e6df",
    },
    Slot {
        name: "muted",
        properties: &["--muted"],
        light: "#565a60",
        dark: "#a9aeb3",
    },
    Slot {
        name: "border",
        properties: &["--border"],
        light: "#d8d4c9",
        dark: "#353a3f",
    },
    Slot {
        name: "accent",
        properties: &["--accent", "--chart-1"],
        light: "#0b5a60",
        dark: "#7cc9cb",
    },
    Slot {
        name: "notice",
        properties: &["--notice"],
        light: "#865000",
        dark: "#e3ab5d",
    },
];

/// The colors of words in code, on light and on dark pages. They are shown on `surface`, and a site can't change them:
/// where they can't be read on a site's own surface, code has the color of text.
const CODE: [(&str, &str); 5] = [
    ("#8d2150", "#f08cb4"),
    ("#2c6415", "#a5d287"),
    ("#7d4a00", "#e3ab5d"),
    ("#1a5398", "#8dbdf5"),
    ("#0b5a60", "#7cc9cb"),
];

/// The pages that are dark for readers who prefer that: all but embeds, which are light unless their address asks for
/// it.
const DARK_ROOT: &str = ":root:where(:not(.is-light), :has(#_auto:target))";

/// Gives code the color of text.
const PLAIN_CODE: &str = " pre.code span[class] { color: inherit; }";

/// Text colors and their backgrounds. Lines (`border`) are decoration and need no contrast.
const PAIRS: [(&str, &str); 8] = [
    ("text", "background"),
    ("text", "surface"),
    ("muted", "background"),
    ("muted", "surface"),
    ("accent", "background"),
    ("accent", "surface"),
    ("notice", "background"),
    ("notice", "surface"),
];

/// The least contrast of text by WCAG 2.2, 1.4.3 (level AA).
const LEAST: f64 = 4.5;

/// Two colors of a site between which there isn't enough contrast for text.
#[derive(Clone, Debug, PartialEq)]
pub struct LowContrast {
    /// Whether this is on a dark page.
    pub is_dark: bool,
    /// The one that the site sets, which is where to look.
    pub given: &'static str,
    /// The color of the text.
    pub text: &'static str,
    /// The color of its background.
    pub ground: &'static str,
    /// Their contrast, from 1 to 21, with one decimal, rounded down.
    pub contrast: String,
}

/// The stylesheet that sets a site's own colors; `None` if it has none.
///
/// # Examples
///
/// ```
/// use nutgraf::config::Colors;
///
/// let colors = Colors { light: [("accent", "#7a0019".to_owned())].into(), ..Colors::default() };
/// let css = nutgraf::theme::colors::stylesheet(&colors).unwrap();
/// assert!(css.starts_with(":root { --accent: #7a0019; --chart-1: #7a0019; }"));
/// ```
pub fn stylesheet(colors: &Colors) -> Option<String> {
    let light = rule(&colors.light, false).map(|rule| format!("{rule}\n"));
    let dark = rule(&colors.dark, true);
    let dark = dark.map(|rule| format!("@media (prefers-color-scheme: dark) {{ {rule} }}\n"));
    // A site that changes only the light page keeps the theme's own dark one.
    let kept: BTreeMap<&str, String> = SLOTS
        .iter()
        .filter(|slot| colors.light.contains_key(slot.name) && !colors.dark.contains_key(slot.name))
        .map(|slot| (slot.name, slot.dark.to_owned()))
        .collect();
    let kept =
        rule(&kept, true).map(|rule| format!("@media (prefers-color-scheme: dark) {{ {rule} }}\n"));
    let css: String = [light, kept, dark].into_iter().flatten().collect();
    (!css.is_empty()).then_some(css)
}

/// A color on light pages, by its name in `colors:`: the site's own, or else the theme's; empty for an unknown name.
pub(crate) fn light(colors: &Colors, name: &str) -> String {
    let slot = SLOTS.iter().find(|slot| slot.name == name);
    let own = colors.light.get(name).cloned();
    own.or_else(|| slot.map(|slot| slot.light.to_owned()))
        .unwrap_or_default()
}

fn rule(colors: &BTreeMap<&str, String>, is_dark: bool) -> Option<String> {
    let mut declarations = String::new();
    for slot in SLOTS {
        let Some(color) = colors.get(slot.name) else {
            continue;
        };
        for property in slot.properties {
            declarations.push_str(&format!(" {property}: {color};"));
        }
    }
    let surface = colors.get("surface");
    let is_plain = surface.is_some_and(|surface| !is_code_readable(surface, is_dark));
    let code = if is_plain { PLAIN_CODE } else { "" };
    let root = if is_dark { DARK_ROOT } else { ":root" };
    (!declarations.is_empty()).then(|| format!("{root} {{{declarations} }}{code}"))
}

/// Whether every color of code can be read on a site's own surface.
fn is_code_readable(surface: &str, is_dark: bool) -> bool {
    let mut colors = CODE
        .iter()
        .map(|(light, dark)| if is_dark { dark } else { light });
    let Some(ground) = luminance(surface) else {
        return false;
    };
    colors.all(|color| luminance(color).is_some_and(|color| contrast(color, ground) >= LEAST))
}

/// The contrast of two luminances, from 1 to 21 (WCAG 2.2).
fn contrast(a: f64, b: f64) -> f64 {
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// The pairs of colors that a site makes too similar. Pairs that are entirely the theme's aren't checked.
pub fn low_contrasts(colors: &Colors) -> Vec<LowContrast> {
    let mut found = Vec::new();
    for (is_dark, given) in [(false, &colors.light), (true, &colors.dark)] {
        let color = |name: &str| {
            let slot = SLOTS.iter().find(|slot| slot.name == name)?;
            let own = if is_dark { slot.dark } else { slot.light };
            luminance(given.get(name).map_or(own, String::as_str))
        };
        for (text, ground) in PAIRS {
            let is_given = [text, ground]
                .into_iter()
                .find(|name| given.contains_key(name));
            let (Some(name), Some(a), Some(b)) = (is_given, color(text), color(ground)) else {
                continue;
            };
            let contrast = contrast(a, b);
            if contrast < LEAST {
                found.push(LowContrast {
                    is_dark,
                    given: name,
                    text,
                    ground,
                    contrast: format!("{:.1}", (contrast * 10.0).floor() / 10.0),
                });
            }
        }
    }
    found
}

/// The relative luminance of `#rgb` or `#rrggbb`, from 0 to 1 (WCAG 2.2).
fn luminance(color: &str) -> Option<f64> {
    let digits = color.strip_prefix('#')?;
    let part = |index: usize| {
        let text = match digits.len() {
            3 => digits.get(index..=index)?.repeat(2),
            6 => digits.get(index * 2..index * 2 + 2)?.to_owned(),
            _ => return None,
        };
        let value = f64::from(u8::from_str_radix(&text, 16).ok()?) / 255.0;
        Some(if value <= 0.04045 {
            value / 12.92
        } else {
            ((value + 0.055) / 1.055).powf(2.4)
        })
    };
    Some(0.2126 * part(0)? + 0.7152 * part(1)? + 0.0722 * part(2)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_themes_own_colors_are_those_of_the_stylesheet_and_readable() {
        let css = include_str!("../../static/style.css");
        let (light, dark) = css
            .split_once("@media (prefers-color-scheme: dark)")
            .unwrap();
        for slot in SLOTS {
            let property = slot.properties[0];
            assert!(
                light.contains(&format!("{property}: {};", slot.light)),
                "{property}"
            );
            assert!(
                dark.contains(&format!("{property}: {};", slot.dark)),
                "{property}"
            );
        }
        let (_, code) = css.split_once("/* Code */").unwrap();
        for (light, dark) in CODE {
            assert!(code.contains(&format!("color: {light};")), "{light}");
            assert!(code.contains(&format!("color: {dark};")), "{dark}");
        }
        for (is_dark, surface) in [(false, "#f0eee6"), (true, "#1e2327")] {
            assert!(is_code_readable(surface, is_dark), "{surface}");
        }
        let own = |color: fn(&Slot) -> &'static str| {
            SLOTS
                .iter()
                .map(|slot| (slot.name, color(slot).to_owned()))
                .collect()
        };
        let colors = Colors {
            light: own(|slot| slot.light),
            dark: own(|slot| slot.dark),
        };
        assert_eq!(low_contrasts(&colors), []);
    }

    #[test]
    fn code_on_a_surface_of_the_sites_own_stays_readable() {
        let surface = |color: &str| Colors {
            light: [("surface", color.to_owned())].into(),
            ..Colors::default()
        };
        let css = |color: &str| stylesheet(&surface(color)).unwrap();
        assert!(css("#808080").contains(PLAIN_CODE));
        assert!(!css("#ffffff").contains(PLAIN_CODE));
    }

    #[test]
    fn contrast_is_that_of_wcag() {
        let white = luminance("#fff").unwrap();
        let black = luminance("#000000").unwrap();
        assert!(((white + 0.05) / (black + 0.05) - 21.0).abs() < 1e-9);
        let colors = Colors {
            light: [("accent", "#eee".to_owned())].into(),
            ..Colors::default()
        };
        let found = low_contrasts(&colors);
        assert_eq!(
            (found[0].text, found[0].ground, found[0].contrast.as_str()),
            ("accent", "background", "1.1")
        );
    }
}
