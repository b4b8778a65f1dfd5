//! A pseudo-terminal with the tests' module behind it, which can be unplugged.

use std::{
    fs::File,
    io::{Read, Write},
    os::fd::AsFd,
    path::PathBuf,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, JoinHandle},
    time::Duration,
};

use nix::{
    poll::{PollFd, PollFlags, PollTimeout, poll},
    pty::openpty,
    unistd::ttyname,
};

use crate::module::Module;

pub struct Pty {
    pub path: PathBuf,
    pub module: Arc<Mutex<Module>>,
    unplugged: Arc<AtomicBool>,
    serving: Option<JoinHandle<()>>,
}

/// How the module's side of the terminal behaves.
#[derive(Clone, Copy)]
pub struct Manner {
    /// Bytes written at a time, with a pause after each.
    pub piece: usize,
    pub pause: Duration,
    pub mute: bool,
    /// So many requests come at a speed that the module does not understand. A terminal has no speed of its own.
    pub at_wrong_speed: usize,
}

impl Default for Manner {
    fn default() -> Self {
        Self { piece: 4096, pause: Duration::ZERO, mute: false, at_wrong_speed: 0 }
    }
}

impl Pty {
    pub fn plug(module: Module, manner: Manner) -> Self {
        let pty = openpty(None, None).unwrap();
        let path = ttyname(&pty.slave).unwrap();
        let module = Arc::new(Mutex::new(module));
        let unplugged = Arc::new(AtomicBool::new(false));
        let (ours, stop) = (Arc::clone(&module), Arc::clone(&unplugged));
        let serving = thread::spawn(move || {
            // Our own hold on the slave keeps the terminal alive until the driver has opened it.
            let _slave = pty.slave;
            let mut master = File::from(pty.master);
            let mut buffer = [0; 512];
            let mut not_understood = manner.at_wrong_speed;
            while !stop.load(Ordering::Relaxed) {
                let mut ready = [PollFd::new(master.as_fd(), PollFlags::POLLIN)];
                if poll(&mut ready, PollTimeout::from(20u8)).unwrap() == 0 {
                    continue;
                }
                let count = master.read(&mut buffer).unwrap();
                let understood = not_understood == 0;
                not_understood = not_understood.saturating_sub(1);
                if manner.mute || !understood {
                    continue;
                }
                let answer = ours.lock().unwrap().hear(&buffer[..count]);
                for piece in answer.chunks(manner.piece) {
                    master.write_all(piece).unwrap();
                    thread::sleep(manner.pause);
                }
            }
        });
        Self { path, module, unplugged, serving: Some(serving) }
    }

    pub fn name(&self) -> String {
        self.path.to_str().unwrap().to_owned()
    }

    /// Closes the far end, which hangs the terminal up.
    pub fn unplug(&mut self) {
        self.unplugged.store(true, Ordering::Relaxed);
        if let Some(serving) = self.serving.take() {
            serving.join().unwrap();
        }
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        self.unplugged.store(true, Ordering::Relaxed);
    }
}
