//! The chip's portrait is in a closed format. A program named in the station's settings may decode it, in a process of
//! its own, with limits on time, memory and output; none is shipped.
//!
//! The program gets the 1,024 bytes on its standard input and writes a Windows bitmap of 102 x 126 pixels, 24 bits, to its
//! standard output. Unix only.

use std::{
    io::{self, Read, Write},
    os::{fd::OwnedFd, unix::net::UnixStream},
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use idcard::wlt::{ChipPhoto, HEIGHT, NotAPhoto, WIDTH};

/// Bytes of a bitmap of 102 x 126 pixels: header 54, rows padded to 308.
const BITMAP: usize = 54 + ROW * HEIGHT as usize;
const ROW: usize = 308;

/// A decoding program and its limits.
#[derive(Debug, Clone)]
pub struct PhotoDecoder {
    pub program: PathBuf,
    pub arguments: Vec<String>,
    /// The program is killed after this.
    pub time: Duration,
    /// Address space, in KiB.
    pub memory_kib: u32,
}

/// A portrait in plain pixels. Its `Debug` hides it.
#[derive(Clone, PartialEq, Eq)]
pub struct DecodedPhoto {
    /// 102 x 126 pixels, three bytes each, red first, from the top left.
    pub rgb: Vec<u8>,
}

impl std::fmt::Debug for DecodedPhoto {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "DecodedPhoto({} bytes)", self.rgb.len())
    }
}

/// Why there is no picture. To a person all of these read 芯片照片不可显示.
#[derive(Debug, thiserror::Error)]
pub enum DecoderFault {
    #[error("the card's photo block is not a portrait")]
    Block { source: NotAPhoto },
    #[error("the decoder could not be started")]
    Starting { source: io::Error },
    #[error("the decoder could not be heard")]
    Hearing { source: io::Error },
    #[error("the decoder took longer than {limit:?}")]
    TooSlow { limit: Duration },
    #[error("the decoder ended with {status}")]
    Failed { status: std::process::ExitStatus },
    #[error("the decoder's output is not a bitmap of 102 x 126 pixels")]
    Output,
}

impl PhotoDecoder {
    /// Two seconds and 256 MiB.
    pub fn new(program: impl Into<PathBuf>) -> Self {
        Self { program: program.into(), arguments: Vec::new(), time: Duration::from_secs(2), memory_kib: 256 * 1024 }
    }

    /// Decodes one portrait. Returns within the time limit, whatever the program does.
    pub fn decode(&self, photo: &ChipPhoto) -> Result<DecodedPhoto, DecoderFault> {
        photo.check().map_err(|source| DecoderFault::Block { source })?;
        let until = Instant::now() + self.time;
        let starting = |source| DecoderFault::Starting { source };
        let (mut ours, theirs) = UnixStream::pair().map_err(starting)?;
        let child = self.spawn(OwnedFd::from(theirs)).map_err(starting)?;
        let mut child = Reaped(child);
        if let Some(mut stdin) = child.0.stdin.take() {
            // 1,024 bytes fit into any pipe; a program that does not read them says so by what it answers.
            if let Err(error) = stdin.write_all(photo.raw()) {
                tracing::debug!(%error, "decoder did not take the photo");
            }
        }
        let output = self.listen(&mut ours, until)?;
        let status = self.wait(&mut child.0, until)?;
        if !status.success() {
            return Err(DecoderFault::Failed { status });
        }
        pixels(&output).map(|rgb| DecodedPhoto { rgb }).ok_or(DecoderFault::Output)
    }

    /// The shell sets the limits and then becomes the program, so that no code of ours runs between fork and exec.
    fn spawn(&self, stdout: OwnedFd) -> io::Result<Child> {
        let seconds = self.time.as_secs() + 1;
        let limits = format!("ulimit -v {} && ulimit -t {seconds} && exec \"$0\" \"$@\"", self.memory_kib);
        Command::new("/bin/sh")
            .arg("-c")
            .arg(limits)
            .arg(&self.program)
            .args(&self.arguments)
            .env_clear()
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::from(stdout))
            .stderr(Stdio::null())
            .spawn()
    }

    /// Reads to the end of output, one byte more than a bitmap at most.
    fn listen(&self, ours: &mut UnixStream, until: Instant) -> Result<Vec<u8>, DecoderFault> {
        let mut output = Vec::new();
        let mut buffer = [0; 8192];
        while output.len() <= BITMAP {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Err(DecoderFault::TooSlow { limit: self.time });
            }
            ours.set_read_timeout(Some(left)).map_err(|source| DecoderFault::Hearing { source })?;
            match ours.read(&mut buffer) {
                Ok(0) => return Ok(output),
                Ok(count) => output.extend(&buffer[..count]),
                Err(error) if matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::Interrupted) => {}
                Err(source) => return Err(DecoderFault::Hearing { source }),
            }
        }
        Err(DecoderFault::Output)
    }

    fn wait(&self, child: &mut Child, until: Instant) -> Result<std::process::ExitStatus, DecoderFault> {
        loop {
            match child.try_wait() {
                Ok(Some(status)) => return Ok(status),
                Ok(None) if Instant::now() >= until => return Err(DecoderFault::TooSlow { limit: self.time }),
                Ok(None) => std::thread::sleep(Duration::from_millis(5)),
                Err(source) => return Err(DecoderFault::Hearing { source }),
            }
        }
    }
}

/// Kills and collects the process however the call ends.
struct Reaped(Child);

impl Drop for Reaped {
    fn drop(&mut self) {
        if matches!(self.0.try_wait(), Ok(Some(_))) {
            return;
        }
        if let Err(error) = self.0.kill().and_then(|()| self.0.wait().map(drop)) {
            tracing::warn!(%error, "decoder could not be ended");
        }
    }
}

/// Takes a bottom-up or top-down bitmap apart, believing nothing that is not exactly as it must be.
fn pixels(bitmap: &[u8]) -> Option<Vec<u8>> {
    let word = |at: usize| bitmap.get(at..at + 4).and_then(|four| four.try_into().ok()).map(i32::from_le_bytes);
    let half = |at: usize| bitmap.get(at..at + 2).and_then(|two| two.try_into().ok()).map(u16::from_le_bytes);
    let sound = bitmap.len() == BITMAP
        && bitmap.starts_with(b"BM")
        && word(10)? == 54
        && word(18)? == i32::from(WIDTH)
        && word(22)?.unsigned_abs() == u32::from(HEIGHT)
        && half(28)? == 24
        && word(30)? == 0;
    if !sound {
        return None;
    }
    let bottom_up = word(22)? > 0;
    let rows = bitmap[54..].chunks_exact(ROW);
    let take = |row: &[u8]| {
        row[..3 * usize::from(WIDTH)].as_chunks::<3>().0.iter().flat_map(|[b, g, r]| [*r, *g, *b]).collect::<Vec<_>>()
    };
    Some(if bottom_up { rows.rev().flat_map(take).collect() } else { rows.flat_map(take).collect() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn portrait() -> ChipPhoto {
        let mut raw = vec![0x57, 0x4C, 0x66, 0, 0x7E, 0, 0x32, 0, 0];
        raw.resize(1024, 0);
        ChipPhoto::new(raw)
    }

    fn script(text: &str) -> PhotoDecoder {
        let mut decoder = PhotoDecoder::new("/bin/sh");
        decoder.arguments = vec!["-c".to_owned(), text.to_owned()];
        decoder
    }

    /// A bitmap whose first stored pixel, the bottom left one, is pure blue.
    fn bitmap() -> Vec<u8> {
        let mut bytes = b"BM".to_vec();
        bytes.extend((BITMAP as u32).to_le_bytes());
        bytes.extend([0; 4]);
        bytes.extend(54u32.to_le_bytes());
        bytes.extend(40u32.to_le_bytes());
        bytes.extend(102i32.to_le_bytes());
        bytes.extend(126i32.to_le_bytes());
        bytes.extend([1, 0, 24, 0]);
        bytes.resize(54, 0);
        bytes.extend([0xFF, 0, 0]);
        bytes.resize(BITMAP, 0);
        bytes
    }

    #[test]
    fn a_bitmap_from_the_program_becomes_pixels_from_the_top() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("photo.bmp");
        std::fs::write(&file, bitmap()).unwrap();
        let decoded =
            script(&format!("/bin/cat > /dev/null; /bin/cat {}", file.display())).decode(&portrait()).unwrap();
        assert_eq!(decoded.rgb.len(), 102 * 126 * 3);
        assert_eq!(decoded.rgb[102 * 125 * 3..][..3], [0, 0, 0xFF]);
        assert_eq!(decoded.rgb[..3], [0, 0, 0]);
    }

    #[test]
    fn the_program_gets_the_block_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("block");
        let fault = script(&format!("/bin/cat > {}", file.display())).decode(&portrait()).unwrap_err();
        assert!(matches!(fault, DecoderFault::Output));
        assert_eq!(std::fs::read(file).unwrap(), portrait().raw());
    }

    #[test]
    fn a_program_that_misbehaves_is_ended_and_named() {
        let mut slow = script("/bin/sleep 60");
        slow.time = Duration::from_millis(200);
        assert!(matches!(slow.decode(&portrait()), Err(DecoderFault::TooSlow { .. })));
        assert!(matches!(script("/bin/cat /dev/zero").decode(&portrait()), Err(DecoderFault::Output)));
        assert!(matches!(script("exit 3").decode(&portrait()), Err(DecoderFault::Failed { .. })));
        assert!(matches!(script("echo BM").decode(&portrait()), Err(DecoderFault::Output)));
        assert!(matches!(PhotoDecoder::new("/no/such/program").decode(&portrait()), Err(DecoderFault::Failed { .. })));
    }

    #[test]
    fn memory_is_limited() {
        let mut decoder = script("ulimit -v");
        decoder.memory_kib = 65_536;
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("limit");
        decoder.arguments[1] = format!("ulimit -v > {}", file.display());
        drop(decoder.decode(&portrait()));
        assert_eq!(std::fs::read_to_string(file).unwrap().trim(), "65536");
    }

    #[test]
    fn a_block_that_is_no_portrait_never_reaches_the_program() {
        let fault = script("exit 0").decode(&ChipPhoto::new(vec![0; 1024])).unwrap_err();
        assert!(matches!(fault, DecoderFault::Block { .. }));
    }
}
