//! How many pixels make an inch, as JFIF, EXIF or PNG say it.

/// Pixels an inch, both ways.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Density {
    pub x_dpi: f64,
    pub y_dpi: f64,
}

const CM_PER_INCH: f64 = 2.54;
const M_PER_INCH: f64 = 0.0254;

/// JFIF's density if it names a unit, else EXIF's resolution.
pub(crate) fn of_jpeg(bytes: &[u8], exif: Option<&[u8]>) -> Option<Density> {
    jfif(bytes).or_else(|| exif.and_then(of_exif)).and_then(meant)
}

/// The `pHYs` chunk, which must stand before the pixels (PNG 1.2, 11.3.5.3): pixels a metre, unit 1.
pub(crate) fn of_png(bytes: &[u8]) -> Option<Density> {
    let mut rest = bytes.get(8..)?;
    loop {
        let length = usize::try_from(u32::from_be_bytes(*rest.first_chunk()?)).ok()?;
        let kind = rest.get(4..8)?;
        if kind == b"IDAT" {
            return None;
        }
        let content = rest.get(8..length.checked_add(8)?)?;
        if kind == b"pHYs" {
            let (x, y, unit) = (content.first_chunk::<4>()?, content.get(4..)?.first_chunk::<4>()?, content.get(8)?);
            let dpi = |per_metre: &[u8; 4]| f64::from(u32::from_be_bytes(*per_metre)) * M_PER_INCH;
            return (*unit == 1).then(|| Density { x_dpi: dpi(x), y_dpi: dpi(y) }).and_then(meant);
        }
        rest = rest.get(length.checked_add(12)?..)?;
    }
}

/// APP0 of JFIF 1.02: "JFIF\0", version, unit (0 none, 1 inch, 2 centimetre), two densities.
fn jfif(bytes: &[u8]) -> Option<Density> {
    let mut rest = bytes.get(2..)?;
    // Segments before the frame; each is FF, marker, length with its own two bytes.
    while let [0xFF, marker, high, low, ..] = *rest {
        if matches!(marker, 0xC0..=0xCF | 0xDA) && !matches!(marker, 0xC4 | 0xC8 | 0xCC) {
            return None;
        }
        let length = usize::from(u16::from_be_bytes([high, low]));
        let content = rest.get(4..length.checked_add(2)?)?;
        if marker == 0xE0
            && let Some([_, _, unit, x_high, x_low, y_high, y_low, ..]) = content.strip_prefix(b"JFIF\0")
        {
            let unit_per_inch = match unit {
                1 => 1.0,
                2 => CM_PER_INCH,
                _ => return None,
            };
            let dpi = |high: &u8, low: &u8| f64::from(u16::from_be_bytes([*high, *low])) * unit_per_inch;
            return Some(Density { x_dpi: dpi(x_high, x_low), y_dpi: dpi(y_high, y_low) });
        }
        rest = rest.get(length.checked_add(2)?..)?;
    }
    None
}

/// XResolution 0x011A, YResolution 0x011B (rationals) and ResolutionUnit 0x0128 (2 inch, 3 centimetre) of the first
/// directory of a TIFF block (EXIF 2.32, 4.6.4).
fn of_exif(tiff: &[u8]) -> Option<Density> {
    let little = match tiff.get(..4)? {
        b"II*\0" => true,
        b"MM\0*" => false,
        _ => return None,
    };
    let short = |at: usize| {
        let raw = *tiff.get(at..)?.first_chunk::<2>()?;
        Some(if little { u16::from_le_bytes(raw) } else { u16::from_be_bytes(raw) })
    };
    let long = |at: usize| {
        let raw = *tiff.get(at..)?.first_chunk::<4>()?;
        Some(if little { u32::from_le_bytes(raw) } else { u32::from_be_bytes(raw) })
    };
    let directory = usize::try_from(long(4)?).ok()?;
    let (mut x, mut y, mut unit_per_inch) = (None, None, 1.0);
    for entry in 0..usize::from(short(directory)?) {
        let at = directory.checked_add(2 + 12 * entry)?;
        let rational = || {
            let place = usize::try_from(long(at + 8)?).ok()?;
            Some(f64::from(long(place)?) / f64::from(long(place.checked_add(4)?)?))
        };
        match short(at)? {
            0x011A => x = rational(),
            0x011B => y = rational(),
            0x0128 => {
                unit_per_inch = match short(at + 8)? {
                    2 => 1.0,
                    3 => CM_PER_INCH,
                    _ => return None,
                };
            }
            _ => {}
        }
    }
    Some(Density { x_dpi: x? * unit_per_inch, y_dpi: y? * unit_per_inch })
}

/// 72 dpi is what EXIF prescribes when the resolution is not known, and 72 and 96 are what programs write by default. No
/// scanner that gives a usable picture works so coarsely: such a tag is no measurement.
fn meant(density: Density) -> Option<Density> {
    let plausible =
        |dpi: f64| dpi.is_finite() && dpi >= 1.0 && ![72.0, 96.0].iter().any(|default| (dpi - default).abs() < 0.6);
    (plausible(density.x_dpi) && plausible(density.y_dpi)).then_some(density)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn exif(unit: u16, dpi: u32) -> Vec<u8> {
        let mut tiff = b"II*\0\x08\0\0\0\x03\0".to_vec();
        for (tag, kind, value) in [(0x011A_u16, 5_u16, 50_u32), (0x011B, 5, 50), (0x0128, 3, u32::from(unit))] {
            tiff.extend(tag.to_le_bytes());
            tiff.extend(kind.to_le_bytes());
            tiff.extend(1_u32.to_le_bytes());
            tiff.extend(value.to_le_bytes());
        }
        tiff.extend(0_u32.to_le_bytes());
        tiff.extend(dpi.to_le_bytes());
        tiff.extend(1_u32.to_le_bytes());
        tiff
    }

    #[test]
    fn exif_centimetres_become_inches() {
        let density = of_exif(&exif(3, 100)).unwrap();
        assert!((density.x_dpi - 254.0).abs() < 1e-9);
    }

    #[test]
    fn exif_default_of_72_is_no_measurement() {
        assert_eq!(of_exif(&exif(2, 72)).and_then(meant), None);
        assert!(of_exif(&exif(2, 300)).and_then(meant).is_some());
    }

    proptest! {
        #[test]
        fn noise_is_never_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let mut jpeg = b"\xFF\xD8\xFF\xE0\0\x10JFIF\0".to_vec();
            jpeg.extend(&bytes);
            let _ = of_jpeg(&jpeg, Some(&bytes));
            let mut tiff = exif(2, 300);
            tiff.splice(4..8, bytes.iter().copied().take(4));
            let _ = of_exif(&tiff);
            let _ = of_png(&bytes);
        }
    }
}
