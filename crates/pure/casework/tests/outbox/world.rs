//! A counter with a few messages, three platforms, and everything that can come between them.

mod far_side;

use std::collections::BTreeMap;

use casework::nouns::PlatformId;
use casework::outbox::{Answer, Entry, Next, Queued, Reach, State};
use jiff::{SignedDuration, Timestamp};

use crate::planner::Planner;
use crate::seen::Seen;
use crate::weather::{Dice, Fate, Lost, fair, foul};

/// Everything has arrived so soon after the weather has cleared, ms: twice the longest that a platform here asks for.
const PATIENCE: i64 = 3 * 3_600_000;
const CITY: usize = 0;
const AGEING: usize = 1;
const RATING: usize = 2;

/// What is true of a message besides what the counter knows.
struct Nature {
    /// Its platform refuses it, always.
    refused: bool,
    /// Its platform breaks over it, always.
    stumbles: bool,
    platform: usize,
    keyed: bool,
    /// Its system was closed once, and the later ones of its case went on without it.
    was_closed: bool,
    unreadable: u32,
    receipt: Option<String>,
    /// Sendings that are still on their way.
    in_transit: u32,
}

/// What a platform has really done.
#[derive(Default)]
struct Platform {
    receipts: BTreeMap<i64, String>,
    closed: bool,
    /// As an onlooker sees it: the last that was heard is that nobody is there.
    down: bool,
    /// When it may be spoken to again, after it has asked to be left alone.
    asked_until: i64,
}

enum Event {
    Arrives { at: usize, key: i64, fate: Fate, sent: i64, run: u32 },
    Answered { at: usize, answer: Answer, run: u32 },
    Crash,
    Jump(i64),
    Clears,
}

pub struct World {
    dice: Dice,
    planner: Planner,
    /// True time, ms.
    now: i64,
    /// What the clock on the wall is wrong by, ms.
    skew: i64,
    /// Counts the starts of the program.
    run: u32,
    reach: Reach,
    queue: Vec<Queued>,
    natures: Vec<Nature>,
    platforms: [Platform; 3],
    /// Ids of messages, in the order in which they had their effect.
    effects: Vec<i64>,
    events: Vec<(i64, Event)>,
    foul_left: u64,
    /// Most of what the platforms say is garbled.
    mumbles: bool,
    reopens: bool,
    clear_since: Option<i64>,
    pub seen: Seen,
}

impl World {
    pub fn new(seed: u64, planner: Planner) -> World {
        let mut dice = Dice::of(seed);
        let names: [PlatformId; 3] = ["city", "ageing", "rating"].map(|name| name.parse().unwrap());
        let (cases, keyless, closed) = (1 + dice.below(3), dice.one_in(3), dice.one_in(4));
        let (mut queue, mut natures) = (Vec::new(), Vec::new());
        for case in 1..=cases {
            let case: casework::nouns::CaseId = format!("HS-20211108-{case:04}").parse().unwrap();
            for nth in 0..1 + dice.below(3) {
                let platform = if nth == 0 { CITY } else { [AGEING, RATING][usize::try_from(nth - 1).unwrap()] };
                queue.push(Queued {
                    id: i64::try_from(queue.len()).unwrap() + 1,
                    case: case.clone(),
                    // The first two are of one fact.
                    seq_in_case: if nth == 2 { 9 } else { 4 },
                    place: if nth == 1 { 2 } else { 1 },
                    platform: names[platform].clone(),
                    state: State::Due,
                    attempt: 0,
                    since: wall(0),
                    due_at: wall(0),
                    cause: None,
                });
                natures.push(Nature {
                    refused: dice.one_in(12),
                    stumbles: dice.one_in(16),
                    platform,
                    keyed: !(keyless && platform == RATING),
                    was_closed: false,
                    unreadable: 0,
                    receipt: None,
                    in_transit: 0,
                });
            }
        }
        let mut platforms: [Platform; 3] = Default::default();
        platforms[AGEING].closed = closed;
        let mut events = vec![(dice.from(0, 60_000), Event::Clears)];
        if dice.one_in(3) {
            events.push((dice.from(0, 30_000), Event::Crash));
        }
        if dice.one_in(4) {
            let days = dice.from(-400, 400) * 86_400_000 / 40;
            events.push((dice.from(0, 30_000), Event::Jump(days)));
        }
        World {
            foul_left: dice.below(14),
            mumbles: dice.one_in(8),
            reopens: dice.one_in(2),
            dice,
            planner,
            now: 0,
            skew: 0,
            run: 0,
            reach: Reach::default(),
            queue,
            natures,
            platforms,
            effects: Vec::new(),
            events,
            clear_since: None,
            seen: Seen::default(),
        }
    }

    /// Lets the schedule run to its end.
    ///
    /// # Errors
    /// What went wrong, in words.
    pub fn run(&mut self) -> Result<(), String> {
        loop {
            self.a_person_looks();
            self.send()?;
            let clock = wall(self.now + self.skew);
            // What may go and does not waits for an answer, not for a moment.
            let waking = self.reach.wakes_at(&self.queue, clock).filter(|at| *at > clock);
            // The next whole millisecond: a pause may end between two.
            let waking = waking.map(|at| at.as_millisecond() - wall(self.skew).as_millisecond() + 1);
            let next = self.events.iter().map(|(at, _)| *at).chain(waking).min();
            let late = self.clear_since.is_some_and(|since| self.now > since + PATIENCE);
            if self.clear_since.is_some() && self.all_arrived() {
                return Ok(());
            }
            let Some(next) = next.filter(|_| !late) else { return Err(self.what_never_arrived()) };
            self.now = self.now.max(next);
            while let Some(place) = self.events.iter().position(|(at, _)| *at <= self.now) {
                let (_, event) = self.events.swap_remove(place);
                self.happens(event)?;
            }
        }
    }

    fn send(&mut self) -> Result<(), String> {
        let now = wall(self.now + self.skew);
        for id in self.planner.go_out(&mut self.reach, &self.queue, now) {
            let at = usize::try_from(id).unwrap() - 1;
            let nature = &self.natures[at];
            let under_way = |one: &&Queued| one.state == State::InFlight && one.platform == self.queue[at].platform;
            let busy = self.queue.iter().filter(under_way).count();
            let platform = &self.platforms[nature.platform];
            if platform.down && busy > 0 {
                return Err(format!("message {id} was sent beside {busy} others although nobody was there"));
            }
            if self.now < platform.asked_until {
                return Err(format!("message {id} was sent to a platform that had asked to be left alone"));
            }
            if platform.down {
                self.seen.note("a probe");
            }
            if busy == 2 {
                self.seen.note("three at once");
            }
            let one = &mut self.queue[at];
            let was_lost = one.cause == Some(casework::outbox::Cause::TimedOut);
            (one.state, one.since, one.attempt) = (State::InFlight, now, one.attempt + 1);
            if self.planner != Planner::KeepsTheOldMoment {
                one.due_at = now;
            }
            let key = self.planner.key(id, one.attempt, was_lost);
            let fate = if self.foul_left > 0 { foul(&mut self.dice, self.mumbles) } else { fair(&mut self.dice) };
            self.foul_left = self.foul_left.saturating_sub(1);
            self.leaves(at, key, fate);
        }
        Ok(())
    }

    fn leaves(&mut self, at: usize, key: i64, fate: Fate) {
        let (sent, run) = (self.now, self.run);
        if let Some(after) = fate.arrives {
            self.natures[at].in_transit += 1;
            self.events.push((sent + after, Event::Arrives { at, key, fate, sent, run }));
        }
        if let Some(lost) = fate.lost {
            self.seen.note("a lost answer");
            let answer = match lost {
                Lost::Unsent => Answer::NetworkDown,
                Lost::TimedOut => Answer::TimedOut,
            };
            self.events.push((sent + fate.answered, Event::Answered { at, answer, run }));
        }
    }

    fn happens(&mut self, event: Event) -> Result<(), String> {
        match event {
            Event::Arrives { at, key, fate, sent, run } => {
                self.natures[at].in_transit -= 1;
                if self.now > sent + crate::weather::TIME_OUT {
                    self.seen.note("a late arrival");
                }
                let answer = self.arrives(at, key, fate.there)?;
                if fate.lost.is_none() {
                    let answered = (sent + fate.answered).max(self.now);
                    // Where keys are not honoured an answer that comes twice could be taken for that to the next sending. It
                    // does not come twice: whoever sends takes one answer for each sending.
                    if let Some(more) = fate.again.filter(|_| self.natures[at].keyed) {
                        self.seen.note("a doubled answer");
                        self.events.push((answered + more, Event::Answered { at, answer: answer.clone(), run }));
                    }
                    self.events.push((answered, Event::Answered { at, answer, run }));
                }
                Ok(())
            }
            // A program that has died hears nothing.
            Event::Answered { run, .. } if run != self.run => Ok(()),
            Event::Answered { at, answer, .. } => self.answered(at, &answer),
            Event::Crash => {
                self.crashes();
                Ok(())
            }
            Event::Jump(by) => {
                self.seen.note(if by < 0 { "a clock set back" } else { "a clock put forward" });
                self.skew += by;
                self.platforms.iter_mut().for_each(|platform| platform.asked_until = 0);
                Ok(())
            }
            Event::Clears => {
                (self.foul_left, self.clear_since) = (0, Some(self.now));
                if self.reopens {
                    self.platforms[AGEING].closed = false;
                }
                Ok(())
            }
        }
    }

    fn answered(&mut self, at: usize, answer: &Answer) -> Result<(), String> {
        let (now, jitter) = (wall(self.now + self.skew), self.dice.share());
        let (one, nature) = (&mut self.queue[at], &mut self.natures[at]);
        let entry =
            Entry { state: one.state, attempt: one.attempt, unreadable: nature.unreadable, keyed: nature.keyed };
        let next = self.planner.plan(entry, answer, now, jitter);
        let platform = &mut self.platforms[nature.platform];
        match &next {
            Next::Done { receipt } => {
                if nature.receipt.as_ref() != Some(receipt) {
                    return Err(format!("message {} is called done without the platform's receipt", one.id));
                }
                (one.state, one.since, platform.down) = (State::Done, now, false);
            }
            Next::Later { at, unreadable, cause } => {
                (one.state, one.since, one.due_at, one.cause) = (State::Due, now, *at, Some(*cause));
                nature.unreadable = *unreadable;
                if cause.is_of_the_way() {
                    platform.down = true;
                    if let Some(wish) = answer.wish() {
                        self.seen.note("a wish to be left alone");
                        let until = self.now + i64::try_from(wish.as_millis()).unwrap();
                        platform.asked_until = platform.asked_until.max(until);
                    }
                }
            }
            Next::Rejected { code, .. } => {
                self.seen.note(if code == "unreadable" { "unreadable" } else { "refused" });
                (one.state, one.since, platform.down) = (State::Rejected, now, false);
            }
            Next::Closed { .. } => {
                self.seen.note("closed");
                nature.was_closed = true;
                (one.state, one.since, platform.down) = (State::Closed, now, false);
            }
            Next::Unknown => {
                self.seen.note("unknown");
                (one.state, one.since, platform.down) = (State::Unknown, now, true);
            }
            Next::Settled => self.seen.note("an answer that changes nothing"),
        }
        let id = one.id;
        let platform = one.platform.clone();
        self.reach.heard(id, &platform, &self.planner.heard(answer), &next, now, jitter);
        Ok(())
    }

    /// The program dies and starts again: what was under way is due again, and nothing is known of the platforms.
    fn crashes(&mut self) {
        self.seen.note("a crash");
        self.run += 1;
        self.reach = Reach::default();
        for platform in &mut self.platforms {
            (platform.down, platform.asked_until) = (false, 0);
        }
        if self.planner == Planner::ForgetsTheFallen {
            return;
        }
        for (one, nature) in self.queue.iter_mut().zip(&self.natures) {
            if one.state == State::InFlight {
                self.seen.note("a crash with a message in flight");
                one.state = if nature.keyed { State::Due } else { State::Unknown };
            }
        }
    }

    /// Somebody goes through the outbox when the weather has cleared: sends once more what nobody could read and what a
    /// closed system has refused that is open again, and asks a platform without keys what it has.
    fn a_person_looks(&mut self) {
        if self.clear_since.is_none() {
            return;
        }
        let now = wall(self.now + self.skew);
        for (one, nature) in self.queue.iter_mut().zip(&mut self.natures) {
            let again = match one.state {
                State::Rejected => !nature.refused,
                State::Closed => !self.platforms[AGEING].closed,
                State::Unknown if nature.in_transit > 0 => false,
                State::Unknown if nature.receipt.is_some() => {
                    one.state = State::Done;
                    false
                }
                State::Unknown => true,
                State::Due | State::InFlight | State::Done => false,
            };
            if again {
                self.seen.note("sent again by a person");
                (one.state, one.since, one.due_at, one.cause, nature.unreadable) = (State::Due, now, now, None, 0);
            }
        }
    }

    /// Whether a message has to arrive: neither it nor an earlier one of its case is refused or broken over, and its
    /// system is not closed.
    fn has_to_arrive(&self, at: usize) -> bool {
        let one = &self.queue[at];
        let shut_out = |place: usize| self.platforms[self.natures[place].platform].closed;
        let bars = |place: usize| {
            let other = &self.queue[place];
            let before = other.case == one.case && (other.seq_in_case, other.place) <= (one.seq_in_case, one.place);
            let nature = &self.natures[place];
            before && !shut_out(place) && (nature.refused || nature.stumbles)
        };
        !shut_out(at) && !(0..self.queue.len()).any(bars)
    }

    fn all_arrived(&self) -> bool {
        (0..self.queue.len()).all(|at| self.queue[at].state == State::Done || !self.has_to_arrive(at))
            && self.queue.iter().all(|one| one.state != State::InFlight)
    }

    fn what_never_arrived(&self) -> String {
        let missing = |at: &usize| self.queue[*at].state != State::Done && self.has_to_arrive(*at);
        let missing: Vec<_> =
            (0..self.queue.len()).filter(missing).map(|at| (self.queue[at].id, self.queue[at].state)).collect();
        format!("never arrived: {missing:?}")
    }
}

fn wall(millis: i64) -> Timestamp {
    const NINE_O_CLOCK: i64 = 1_636_333_200_000;
    Timestamp::from_millisecond(NINE_O_CLOCK).unwrap() + SignedDuration::from_millis(millis)
}
