//! Back-pressure at the desk: how much waits, how much room the disk has, and what is told and stopped because of it.

use casework::outbox::limits::{Pressure, Why, pressure};
use jiff::{SignedDuration, Timestamp};

use crate::contract::{Act, BacklogView, LightState};
use crate::desk::{Desk, Effect, Now};
use crate::fault::Trouble;

/// The disk is looked at this often.
const PAUSE: SignedDuration = SignedDuration::from_secs(10);

/// What to do when nothing new is taken in, whoever reads it.
const FINISH: &str = "已经开办的事可以接着办完。";

/// What is known of the ledger's disk.
#[derive(Debug, Default)]
pub struct Disk {
    /// Free bytes, as last told; `None` before anybody has looked.
    free: Option<u64>,
    asked_at: Option<Timestamp>,
}

impl Disk {
    /// Whether it should be looked at now. A clock that was set back starts the wait anew.
    fn is_due(&mut self, now: Timestamp) -> bool {
        let due = self.asked_at.is_none_or(|asked| now < asked || now.duration_since(asked) >= PAUSE);
        if due {
            self.asked_at = Some(now);
        }
        due
    }
}

impl Desk {
    /// Asks for a look at the disk when it is time.
    pub(crate) fn look_at_disk(&mut self, now: Now) -> Option<Effect> {
        self.disk.is_due(now.at).then(|| Effect::LookAtDisk { folder: self.station.ledger_folder() })
    }

    /// A look has told how much is free. The view changes when what is told or stopped does.
    pub(crate) fn disk_was_seen(&mut self, free: Option<u64>, now: Now) {
        let before = self.backlog_view(now).map(|told| told.stopped);
        self.disk.free = free;
        if self.backlog_view(now).map(|told| told.stopped) != before {
            self.changed();
        }
    }

    /// Refuses a new case while too much waits or the disk is too full. Open cases go on.
    pub(crate) fn room_for_a_case(&self, now: Now) -> Result<(), Trouble> {
        match self.pressure(now)? {
            Pressure::Easy | Pressure::Warn(_) => Ok(()),
            Pressure::Stop(whys) => {
                Err(whys.iter().fold(Trouble::of(code(&whys)), |told, why| told.because(words(*why))))
            }
        }
    }

    /// What is told in the lobby; `None` while all is well. A ledger that cannot be asked is told of elsewhere.
    pub(crate) fn backlog_view(&self, now: Now) -> Option<BacklogView> {
        let (stopped, whys) = match self.pressure(now).ok()? {
            Pressure::Easy => return None,
            Pressure::Warn(whys) => (false, whys),
            Pressure::Stop(whys) => (true, whys),
        };
        let what = whys.iter().map(|why| words(*why)).collect::<Vec<_>>().join("；");
        let network = whys.iter().any(|why| matches!(why, Why::Pending { .. } | Why::Oldest { .. }));
        let technician = &self.contacts.technician;
        let help = match (stopped, network) {
            (false, _) => format!("不影响办理。请联系 {technician} 恢复网络，或在发件箱把待发的导出到 U 盘送县里。"),
            (true, true) => {
                format!("暂时不能开办新的。{FINISH}请联系 {technician} 恢复网络，或在发件箱导出到 U 盘送县里。")
            }
            (true, false) => format!("暂时不能开办新的。{FINISH}请联系 {technician} 清出磁盘空间。"),
        };
        Some(BacklogView { stopped, what, do_now: help })
    }

    /// Neither the lobby nor a batch offers a new case while none would be opened.
    pub(crate) fn hold_back(&self, acts: Vec<Act>, now: Now) -> Vec<Act> {
        if !self.backlog_view(now).is_some_and(|told| told.stopped) {
            return acts;
        }
        acts.into_iter()
            .map(|act| match matches!(act.ask.as_str(), "open_case" | "next_of_batch") && act.allowed {
                true => Act { allowed: false, why_not: Some("原因和办法请看最上面。".to_owned()), ..act },
                false => act,
            })
            .collect()
    }

    /// The platform's lamp asks for a hand as long as something is told.
    pub(crate) fn lights(&self, now: Now) -> Vec<crate::contract::Light> {
        let mut lights = self.lamps.lights(&self.ledger.outbox_counts().unwrap_or_default(), self.reach.trouble());
        if self.backlog_view(now).is_some() {
            for light in lights.iter_mut().filter(|light| light.device == "platform") {
                light.state = LightState::NeedsHand;
            }
        }
        lights
    }

    fn pressure(&self, now: Now) -> Result<Pressure, Trouble> {
        let mut backlog = self.ledger.backlog()?;
        backlog.free = self.disk.free;
        Ok(pressure(&self.station.outbox.limits(), &backlog, now.at))
    }
}

/// A full disk is the more urgent of the two.
fn code(whys: &[Why]) -> &'static str {
    match whys.iter().any(|why| matches!(why, Why::Disk { .. })) {
        true => "ledger.low_disk",
        false => "platform.backlog",
    }
}

fn words(why: Why) -> String {
    match why {
        Why::Pending { pending, limit } => format!("待发的消息有 {pending} 条，达到了 {limit} 条"),
        Why::Oldest { days, limit } => format!("最早的一条已经等了 {days} 天，达到了 {limit} 天"),
        Why::Disk { free, least } => {
            format!("存台账的磁盘只剩 {} MB，少于 {} MB", free >> 20, least >> 20)
        }
    }
}
