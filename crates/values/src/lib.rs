//! Exact values as records contain them: dates that are no more precise than what is known, and exact numbers.
//!
//! # Examples
//!
//! ```
//! use nutgraf_values::{Number, PartialDate, Qualifier};
//!
//! let date: PartialDate = "2024-03".parse().unwrap();
//! assert_eq!(date.latest().unwrap().to_string(), "2024-03-31");
//! let number: Number = "41.50".parse().unwrap();
//! assert_eq!(number.to_string(), "41.50");
//! assert_eq!(Qualifier::AtLeast.name(), "at least");
//! ```

mod clock;
mod date;
mod number;

pub use clock::{Clock, ClockError};
pub use date::{DateError, DateKind, Day, Moment, PartialDate, Precision};
pub use number::{Number, NumberError, Qualifier, Quantity, vulgar_fraction};
