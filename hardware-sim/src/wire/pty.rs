//! A pseudo-terminal with a stable symlink. The terminal side stays open, so that a driver may come and go.

use std::os::fd::OwnedFd;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{Mode, OFlags};
use rustix::pty::OpenptFlags;
use rustix::termios::{OptionalActions, ioctl_tiocnxcl, tcgetattr, tcsetattr};

/// How soon the listening thread notices that the cable was pulled.
const GLANCE: Timespec = Timespec { tv_sec: 0, tv_nsec: 20_000_000 };

/// Both ends of an open pseudo-terminal.
#[derive(Debug)]
pub struct Pty {
    controller: OwnedFd,
    terminal: OwnedFd,
    link: PathBuf,
    closed: AtomicBool,
}

impl Pty {
    /// Opens a pseudo-terminal in raw mode and points `link` at it, replacing whatever symlink stood there.
    pub fn open(link: &Path) -> std::io::Result<Arc<Pty>> {
        let controller = rustix::pty::openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC)?;
        rustix::pty::grantpt(&controller)?;
        rustix::pty::unlockpt(&controller)?;
        let name = rustix::pty::ptsname(&controller, Vec::new())?;
        let path = Path::new(std::ffi::OsStr::from_bytes(name.as_bytes()));
        let terminal = rustix::fs::open(path, OFlags::RDWR | OFlags::NOCTTY | OFlags::CLOEXEC, Mode::empty())?;
        let mut settings = tcgetattr(&terminal)?;
        settings.make_raw();
        settings.set_speed(115_200)?;
        tcsetattr(&terminal, OptionalActions::Now, &settings)?;
        rustix::io::ioctl_fionbio(&controller, true)?;
        point(link, path)?;
        Ok(Arc::new(Pty { controller, terminal, link: link.to_owned(), closed: AtomicBool::new(false) }))
    }

    /// Hands what the host writes, with the speed the host has set in bit/s, to `hear`; returns when the cable is pulled.
    pub fn listen(&self, mut hear: impl FnMut(&[u8], u32)) {
        let mut buffer = [0; 4096];
        while !self.closed.load(Ordering::Acquire) {
            let mut waiting = [PollFd::new(&self.controller, PollFlags::IN)];
            match poll(&mut waiting, Some(&GLANCE)) {
                // A killed driver leaves its exclusive mark on the terminal, which would lock everybody else out.
                Ok(0) => ioctl_tiocnxcl(&self.terminal).unwrap_or_default(),
                Ok(_) | Err(rustix::io::Errno::INTR) => {}
                Err(_) => return,
            }
            match rustix::io::read(&self.controller, &mut buffer) {
                Ok(count) => {
                    let speed = tcgetattr(&self.terminal).map_or(115_200, |settings| settings.output_speed());
                    hear(&buffer[..count], speed);
                }
                Err(rustix::io::Errno::AGAIN | rustix::io::Errno::INTR) => {}
                Err(_) => return,
            }
        }
    }

    /// Writes towards the host; what does not fit into the terminal's buffer is lost, as on a line nobody reads.
    pub fn write(&self, mut bytes: &[u8]) {
        while !bytes.is_empty() {
            match rustix::io::write(&self.controller, bytes) {
                Ok(count) => bytes = &bytes[count..],
                Err(rustix::io::Errno::INTR) => {}
                Err(_) => return,
            }
        }
    }

    /// Pulls the cable: the symlink goes, and the terminal hangs up as soon as the last holder lets go.
    pub fn close(&self) {
        self.closed.store(true, Ordering::Release);
        // Somebody may have removed it already.
        drop(std::fs::remove_file(&self.link));
    }
}

/// Points `link` at `target` in one step, so that nobody ever meets half a symlink.
fn point(link: &Path, target: &Path) -> std::io::Result<()> {
    let mut beside = link.as_os_str().to_owned();
    beside.push(".new");
    if let Some(folder) = link.parent() {
        std::fs::create_dir_all(folder)?;
    }
    drop(std::fs::remove_file(&beside));
    std::os::unix::fs::symlink(target, &beside)?;
    std::fs::rename(&beside, link)
}
