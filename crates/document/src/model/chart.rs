//! How a figure is drawn.

/// How a figure is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Chart {
    /// Bars from zero.
    Bar,
    /// A line over time.
    Line,
    /// Dots on a line.
    Dot,
    /// From the least to the greatest.
    Range,
    /// Parts of a whole in one bar, or in a bar for each date.
    Stacked,
    /// A small plot for each of several figures, all on one scale.
    Multiples,
    /// Not at all.
    None,
}

impl Chart {
    /// Every kind of chart.
    pub const ALL: [Self; 7] = [
        Self::Bar,
        Self::Line,
        Self::Dot,
        Self::Range,
        Self::Stacked,
        Self::Multiples,
        Self::None,
    ];

    /// The words of all of them, in the order of [`Chart::ALL`].
    pub const NAMES: &[&str] = &{
        let mut names = [""; Self::ALL.len()];
        let mut index = 0;
        while index < names.len() {
            names[index] = Self::ALL[index].name();
            index += 1;
        }
        names
    };

    /// The word as written in front matter.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Bar => "bar",
            Self::Line => "line",
            Self::Dot => "dot",
            Self::Range => "range",
            Self::Stacked => "stacked",
            Self::Multiples => "multiples",
            Self::None => "none",
        }
    }
}
