//! Times as people say them, with the exact instant for programs and for the curious.
use leptos::prelude::*;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// How long ago something happened.
#[component]
pub fn When(
    /// The instant, in milliseconds since 1970-01-01 UTC.
    at: i64,
    /// The present, likewise.
    now: i64,
) -> impl IntoView {
    let instant = Civil::from_ms(at);
    view! { <time datetime=instant.rfc3339() title=instant.for_people()>{ago(at, now)}</time> }
}

/// How long it is until something happens, or how long ago it did.
#[component]
pub fn Until(
    /// The instant, in milliseconds since 1970-01-01 UTC.
    at: i64,
    /// The present, likewise.
    now: i64,
) -> impl IntoView {
    let instant = Civil::from_ms(at);
    let text = if at > now {
        ahead(at, now)
    } else {
        ago(at, now)
    };
    view! { <time datetime=instant.rfc3339() title=instant.for_people()>{text}</time> }
}

/// A day and the time of day to the second, for places where order and distance matter.
#[component]
pub fn Stamp(
    /// The instant, in milliseconds since 1970-01-01 UTC.
    at: i64,
) -> impl IntoView {
    let instant = Civil::from_ms(at);
    let text = instant.rfc3339();
    let (day, time) = text.split_once('T').unwrap_or((&text, ""));
    let (day, time) = (day.to_owned(), time.trim_end_matches('Z').to_owned());
    view! { <time class="stamp" datetime=text.clone() title=instant.for_people()><span>{day}</span>" "<b>{time}</b></time> }
}

/// Writes an instant for programs, as RFC 3339 has it.
#[must_use]
pub fn iso(at: i64) -> String {
    Civil::from_ms(at).rfc3339()
}

/// Returns how long it is until an instant in one unit, days rounded to the nearest.
#[must_use]
pub fn ahead(at: i64, now: i64) -> String {
    let seconds = (at - now).div_euclid(1000);
    match seconds {
        ..MINUTE => "in a moment".to_owned(),
        MINUTE..HOUR => format!("in {} min", seconds / MINUTE),
        HOUR..DAY => format!("in {} h", seconds / HOUR),
        _ => match (seconds + DAY / 2) / DAY {
            1 => "in one day".to_owned(),
            days @ 2..60 => format!("in {days} days"),
            days => format!("in {} months", days / 30),
        },
    }
}

/// Returns how long ago an instant was, rounded down to one unit.
#[must_use]
pub fn ago(at: i64, now: i64) -> String {
    let seconds = (now - at).div_euclid(1000);
    match seconds {
        ..MINUTE => "just now".to_owned(),
        MINUTE..HOUR => format!("{} min ago", seconds / MINUTE),
        HOUR..DAY => format!("{} h ago", seconds / HOUR),
        _ => match seconds / DAY {
            1 => "yesterday".to_owned(),
            days @ 2..60 => format!("{days} days ago"),
            days @ 60..730 => format!("{} months ago", days / 30),
            days => format!("{} years ago", days / 365),
        },
    }
}

/// An instant in parts, in UTC.
struct Civil {
    year: i64,
    month: i64,
    day: i64,
    second: i64,
}

impl Civil {
    /// Splits an instant. The calendar is the proleptic Gregorian one, counted in years that begin in March, so
    /// that the leap day is the last of its year.
    fn from_ms(ms: i64) -> Self {
        let seconds = ms.div_euclid(1000);
        let days = seconds.div_euclid(DAY) + 719_468;
        let era = days.div_euclid(146_097);
        let of_era = days.rem_euclid(146_097);
        let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let from_march = (5 * of_year + 2) / 153;
        let month = if from_march < 10 {
            from_march + 3
        } else {
            from_march - 9
        };
        Self {
            year: era * 400 + year_of_era + i64::from(month <= 2),
            month,
            day: of_year - (153 * from_march + 2) / 5 + 1,
            second: seconds.rem_euclid(DAY),
        }
    }

    fn rfc3339(&self) -> String {
        let Self {
            year,
            month,
            day,
            second,
        } = self;
        let (hour, minute, second) = (second / HOUR, second % HOUR / MINUTE, second % MINUTE);
        format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
    }

    fn for_people(&self) -> String {
        const MONTHS: [&str; 12] = [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ];
        let month = usize::try_from(self.month - 1)
            .ok()
            .and_then(|month| MONTHS.get(month));
        let (hour, minute) = (self.second / HOUR, self.second % HOUR / MINUTE);
        format!(
            "{} {} {}, {hour:02}:{minute:02} UTC",
            self.day,
            month.unwrap_or(&""),
            self.year
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_are_split_by_the_gregorian_calendar() {
        let check = |ms: i64, want: &str| assert_eq!(Civil::from_ms(ms).rfc3339(), want);
        check(0, "1970-01-01T00:00:00Z");
        check(951_782_399_000, "2000-02-28T23:59:59Z");
        check(951_782_400_000, "2000-02-29T00:00:00Z");
        check(1_795_446_000_000, "2026-11-23T15:00:00Z");
        check(-1_000, "1969-12-31T23:59:59Z");
        assert_eq!(
            Civil::from_ms(1_795_446_000_000).for_people(),
            "23 Nov 2026, 15:00 UTC"
        );
    }

    #[test]
    fn durations_have_one_unit() {
        let check = |seconds: i64, want: &str| assert_eq!(ago(0, seconds * 1000), want);
        check(-5, "just now");
        check(59, "just now");
        check(60, "1 min ago");
        check(2 * HOUR + 5, "2 h ago");
        check(DAY, "yesterday");
        check(14 * DAY, "14 days ago");
        check(90 * DAY, "3 months ago");
        check(800 * DAY, "2 years ago");
    }

    #[test]
    fn what_is_ahead_has_one_unit_too() {
        let check = |seconds: i64, want: &str| assert_eq!(ahead(seconds * 1000, 0), want);
        check(-5, "in a moment");
        check(59, "in a moment");
        check(3 * MINUTE, "in 3 min");
        check(5 * HOUR + 1, "in 5 h");
        check(DAY, "in one day");
        check(30 * DAY - MINUTE, "in 30 days");
        check(365 * DAY, "in 12 months");
    }
}
