//! From readings to a deviation: least squares over the five terms, or over four where the points do not tell all.

use super::Deviation;
use crate::affine::Point;

/// One cross-hair: where it was meant and where it lies on the sheet.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reading {
    pub expected: Point,
    pub measured: Point,
}

/// What was found, and how good it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Solution {
    pub deviation: Deviation,
    /// Of each reading, mm: how far off the printer is now.
    pub before: Vec<f64>,
    /// Of each reading, mm: what the deviation does not explain, and a correction leaves.
    pub after: Vec<f64>,
}

/// Why readings give no deviation.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum SolveFault {
    #[error("two cross-hairs at least are needed")]
    TooFew,
    #[error("the cross-hairs are less than 20 mm apart")]
    TooClose,
    #[error("a reading is no number")]
    NotANumber,
    #[error("the sheet is off by more than 20 mm, 5 % or 5 degrees")]
    OutOfReach,
    #[error("a reading contradicts the others by {} mm", tenths(*.0))]
    Contradiction(f64),
}

fn tenths(mm: f64) -> f64 {
    (mm * 10.0).round() / 10.0
}

/// What cannot be a reading of the same sheet, mm.
const CONTRADICTION_MM: f64 = 1.0;
/// Less spread than this, mm, and a tenth of a millimetre of misreading would turn the sheet.
const SPREAD_MM: f64 = 20.0;

/// Finds the deviation that explains the readings best.
///
/// Two readings, or any number on one line, do not tell a scale across from one down: then both are the same.
///
/// # Errors
/// Too few or too close, beyond what a calibration may do, or readings that contradict one another.
pub fn solve(readings: &[Reading]) -> Result<Solution, SolveFault> {
    if readings.len() < 2 {
        return Err(SolveFault::TooFew);
    }
    let numbers = readings.iter().flat_map(|one| [one.expected.x, one.expected.y, one.measured.x, one.measured.y]);
    if !numbers.into_iter().all(f64::is_finite) {
        return Err(SolveFault::NotANumber);
    }
    let widest = readings
        .iter()
        .flat_map(|one| readings.iter().map(|other| one.expected.distance(other.expected)))
        .fold(0.0, f64::max);
    if widest < SPREAD_MM {
        return Err(SolveFault::TooClose);
    }
    let scales = if off_one_line(readings) { Scales::Two } else { Scales::One };
    let deviation = fit(readings, scales).filter(Deviation::is_sane).ok_or(SolveFault::OutOfReach)?;
    let printed = deviation.as_affine();
    let before = readings.iter().map(|one| one.measured.distance(one.expected)).collect();
    let after: Vec<f64> = readings.iter().map(|one| one.measured.distance(printed.apply(one.expected))).collect();
    match after.iter().copied().fold(0.0, f64::max) {
        worst if worst > CONTRADICTION_MM => Err(SolveFault::Contradiction(worst)),
        _ => Ok(Solution { deviation, before, after }),
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Scales {
    One,
    Two,
}

/// Whether three of the points span a triangle that is at least as high as the least spread.
fn off_one_line(readings: &[Reading]) -> bool {
    let points: Vec<Point> = readings.iter().map(|one| one.expected).collect();
    let height = |a: Point, b: Point, c: Point| {
        let doubled = ((b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)).abs();
        doubled / a.distance(b).max(b.distance(c)).max(a.distance(c)).max(f64::MIN_POSITIVE)
    };
    let far = |a, b, c| height(a, b, c) >= SPREAD_MM / 2.0;
    points.iter().any(|a| points.iter().any(|b| points.iter().any(|c| far(*a, *b, *c))))
}

/// Gauss-Newton from a printer that prints true: the terms are small, so that a few steps reach the last digit.
fn fit(readings: &[Reading], scales: Scales) -> Option<Deviation> {
    const STEPS: usize = 12;
    let mut found = Deviation::NONE;
    for _ in 0..STEPS {
        let terms = if scales == Scales::Two { 5 } else { 4 };
        let mut normal = [[0.0; 6]; 5];
        for reading in readings {
            let (rows, lack) = linearised(&found, reading, scales);
            for (row, lack) in rows.iter().zip(lack) {
                for (left, sums) in normal.iter_mut().enumerate().take(terms) {
                    for (right, sum) in sums.iter_mut().enumerate().take(terms) {
                        *sum += row[left] * row[right];
                    }
                    sums[5] += row[left] * lack;
                }
            }
        }
        let step = eliminate(normal, terms)?;
        found.dx += step[0];
        found.dy += step[1];
        found.turn += step[2].to_degrees();
        found.sx += step[3];
        found.sy += if scales == Scales::Two { step[4] } else { step[3] };
    }
    Some(found)
}

/// By how much x and y move with each term (dx, dy, turn in radians, sx, sy), and how far x and y still are off.
fn linearised(at: &Deviation, reading: &Reading, scales: Scales) -> ([[f64; 5]; 2], [f64; 2]) {
    let Point { x, y } = reading.expected;
    let (sine, cosine) = at.turn.to_radians().sin_cos();
    let printed = at.as_affine().apply(reading.expected);
    let (turned_x, turned_y) = (-(printed.y - at.dy), printed.x - at.dx);
    let (across, down) = ([cosine * x, -sine * y], [sine * x, cosine * y]);
    let rows = match scales {
        Scales::Two => [[1.0, 0.0, turned_x, across[0], across[1]], [0.0, 1.0, turned_y, down[0], down[1]]],
        Scales::One => [[1.0, 0.0, turned_x, across[0] + across[1], 0.0], [0.0, 1.0, turned_y, down[0] + down[1], 0.0]],
    };
    (rows, [reading.measured.x - printed.x, reading.measured.y - printed.y])
}

/// Gauss with the largest pivot. The right side stands in the last column. `None` when the readings do not tell.
fn eliminate(mut rows: [[f64; 6]; 5], terms: usize) -> Option<[f64; 5]> {
    for place in 0..terms {
        let pivot = (place..terms).max_by(|a, b| rows[*a][place].abs().total_cmp(&rows[*b][place].abs()))?;
        if rows[pivot][place].abs() < 1e-9 {
            return None;
        }
        rows.swap(place, pivot);
        let head = rows[place];
        for row in rows.iter_mut().take(terms).skip(place + 1) {
            let factor = row[place] / head[place];
            for (term, above) in row.iter_mut().zip(head) {
                *term -= factor * above;
            }
        }
    }
    let mut solved = [0.0; 5];
    for place in (0..terms).rev() {
        let known: f64 = (place + 1..terms).map(|later| rows[place][later] * solved[later]).sum();
        solved[place] = (rows[place][5] - known) / rows[place][place];
    }
    Some(solved)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::cross_hairs;
    use super::*;

    fn readings(deviation: &Deviation, points: &[Point]) -> Vec<Reading> {
        let printed = deviation.as_affine();
        points.iter().map(|point| Reading { expected: *point, measured: printed.apply(*point) }).collect()
    }

    #[test]
    fn one_reading_tells_nothing() {
        let one = readings(&Deviation::NONE, &[Point { x: 10.0, y: 10.0 }]);
        assert_eq!(solve(&one), Err(SolveFault::TooFew));
    }

    #[test]
    fn cross_hairs_side_by_side_are_refused() {
        let close = readings(&Deviation::NONE, &[Point { x: 10.0, y: 10.0 }, Point { x: 22.0, y: 12.0 }]);
        assert_eq!(solve(&close), Err(SolveFault::TooClose));
    }

    #[test]
    fn a_number_read_from_the_wrong_end_of_the_ruler_is_refused() {
        let mut read = readings(&Deviation::NONE, &cross_hairs(85.6, 54.0));
        read[0].measured.x = 85.6 - read[0].measured.x;
        let refusal = solve(&read).unwrap_err();
        assert!(matches!(refusal, SolveFault::Contradiction(_) | SolveFault::OutOfReach), "{refusal:?}");
    }

    #[test]
    fn a_sheet_that_lies_askew_is_out_of_reach() {
        let askew = Deviation { turn: 9.0, ..Deviation::NONE };
        assert_eq!(solve(&readings(&askew, &cross_hairs(85.6, 54.0))), Err(SolveFault::OutOfReach));
    }

    #[test]
    fn what_is_no_number_is_refused() {
        let mut read = readings(&Deviation::NONE, &cross_hairs(85.6, 54.0));
        read[0].measured.x = f64::NAN;
        assert_eq!(solve(&read), Err(SolveFault::NotANumber));
    }

    prop_compose! {
        pub(crate) fn deviations()(
            dx in -5.0..5.0f64, dy in -5.0..5.0f64, sx in 0.98..1.02f64, sy in 0.98..1.02f64, turn in -2.0..2.0f64,
        ) -> Deviation {
            Deviation { dx, dy, sx, sy, turn }
        }
    }

    proptest! {
        #[test]
        fn a_known_deviation_is_recovered_from_five_cross_hairs(truth in deviations(), a4 in any::<bool>()) {
            let (width, height) = if a4 { (210.0, 297.0) } else { (85.6, 54.0) };
            let found = solve(&readings(&truth, &cross_hairs(width, height))).unwrap().deviation;
            prop_assert!((found.dx - truth.dx).abs() < 1e-6 && (found.dy - truth.dy).abs() < 1e-6);
            prop_assert!((found.sx - truth.sx).abs() < 1e-8 && (found.sy - truth.sy).abs() < 1e-8);
            prop_assert!((found.turn - truth.turn).abs() < 1e-6);
        }

        #[test]
        fn two_readings_recover_offset_turn_and_one_scale(truth in deviations()) {
            let truth = Deviation { sy: truth.sx, ..truth };
            let [first, .., last] = cross_hairs(100.0, 70.0);
            let solution = solve(&readings(&truth, &[first, last])).unwrap();
            prop_assert!((solution.deviation.dx - truth.dx).abs() < 1e-6);
            prop_assert!((solution.deviation.sx - truth.sx).abs() < 1e-8);
            prop_assert!((solution.deviation.turn - truth.turn).abs() < 1e-6);
            prop_assert!(solution.after.iter().all(|mm| *mm < 1e-6));
        }

        #[test]
        fn the_correction_undoes_the_deviation(truth in deviations(), x in 0.0..210.0f64, y in 0.0..297.0f64) {
            let point = Point { x, y };
            let landed = truth.as_affine().apply(truth.correction().apply(point));
            prop_assert!(landed.distance(point) < 1e-9);
        }
    }
}
