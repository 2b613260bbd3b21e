//! Proves the contrast of the colours in `style/tokens.css`, in both themes, by the formula of WCAG 2.
use std::collections::BTreeMap;

/// Lightness, chroma and hue.
type Oklch = [f64; 3];

/// Foreground, background and the least ratio between them.
const PAIRS: &[(&str, &str, f64)] = &[
    ("fg", "bg", 7.0),
    ("fg", "surface", 7.0),
    ("fg", "surface-2", 7.0),
    ("fg", "surface-3", 7.0),
    ("fg", "accent-soft", 7.0),
    ("fg-muted", "bg", 4.5),
    ("fg-muted", "surface", 4.5),
    ("fg-muted", "surface-2", 4.5),
    ("fg-muted", "surface-3", 4.5),
    ("fg-subtle", "bg", 4.5),
    ("fg-subtle", "surface", 4.5),
    ("fg-subtle", "surface-2", 4.5),
    ("link", "bg", 4.5),
    ("link", "surface", 4.5),
    ("link", "surface-2", 4.5),
    ("accent-fg", "accent", 4.5),
    ("accent-fg", "accent-hover", 4.5),
    ("ok", "surface", 4.5),
    ("ok", "ok-soft", 4.5),
    ("warn", "surface", 4.5),
    ("warn", "warn-soft", 4.5),
    ("danger", "surface", 4.5),
    ("danger", "danger-soft", 4.5),
    ("info", "surface", 4.5),
    ("info", "info-soft", 4.5),
    ("unknown", "surface", 4.5),
    ("unknown", "unknown-soft", 4.5),
    // Words on the ground of a log, in the colours of terminals.
    ("ok", "surface-2", 4.5),
    ("warn", "surface-2", 4.5),
    ("danger", "surface-2", 4.5),
    ("info", "surface-2", 4.5),
    ("domain", "surface-2", 4.5),
    ("link", "surface-3", 4.5),
    ("danger", "bg", 4.5),
    ("fg", "add", 7.0),
    ("fg", "del", 7.0),
    ("fg", "ok-soft", 7.0),
    ("fg", "warn-soft", 7.0),
    ("fg", "danger-soft", 7.0),
    ("fg", "info-soft", 7.0),
    // A tooltip has the colours of the page turned round.
    ("bg", "fg", 7.0),
    ("accent", "surface", 3.0),
    ("accent", "bg", 3.0),
    ("accent", "surface-3", 3.0),
    ("border-strong", "surface", 3.0),
    ("border-strong", "bg", 3.0),
    ("focus", "surface", 3.0),
    ("focus", "bg", 3.0),
    ("focus", "surface-3", 3.0),
    ("component", "surface", 4.8),
    ("api", "surface", 4.8),
    ("resource", "surface", 4.8),
    ("system", "surface", 4.8),
    ("domain", "surface", 4.8),
    ("group", "surface", 4.8),
    ("user", "surface", 4.8),
    ("template", "surface", 4.8),
    ("component", "bg", 4.5),
    ("api", "bg", 4.5),
    ("resource", "bg", 4.5),
    ("system", "bg", 4.5),
    ("domain", "bg", 4.5),
    ("group", "bg", 4.5),
    ("user", "bg", 4.5),
    ("template", "bg", 4.5),
];

/// Reads the colours of `tokens.css`: for each name the light and the dark one.
fn tokens() -> BTreeMap<String, [Oklch; 2]> {
    let css = include_str!("../style/tokens.css");
    css.lines()
        .filter_map(|line| {
            let (name, value) = line.trim().strip_prefix("--")?.split_once(':')?;
            let value = value
                .trim()
                .strip_prefix("light-dark(")?
                .strip_suffix(");")?;
            let (light, dark) = value.split_once("), ")?;
            Some((name.to_owned(), [colour(light), colour(dark)]))
        })
        .collect()
}

/// Reads `oklch(L C H)`, with or without the closing bracket.
fn colour(text: &str) -> Oklch {
    let numbers: Vec<f64> = text
        .trim_start_matches("oklch(")
        .trim_end_matches(')')
        .split_whitespace()
        .map(|number| {
            number
                .parse()
                .unwrap_or_else(|_| panic!("{number} is no number in {text}"))
        })
        .collect();
    numbers
        .try_into()
        .unwrap_or_else(|_| panic!("{text} has not three parts"))
}

/// Converts to linear sRGB by the matrices of CSS Color 4.
fn linear_srgb([lightness, chroma, hue]: Oklch) -> [f64; 3] {
    let (sin, cos) = hue.to_radians().sin_cos();
    let (a, b) = (chroma * cos, chroma * sin);
    let l = (lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b).powi(3);
    let m = (lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b).powi(3);
    let s = (lightness - 0.089_484_177_5 * a - 1.291_485_548_0 * b).powi(3);
    [
        4.076_741_662_1 * l - 3.307_711_591_3 * m + 0.230_969_929_2 * s,
        -1.268_438_004_6 * l + 2.609_757_401_1 * m - 0.341_319_396_5 * s,
        -0.004_196_086_3 * l - 0.703_418_614_7 * m + 1.707_614_701_0 * s,
    ]
}

/// Returns the eight-bit channels a screen shows.
fn srgb(colour: Oklch) -> [f64; 3] {
    linear_srgb(colour).map(|channel| {
        let channel = channel.clamp(0.0, 1.0);
        let encoded = if channel <= 0.003_130_8 {
            12.92 * channel
        } else {
            1.055 * channel.powf(1.0 / 2.4) - 0.055
        };
        (255.0 * encoded).round()
    })
}

/// Returns the relative luminance of WCAG 2.
fn luminance(colour: Oklch) -> f64 {
    let [red, green, blue] = srgb(colour).map(|channel| {
        let channel = channel / 255.0;
        if channel <= 0.040_45 {
            channel / 12.92
        } else {
            ((channel + 0.055) / 1.055).powf(2.4)
        }
    });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

fn ratio(one: Oklch, other: Oklch) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn every_pair_of_colours_has_its_contrast_in_both_themes() {
    let tokens = tokens();
    let mut failures = Vec::new();
    for (foreground, background, least) in PAIRS {
        for (theme, name) in ["light", "dark"].into_iter().enumerate() {
            let [one, other] = [foreground, background].map(|token| {
                tokens
                    .get(*token)
                    .unwrap_or_else(|| panic!("tokens.css has no --{token}"))[theme]
            });
            let ratio = ratio(one, other);
            if ratio < *least {
                failures.push(format!(
                    "{foreground} on {background}, {name}: {ratio:.2} < {least}"
                ));
            }
        }
    }
    assert!(failures.is_empty(), "{failures:#?}");
}

#[test]
fn every_colour_can_be_shown_by_an_srgb_screen() {
    for (name, colours) in tokens() {
        for colour in colours {
            let inside = linear_srgb(colour)
                .iter()
                .all(|channel| (-0.002..=1.002).contains(channel));
            assert!(inside, "--{name}: {colour:?} is outside sRGB");
        }
    }
}

#[test]
fn colours_come_out_as_the_design_lists_them() {
    let tokens = tokens();
    let check = |token: &str, light: [f64; 3], dark: [f64; 3]| {
        assert_eq!(tokens[token].map(srgb), [light, dark], "--{token}");
    };
    check("bg", [249.0, 250.0, 251.0], [14.0, 17.0, 22.0]);
    check("fg", [27.0, 31.0, 40.0], [235.0, 237.0, 240.0]);
    check("accent", [40.0, 92.0, 194.0], [127.0, 170.0, 250.0]);
    check("danger", [186.0, 30.0, 32.0], [246.0, 132.0, 130.0]);
    // These two are rounded from the design's eight-bit values.
    let near = |token: &str, theme: usize, listed: [f64; 3]| {
        let shown = srgb(tokens[token][theme]);
        let apart = shown
            .iter()
            .zip(listed)
            .map(|(one, other)| (one - other).abs());
        assert!(apart.fold(0.0, f64::max) <= 3.0, "--{token}: {shown:?}");
    };
    near("add", 0, [208.0, 247.0, 214.0]);
    near("add", 1, [18.0, 54.0, 30.0]);
    near("del", 0, [255.0, 226.0, 225.0]);
    near("del", 1, [80.0, 30.0, 31.0]);
}

#[test]
fn black_on_white_has_the_greatest_contrast() {
    let ratio = ratio([0.0, 0.0, 0.0], [1.0, 0.0, 0.0]);
    assert!((ratio - 21.0).abs() < 0.001, "{ratio}");
}

/// Returns the lines of a style sheet that name a colour instead of a token.
fn bare_colours(css: &str) -> Vec<String> {
    const FUNCTIONS: &[&str] = &[
        "oklch(", "oklab(", "rgb(", "rgba(", "hsl(", "hwb(", "lab(", "lch(", "color(",
    ];
    const NAMES: &[&str] = &[
        "white", "black", "red", "green", "blue", "gray", "grey", "orange", "yellow",
    ];
    let is_hex = |word: &str| {
        word.strip_prefix('#').is_some_and(|digits| {
            matches!(digits.len(), 3 | 4 | 6 | 8) && digits.chars().all(|c| c.is_ascii_hexdigit())
        })
    };
    let mut found = Vec::new();
    for line in css.lines() {
        // Only values have colours; `#main` before a bracket is the name of an element.
        let Some((_, value)) = line
            .split_once(": ")
            .filter(|_| line.ends_with([';', ',', '(']))
        else {
            continue;
        };
        let mut words = value.split(|c: char| !c.is_alphanumeric() && c != '#' && c != '-');
        let is_named = words.any(|word| is_hex(word) || NAMES.contains(&word));
        if is_named || FUNCTIONS.iter().any(|function| value.contains(function)) {
            found.push(line.trim().to_owned());
        }
    }
    found
}

#[test]
fn colours_stand_in_one_file() {
    let mut folders = vec![std::path::PathBuf::from(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/style"
    ))];
    let (mut failures, mut files) = (Vec::new(), 0);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("the folder of the style sheets") {
            let path = entry.expect("an entry of the folder").path();
            if path.is_dir() {
                folders.push(path);
            } else if !path.ends_with("tokens.css") {
                let css = std::fs::read_to_string(&path).expect("a style sheet");
                files += 1;
                failures.extend(
                    bare_colours(&css)
                        .into_iter()
                        .map(|line| format!("{}: {line}", path.display())),
                );
            }
        }
    }
    assert!(files > 20, "only {files} style sheets were found");
    assert!(
        failures.is_empty(),
        "use a token of style/tokens.css: {failures:#?}"
    );
}

#[test]
fn a_bare_colour_is_found() {
    for line in [
        "  color: #fff;",
        "  border: 1px solid #82868fff;",
        "  background: oklch(0.5 0.1 262);",
        "  box-shadow: 0 0 0 1px rgb(0 0 0 / 0.4),",
        "  color: white;",
    ] {
        assert_eq!(bare_colours(line).len(), 1, "{line}");
    }
    for line in [
        "  color: var(--red);",
        "#sessions .card-end {",
        "  background: currentcolor;",
        "  white-space: nowrap;",
        "  .red {",
        "  color: GrayText;",
        "a:hover {",
    ] {
        assert!(bare_colours(line).is_empty(), "{line}");
    }
}
