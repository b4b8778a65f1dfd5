use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{
    CardRole, ChipField, CollectorForm, EntryChoice, HukouSide, Kind, Mode, Proof, Secret, StationRole, Taker,
    TypedIdentity,
};

/// Everything a person at the counter can ask for. One request is one legal act, or one look. Its `Debug`, beside
/// the table of permits, names the request and hides its entries, which are personal.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "ask", rename_all = "snake_case")]
pub enum Request {
    /// Show the current view again (a page that has just loaded).
    Look,
    OpenCase {
        kind: Kind,
    },
    ResumeCase {
        case: String,
    },
    /// Put the open case aside and go back to the lobby; nothing is lost.
    ParkCase,
    WithdrawCase {
        reason: String,
    },
    /// Look cases up, open and closed, of all years; asked again, it looks for something else.
    Search {
        entry: super::SearchEntry,
    },
    /// The next page of what was found, or the one before.
    TurnPage {
        forward: bool,
    },
    CloseSearch,
    /// Lay the policy pack open, between two visitors: every value with where it comes from.
    ShowPack,
    /// Lay the outbox open: what has not arrived yet, and why.
    ShowOutbox,
    /// Send one message again at once.
    RetryMessage {
        message: String,
    },
    /// Send everything again at once that waits for a platform.
    RetryPlatform {
        platform: String,
    },
    /// What became of a message of which nobody knew: it arrived under this receipt number, or without one it is sent again.
    SettleMessage {
        message: String,
        receipt: Option<String>,
    },
    /// Seal everything that waits for the county and write it to the stick.
    ExportOutbox,
    /// Take in the county's answers from the stick. A bare file name, as the view gave it.
    ImportAnswers {
        file: String,
    },
    /// Lay the statistics open, on today.
    ShowStatistics,
    /// Look at other days.
    AskStatistics {
        entry: super::StatisticsEntry,
    },
    /// Write the days that are shown into the folder of exports, with a row of the journal.
    ExportStatistics {
        what: super::ExportChoice,
    },
    /// Lay the follow-ups of bad ratings open (差评整改), and whether ratings are asked for as they should be.
    ShowFollowUps,
    /// A bad rating was looked into: what was found, and what was done.
    SettleFollowUp {
        case: String,
        seq: u32,
        found: String,
        done: String,
    },
    /// A bad rating does not count as one: mistaken or malicious, with the reason.
    ExcludeFollowUp {
        case: String,
        seq: u32,
        why: super::ExclusionChoice,
        reason: String,
    },
    /// Show the name of who rated until the page is left. The reason is a row of the journal.
    UnmaskRater {
        case: String,
        reason: String,
    },
    /// Blank cards and numbers: what is on hand, what came in and what became of it.
    ShowStock,
    /// A batch came in. `first` and `last` where the blank bears the card's number, else `count`.
    ReceiveBlanks {
        first: String,
        last: String,
        count: u32,
        source: String,
    },
    /// Write blanks off that were not printed: one by its serial, or so many of them.
    SpoilBlanks {
        serial: String,
        count: u32,
        cause: String,
    },
    ReportBlanksLost {
        serial: String,
        count: u32,
        cause: String,
    },
    /// Another block of numbers was granted to this window.
    GrantBlock {
        first: u32,
        last: u32,
    },
    /// The day's close (日结) of a day, `2021-11-08`; a blank one is today.
    ShowDay {
        day: String,
    },
    /// Close a day. `blanks` and `old_cards` are what was counted in the drawer.
    CloseDay {
        day: String,
        blanks: Option<u32>,
        old_cards: u32,
        reason: String,
    },
    /// Hand the sheet of a close to the printer once more, if it has not taken it yet.
    PrintDay {
        day: String,
        row: u32,
    },
    /// Lay open what came back from the handling departments.
    ShowResults,
    /// Lay the batch open in which one agent comes for many (集中办理).
    ShowBatch,
    /// Wait for the agent's card, or take what was `typed` from its face. `standing`: 村干部, 子女.
    OpenBatch {
        standing: String,
        typed: Option<TypedIdentity>,
    },
    /// The next elder: a case of its own, whose agent is the batch's.
    NextOfBatch {
        kind: Kind,
    },
    EndBatch,
    /// Leave whatever page lies open, back to the lobby.
    ClosePage,
    /// Leave a finished case (sealed, refused, withdrawn) and go back to the lobby.
    CloseCase,

    /// Step `identify`: wait for a card on the reader, up to the station's time.
    ReadCard,
    CancelRead,
    /// Step `identify`: the card on the reader is the agent's, whoever was read before.
    ReadAgentCard,
    /// Step `identify`, when no card can be read: what stands on its face. It stays marked as not verified.
    TypeIdentity {
        role: CardRole,
        entry: TypedIdentity,
    },
    /// Set a field of the chip aside, with the reason. Before and after stay on record.
    SetAside {
        role: CardRole,
        field: ChipField,
        after: String,
        reason: String,
    },
    /// Put one entry right at the counter; the case stays open.
    CorrectEntry {
        field: EntryChoice,
        after: String,
    },
    /// Common errors of a material that were put right at the counter: what is left of them, and how.
    CorrectMaterial {
        material: String,
        left: Vec<String>,
        how: String,
    },
    /// Look at another step of the open case, and go back to the one that is due.
    GoTo {
        step: String,
    },
    GoOn,
    /// A field of a form was left: keep what stands in it, `FORM.FIELD`, until its act is done.
    KeepEntry {
        field: String,
        value: String,
    },
    /// From the lobby: read a card and take up the unfinished case of its holder.
    TakeOver,
    /// Step `applicant`: the clerk's entries. Incomplete entries are answered with the fields to correct.
    FillApplicant {
        mode: Mode,
        hukou: HukouSide,
        hukou_basis: String,
        phone: String,
        contact_address: String,
        department: String,
    },
    /// Step `eligibility`: ask the pack.
    JudgeEligibility,
    /// Step `materials`: take the newest page from the document camera's folder.
    ScanMaterial {
        material: String,
    },
    /// Take these pictures of the folder as pages, in this order. Bare file names, as the view gave them.
    ScanPages {
        material: String,
        files: Vec<String>,
    },
    /// Take the newest page in the place of this one.
    RescanPage {
        material: String,
        page: u16,
    },
    /// The pages as they stand, in the order in which they shall stand; one that is not named is taken out.
    ArrangePages {
        material: String,
        order: Vec<u16>,
    },
    /// Keep a page in spite of what was found on it.
    KeepPage {
        material: String,
        page: u16,
        reason: String,
    },
    /// Take over a page of an earlier case; the clerk has looked at this picture and at its age.
    ReuseHistory {
        material: String,
        picture: String,
        age_days: u32,
    },
    /// The person has signed that the paper will follow (容缺).
    CommitTolerance {
        material: String,
        acknowledged: bool,
    },
    /// The newspaper that carries the loss notice. `published` is a day as people write it.
    RecordLossNotice {
        paper: String,
        published: String,
        page: String,
    },
    /// The card to be replaced; an empty number is an unknown one.
    RecordOldCard {
        number: String,
        condition: String,
    },
    CheckMaterial {
        material: String,
        original_inspected: bool,
        errors: Vec<String>,
    },
    ReturnMaterial {
        material: String,
    },
    /// Step `photo`: take the newest picture from the photo folder and measure it.
    TakePhoto,
    JudgePhoto {
        same_person: bool,
        bareheaded: bool,
        recent: bool,
    },
    /// Step `acceptance`: through the gate, or every gap at once.
    Accept,
    /// Step `numbering`: the next number of the block, or the one that came with the department's result.
    ReserveNumber,
    /// Step `numbering` where the blank bears its number: the serial as it was scanned or typed.
    TakeBlank {
        serial: String,
    },
    /// Spend a reserved number that was never printed; where it is the blank's own, the blank goes with it.
    SpoilNumber {
        cause: String,
    },
    /// Step `printing`. `reprint` holds the reason of any print but the first.
    PrintCard {
        reprint: Option<String>,
    },
    ConfirmCard,
    SpoilCard {
        cause: String,
    },
    /// After an unknown outcome: somebody has looked, and no card came out. The number stays good.
    NothingCameOut {
        seen: String,
    },
    /// Step `delivery`: the card has gone into a hand.
    Deliver {
        /// What was shown: one suffices, and both are kept.
        proofs: Vec<Proof>,
        receiver: Taker,
        /// Who it is, when it is neither applicant nor agent.
        collector: Option<CollectorForm>,
        /// Why the promised time was missed; asked for only when it was.
        late: Option<String>,
    },
    /// Step `delivery`: read the identity card that is shown.
    ReadCollector,
    /// Step `rating`.
    DeclineRating,
    /// The applicant's or agent's own answer, at the screen that was turned to them. A second one is kept, not counted.
    GiveRating {
        level: u8,
        codes: Vec<String>,
        text: String,
    },
    /// They put their answer right, while nothing else has happened.
    CorrectRating {
        level: u8,
        codes: Vec<String>,
        text: String,
    },
    /// After acceptance: the handling department was reminded, by the clerk (八·四).
    RemindDepartment {
        channel: String,
        person: String,
        said: String,
    },
    /// After acceptance: the person was helped with one way to do things online (八·五), or wants no such help.
    HelpRegister {
        guide: String,
    },
    DeclineHelp,
    /// Step `archive`: the papers of the open case go to the archive. At a village window a name suffices; elsewhere whoever takes them
    /// signs with their password.
    HandOver {
        to: String,
        #[serde(default)]
        password: Option<Secret>,
    },
    /// Archive packages go into the folder of exports: that of the open case, or all that wait.
    ExportPackage,
    ExportPackages,
    ShowRetention,
    /// The page on which the code of a card is checked.
    ShowCardCode,
    /// Look for a code in the newest picture of the camera's folder, and check it.
    CheckCardCode,
    /// The page on which the card printer is put right (校准).
    ShowCalibration,
    /// Send the sheet of cross-hairs to the card printer.
    PrintCalibration,
    /// What was read on the sheet with a ruler, or lies in the newest scan of it; `dpi` where its file does not say.
    MeasureCalibration {
        side: super::CardSide,
        readings: Vec<super::CrossReading>,
    },
    ScanCalibration {
        side: super::CardSide,
        dpi: String,
    },
    /// Put the printer right by what was found.
    KeepCalibration,
    /// Forget whose time is over (到期清理). `day_is_right` is the person's word that the clock shows the right day.
    EraseDue {
        day_is_right: bool,
    },
    /// Whose papers wait to be handed over, from the lobby.
    ShowHandOver,
    /// Hand over the papers of these cases: both sides sign, or nothing happens. `old_cards` were counted in the hand.
    SignHandOver {
        to: super::HandOverTo,
        cases: Vec<String>,
        old_cards: u32,
        taker: String,
        password: Secret,
    },
    Seal,

    /// The rule refuses this case, and the slip is printed. The reasons are among those that the view offers; none
    /// stands for those of the verdict.
    RefuseCase {
        reasons: Vec<String>,
    },
    /// Refuse without making a case, from the lobby, with a slip. `born` (`1960-03-08`) is asked of who is too young.
    RefuseAtDoor {
        reason: String,
        born: Option<String>,
    },
    /// Print the one-time notice with every gap; the case stays open.
    IssueNotice,
    /// Hand a slip that was given out to the printer once more, if it has not taken it yet.
    PrintSlip {
        number: String,
    },
    /// Print the receipt list once more, marked 补打.
    ReprintReceipt {
        reason: String,
    },
    /// Take away the band of trouble after reading it.
    Understood,

    /// The first administrator of a new station; only while it has no people.
    SetUpFirst {
        name: String,
        password: Secret,
    },
    SignIn {
        name: String,
        password: Secret,
    },
    /// The open case is put aside, and nothing of its person stays on the screen.
    SignOut,
    AddPerson {
        name: String,
        roles: Vec<StationRole>,
        password: Secret,
    },
    SetRoles {
        name: String,
        roles: Vec<StationRole>,
    },
    /// One's own with the old one; an administrator sets another person's without it, which also opens its lock.
    SetPassword {
        name: String,
        old: Option<Secret>,
        password: Secret,
    },
    DismissPerson {
        name: String,
    },
    /// Show the full identity number of the open case until it is left. The reason is a row of the journal.
    Unmask {
        reason: String,
    },
}
