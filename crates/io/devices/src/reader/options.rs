//! What a caller says about a read before it begins, and the way to call it off.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use idcard::conversation::Wanted;

/// How to read.
#[derive(Debug, Clone)]
pub struct ReadOptions {
    /// How long to wait for a card. A read that has begun is finished.
    pub timeout: Duration,
    pub cancel: Cancel,
    pub wanted: Wanted,
}

impl Default for ReadOptions {
    /// Thirty seconds, text and photo only.
    fn default() -> Self {
        Self { timeout: Duration::from_secs(30), cancel: Cancel::default(), wanted: Wanted::default() }
    }
}

/// Calls a read off from another thread. Clones share one switch, which cannot be turned back.
#[derive(Debug, Clone, Default)]
pub struct Cancel {
    switch: Arc<AtomicBool>,
}

impl Cancel {
    pub fn new() -> Self {
        Self::default()
    }

    /// The read ends within 100 ms.
    pub fn cancel(&self) {
        self.switch.store(true, Ordering::Relaxed);
    }

    pub fn is_cancelled(&self) -> bool {
        self.switch.load(Ordering::Relaxed)
    }
}
