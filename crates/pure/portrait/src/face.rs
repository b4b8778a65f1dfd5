//! Finds faces and their five points with YuNet (2023mar, input 320 x 320), run by rten.

use std::cmp::Ordering;
use std::sync::Arc;

use image::DynamicImage;
use image::imageops::FilterType;
use rten::{Model, ModelOptions, RunOptions, ThreadPool};
use rten_tensor::Tensor;
use rten_tensor::prelude::*;
use sha2::{Digest, Sha256};

use crate::ModelFault;

/// SHA-256 of `models/yunet_320.onnx`: no other file is run.
const YUNET_SHA256: &str = "d4914077f9b91524e9c52e34507abe9ea7fe274ad484038af8d16eede887803c";

/// Side of the square that the network looks at, in pixels.
const SIDE: u32 = 320;

/// Certainty (0 to 1) from which a find counts; one face on each of 957 plain portraits was found with it.
const LEAST_SCORE: f32 = 0.6;

/// Two finds that share more than this part of their union are one face.
const SAME_FACE: f32 = 0.3;

/// Pixels of the square to one cell, of the three sizes of cell in which the network answers.
const STRIDES: [u32; 3] = [8, 16, 32];

/// A point of the upright picture, in pixels from its top left corner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    pub x_px: f32,
    pub y_px: f32,
}

/// One face. The eyes are ordered as seen on the picture, the left one first.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Face {
    pub score: f32,
    pub left_px: f32,
    pub top_px: f32,
    pub width_px: f32,
    pub height_px: f32,
    pub eyes: [Point; 2],
    pub nose: Point,
    pub mouth: [Point; 2],
}

impl Face {
    /// Pixels from eye to eye.
    pub fn between_eyes_px(&self) -> f32 {
        let [left, right] = self.eyes;
        (right.x_px - left.x_px).hypot(right.y_px - left.y_px)
    }

    /// The middle between the eyes.
    pub fn eye_middle(&self) -> Point {
        let [left, right] = self.eyes;
        Point { x_px: (left.x_px + right.x_px) / 2.0, y_px: (left.y_px + right.y_px) / 2.0 }
    }

    /// Shared area over the area of both.
    fn overlap(&self, other: &Face) -> f32 {
        let along = |from: f32, length: f32, other_from: f32, other_length: f32| {
            ((from + length).min(other_from + other_length) - from.max(other_from)).max(0.0)
        };
        let shared = along(self.left_px, self.width_px, other.left_px, other.width_px)
            * along(self.top_px, self.height_px, other.top_px, other.height_px);
        shared / (self.width_px * self.height_px + other.width_px * other.height_px - shared)
    }
}

/// The loaded network. Loading takes some milliseconds: do it once.
pub struct FaceFinder {
    model: Model,
    // One thread: twelve milliseconds a picture are quick enough, and sums come out in one order.
    pool: Arc<ThreadPool>,
}

impl FaceFinder {
    /// Loads the bytes of `models/yunet_320.onnx`.
    ///
    /// # Errors
    /// [`ModelFault::Unknown`] for any other bytes, [`ModelFault::Load`] when rten cannot read them.
    pub fn from_model(bytes: &[u8]) -> Result<FaceFinder, ModelFault> {
        let found: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        if found != YUNET_SHA256 {
            return Err(ModelFault::Unknown { found, wanted: YUNET_SHA256 });
        }
        let model = ModelOptions::with_all_ops()
            .load(bytes.to_vec())
            .map_err(|source| ModelFault::Load { source: Box::new(source) })?;
        Ok(FaceFinder { model, pool: Arc::new(ThreadPool::with_num_threads(1)) })
    }

    /// Every face of an upright picture, the most certain first.
    ///
    /// # Errors
    /// [`ModelFault::Run`] when the network did not answer, or not in its form.
    pub fn find(&self, picture: &DynamicImage) -> Result<Vec<Face>, ModelFault> {
        // A box filter is many times quicker than Lanczos on a camera's picture, and the network does not mind.
        let small = if picture.width().max(picture.height()) > 2 * SIDE {
            picture.thumbnail(SIDE, SIDE)
        } else {
            picture.resize(SIDE, SIDE, FilterType::Triangle)
        }
        .to_rgb8();
        let scale = [small.width() as f32 / picture.width() as f32, small.height() as f32 / picture.height() as f32];
        let plane = (SIDE * SIDE) as usize;
        // Blue, green, red, 0 to 255, one plane after the other; what the picture does not fill stays black.
        let mut input = vec![0_f32; 3 * plane];
        for (x, y, pixel) in small.enumerate_pixels() {
            let at = (y * SIDE + x) as usize;
            for (channel, value) in pixel.0.iter().rev().enumerate() {
                input[channel * plane + at] = f32::from(*value);
            }
        }
        let mut found = faces(&self.answers(input)?, scale);
        found.sort_by(|one, other| other.score.partial_cmp(&one.score).unwrap_or(Ordering::Equal));
        let mut kept: Vec<Face> = Vec::new();
        for face in found {
            if kept.iter().all(|better| better.overlap(&face) <= SAME_FACE) {
                kept.push(face);
            }
        }
        Ok(kept)
    }

    /// The twelve answers: class, object, box and points, each for the three sizes of cell.
    fn answers(&self, input: Vec<f32>) -> Result<Vec<Vec<f32>>, ModelFault> {
        let tensor = Tensor::from_data(&[1, 3, SIDE as usize, SIDE as usize], input);
        let first = *self.model.input_ids().first().ok_or(ModelFault::Form)?;
        let options = RunOptions::default().with_thread_pool(Some(self.pool.clone()));
        let answers = self
            .model
            .run(vec![(first, tensor.view().into())], self.model.output_ids(), Some(options))
            .map_err(|source| ModelFault::Run { source: Box::new(source) })?;
        let answers = answers
            .into_iter()
            .map(|answer| {
                let tensor: Tensor<f32> = answer.try_into().map_err(|_| ModelFault::Form)?;
                Ok(tensor.to_vec())
            })
            .collect::<Result<Vec<_>, ModelFault>>()?;
        let cells = |stride: u32| ((SIDE / stride) * (SIDE / stride)) as usize;
        let lengths = [1, 1, 4, 10].into_iter().flat_map(|numbers| STRIDES.map(|stride| cells(stride) * numbers));
        if !answers.iter().map(Vec::len).eq(lengths) {
            return Err(ModelFault::Form);
        }
        Ok(answers)
    }
}

/// Reads the answers cell by cell; `scale` is pixels of the square to one of the picture, across and down.
fn faces(answers: &[Vec<f32>], scale: [f32; 2]) -> Vec<Face> {
    let mut found = Vec::new();
    for (size, stride) in STRIDES.into_iter().enumerate() {
        let across = (SIDE / stride) as usize;
        let stride = stride as f32;
        let (class, object) = (&answers[size], &answers[3 + size]);
        let (boxes, points) = (&answers[6 + size], &answers[9 + size]);
        for cell in 0..across * across {
            let score = (class[cell].clamp(0.0, 1.0) * object[cell].clamp(0.0, 1.0)).sqrt();
            if score < LEAST_SCORE {
                continue;
            }
            let corner = ((cell % across) as f32, (cell / across) as f32);
            let place = |x: f32, y: f32| Point {
                x_px: (corner.0 + x) * stride / scale[0],
                y_px: (corner.1 + y) * stride / scale[1],
            };
            let own = &boxes[cell * 4..cell * 4 + 4];
            let middle = place(own[0], own[1]);
            let (width_px, height_px) = (own[2].exp() * stride / scale[0], own[3].exp() * stride / scale[1]);
            let own = &points[cell * 10..cell * 10 + 10];
            let point = |number: usize| place(own[2 * number], own[2 * number + 1]);
            found.push(Face {
                score,
                left_px: middle.x_px - width_px / 2.0,
                top_px: middle.y_px - height_px / 2.0,
                width_px,
                height_px,
                eyes: from_the_left(point(0), point(1)),
                nose: point(2),
                mouth: from_the_left(point(3), point(4)),
            });
        }
    }
    found
}

fn from_the_left(one: Point, other: Point) -> [Point; 2] {
    if one.x_px <= other.x_px { [one, other] } else { [other, one] }
}
