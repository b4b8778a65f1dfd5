//! A map of a page onto itself: how a printer's offset, scale and turn, or their correction, move what is drawn.

use crate::display::MM_PER_PT;

/// `x' = a x + c y + e`, `y' = b x + d y + f`; millimetres from the page's top left corner, y downwards.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Affine {
    /// `[a, b, c, d, e, f]`.
    terms: [f64; 6],
}

/// A place on a page, mm from its top left corner, y downwards.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    pub x: f64,
    pub y: f64,
}

impl Point {
    /// Millimetres between the two.
    pub fn distance(self, other: Point) -> f64 {
        (self.x - other.x).hypot(self.y - other.y)
    }
}

impl Affine {
    /// Leaves everything where it is.
    pub const IDENTITY: Affine = Affine { terms: [1.0, 0.0, 0.0, 1.0, 0.0, 0.0] };

    /// From `[a, b, c, d, e, f]`.
    pub fn new(terms: [f64; 6]) -> Affine {
        Affine { terms }
    }

    /// Where a point comes to lie.
    pub fn apply(&self, point: Point) -> Point {
        let [a, b, c, d, e, f] = self.terms;
        Point { x: a * point.x + c * point.y + e, y: b * point.x + d * point.y + f }
    }

    /// The way back; `None` for a map that flattens the page.
    pub fn inverse(&self) -> Option<Affine> {
        let [a, b, c, d, e, f] = self.terms;
        let area = a * d - b * c;
        if area.abs() < 1e-9 || !area.is_finite() {
            return None;
        }
        let (a, b, c, d) = (d / area, -b / area, -c / area, a / area);
        Some(Affine { terms: [a, b, c, d, -(a * e + c * f), -(b * e + d * f)] })
    }

    /// The same map for a PDF, whose origin is the page's bottom left corner, y upwards, in points.
    pub(crate) fn in_pdf(&self, height_mm: f64) -> [f32; 6] {
        let [a, b, c, d, e, f] = self.terms;
        let pt = |mm: f64| mm / MM_PER_PT;
        [a, -b, -c, d, pt(c * height_mm + e), pt(height_mm - d * height_mm - f)].map(|term| term as f32)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_map_that_flattens_the_page_has_no_way_back() {
        assert_eq!(Affine::new([1.0, 2.0, 2.0, 4.0, 0.0, 0.0]).inverse(), None);
    }

    #[test]
    fn in_a_pdf_down_is_up() {
        // 2 mm to the right and 3 mm down.
        let [a, b, c, d, e, f] = Affine::new([1.0, 0.0, 0.0, 1.0, 2.0, 3.0]).in_pdf(54.0);
        assert_eq!([a, b, c, d], [1.0, 0.0, 0.0, 1.0]);
        assert!((f64::from(e) * MM_PER_PT - 2.0).abs() < 1e-5 && (f64::from(f) * MM_PER_PT + 3.0).abs() < 1e-5);
    }

    proptest! {
        #[test]
        fn the_way_back_leads_back(
            linear in [0.9..1.1f64, -0.1..0.1f64, -0.1..0.1f64, 0.9..1.1f64], e in -9.0..9.0f64, f in -9.0..9.0f64,
            x in 0.0..300.0f64, y in 0.0..300.0f64,
        ) {
            let map = Affine::new([linear[0], linear[1], linear[2], linear[3], e, f]);
            let point = Point { x, y };
            let back = map.inverse().unwrap().apply(map.apply(point));
            prop_assert!(back.distance(point) < 1e-9);
        }
    }
}
