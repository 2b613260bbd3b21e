//! Parts of a drawing side by side, in rows.
use crate::{Point, Size};

/// Rows are so much wider than all of them are high.
const SHAPE: f64 = 1.6;

/// Returns the upper left corner of each part, and the size of all.
pub(crate) fn packed(parts: &[Size], gap: f64) -> (Vec<Point>, Size) {
    let area: f64 = parts
        .iter()
        .map(|part| (part.width + gap) * (part.height + gap))
        .sum();
    let widest = parts.iter().map(|part| part.width).fold(0.0, f64::max);
    let width = widest.max((area * SHAPE).sqrt());
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by(|a, b| parts[*b].height.total_cmp(&parts[*a].height).then(a.cmp(b)));
    let mut corners = vec![Point::default(); parts.len()];
    let mut all = Size::default();
    let mut at = Point::default();
    let mut row: f64 = 0.0;
    for part in order {
        let size = parts[part];
        if at.x > 0.0 && at.x + size.width > width {
            at = Point {
                x: 0.0,
                y: at.y + row + gap,
            };
            row = 0.0;
        }
        corners[part] = at;
        all.width = all.width.max(at.x + size.width);
        all.height = all.height.max(at.y + size.height);
        at.x += size.width + gap;
        row = row.max(size.height);
    }
    (corners, all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_stand_beside_and_below_each_other() {
        let one = Size {
            width: 10.0,
            height: 10.0,
        };
        let (corners, all) = packed(&[one; 4], 2.0);
        assert_eq!(corners[0], Point { x: 0.0, y: 0.0 });
        assert!(corners[1].x >= 12.0);
        assert!(all.height > 10.0 && all.width > 10.0, "{all:?}");
        assert_eq!(packed(&[], 2.0).1, Size::default());
    }
}
