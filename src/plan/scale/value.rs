//! Value scales: round steps, as close around the numbers as possible.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// Whether a scale has to include zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::plan) enum Base {
    /// Bars do, because their length is the number.
    Zero,
    /// Lines and dots don't, because what matters is how they move.
    Fit,
}

/// The fewest values that a scale shows: with fewer, values in between are hard to read off.
const FEWEST_TICKS: i64 = 4;
/// The most values that a scale shows: with more, a small chart is crowded.
const MOST_TICKS: i64 = 6;

/// A scale from one round number to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::plan) struct ValueScale {
    low: Decimal,
    high: Decimal,
    step: Decimal,
}

impl ValueScale {
    /// A scale without steps, from one number to another, for bars with their values beside them.
    pub(in crate::plan) fn bare(low: Decimal, high: Decimal) -> Self {
        Self {
            low,
            high,
            step: Decimal::ZERO,
        }
    }

    /// The scale with four to six round values that is closest around all numbers from `low` to `high`. Its steps are
    /// no finer than the numbers themselves, which have up to `n_decimals` decimals.
    ///
    /// A scale that doesn't need zero includes it anyway if zero is no farther away than half of the numbers' range.
    pub(in crate::plan) fn round(low: Decimal, high: Decimal, base: Base, n_decimals: u32) -> Self {
        let reach = (high - low) / Decimal::TWO;
        let is_near = |end: Decimal| end.abs() <= reach;
        let holds_zero = base == Base::Zero || is_near(low) || is_near(high);
        let (low, high) = if holds_zero {
            (low.min(Decimal::ZERO), high.max(Decimal::ZERO))
        } else {
            (low, high)
        };
        let (low, high) = if low == high {
            around(low, n_decimals)
        } else {
            (low, high)
        };
        let finest = Decimal::new(1, n_decimals.min(9));
        let steps = steps(high - low).into_iter().map(|step| step.max(finest));
        let scales: Vec<Self> = steps.map(|step| Self::of_step(low, high, step)).collect();
        let is_good = |scale: &&Self| (FEWEST_TICKS..=MOST_TICKS).contains(&scale.n_ticks());
        let good = scales
            .iter()
            .filter(is_good)
            .min_by_key(|scale| scale.high - scale.low);
        let fewest = || {
            scales
                .iter()
                .filter(|scale| scale.n_ticks() <= MOST_TICKS)
                .max_by_key(|scale| scale.n_ticks())
        };
        *good
            .or_else(fewest)
            .unwrap_or(&Self::of_step(low, high, high - low))
    }

    fn of_step(low: Decimal, high: Decimal, step: Decimal) -> Self {
        Self {
            low: (low / step).floor() * step,
            high: (high / step).ceil() * step,
            step,
        }
    }

    fn n_ticks(&self) -> i64 {
        let steps = (self.high - self.low).checked_div(self.step);
        steps
            .and_then(|steps| steps.to_i64())
            .map_or(1, |steps| steps + 1)
    }

    /// The position of a value, in thousandths from the low end; clamped to the scale.
    pub(in crate::plan) fn place(&self, value: Decimal) -> u16 {
        let width = self.high - self.low;
        if width.is_zero() {
            return 0;
        }
        let share = (value - self.low) / width * Decimal::ONE_THOUSAND;
        let place = share.round().clamp(Decimal::ZERO, Decimal::ONE_THOUSAND);
        place.to_u16().unwrap_or(0)
    }

    /// The round values, from low to high.
    pub(in crate::plan) fn ticks(&self) -> Vec<Decimal> {
        let steps = 0..self.n_ticks();
        steps
            .map(|index| (self.low + self.step * Decimal::from(index)).normalize())
            .collect()
    }

    /// Whether the scale includes numbers on both sides of zero.
    pub(in crate::plan) fn crosses_zero(&self) -> bool {
        self.low < Decimal::ZERO && self.high > Decimal::ZERO
    }
}

/// A range around numbers that are all equal.
fn around(value: Decimal, n_decimals: u32) -> (Decimal, Decimal) {
    let step = Decimal::new(2, n_decimals.min(9));
    (value - step, value + step)
}

/// Round steps that divide a width into one to about a dozen, from fine to coarse: 1, 2 or 5 times a power of ten.
fn steps(width: Decimal) -> Vec<Decimal> {
    let rough = width / Decimal::from(12);
    let mut power = Decimal::ONE;
    while power > rough && power > Decimal::new(1, 12) {
        power /= Decimal::TEN;
    }
    while power * Decimal::TEN <= rough {
        power *= Decimal::TEN;
    }
    let factors = [1, 2, 5, 10, 20, 50, 100].map(Decimal::from);
    factors.into_iter().map(|factor| power * factor).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(low: &str, high: &str, base: Base, expected: &[&str]) {
        let [low, high]: [Decimal; 2] = [low, high].map(|text| text.parse().unwrap());
        let n_decimals = low.scale().max(high.scale());
        let ticks = ValueScale::round(low, high, base, n_decimals).ticks();
        let ticks: Vec<String> = ticks.iter().map(ToString::to_string).collect();
        assert_eq!(ticks, expected, "{low} to {high}");
    }

    #[test]
    fn lines_have_a_scale_that_fits_and_bars_one_that_starts_at_zero() {
        check("3.9", "9.2", Base::Fit, &["2", "4", "6", "8", "10"]);
        check("44", "51", Base::Fit, &["44", "46", "48", "50", "52"]);
        check("44", "51", Base::Zero, &["0", "20", "40", "60"]);
        check(
            "980",
            "1020",
            Base::Fit,
            &["980", "990", "1000", "1010", "1020"],
        );
    }

    #[test]
    fn zero_is_there_if_it_is_near() {
        check("3", "10", Base::Fit, &["0", "2", "4", "6", "8", "10"]);
        check("-30", "10", Base::Fit, &["-30", "-20", "-10", "0", "10"]);
        check(
            "-90",
            "-40",
            Base::Fit,
            &["-90", "-80", "-70", "-60", "-50", "-40"],
        );
    }

    #[test]
    fn steps_are_no_finer_than_the_numbers() {
        check("0", "2", Base::Zero, &["0", "1", "2"]);
        check("5", "5", Base::Fit, &["3", "4", "5", "6", "7"]);
        check("0", "0", Base::Zero, &["-2", "-1", "0", "1", "2"]);
    }

    #[test]
    fn every_range_has_four_to_six_round_values() {
        for low in [-700_i64, 0, 3, 410, 99_000] {
            for width in [7_i64, 10, 13, 36, 100, 999, 36_500, 1_250_000_000] {
                for base in [Base::Zero, Base::Fit] {
                    let (low, high) = (Decimal::from(low), Decimal::from(low + width));
                    let ticks = ValueScale::round(low, high, base, 3).ticks();
                    assert!((4..=6).contains(&ticks.len()), "{low} to {high}: {ticks:?}");
                    assert!(
                        ticks[0] <= low && ticks[ticks.len() - 1] >= high,
                        "{ticks:?}"
                    );
                }
            }
        }
    }
}
