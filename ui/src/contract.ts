// Generated from crates/desk/src/contract by `npm run contract`. Do not edit.

export type Request = { "ask": "look" } | { "ask": "open_case", kind: Kind, } | { "ask": "resume_case", case: string, } | { "ask": "park_case" } | { "ask": "withdraw_case", reason: string, } | { "ask": "search", entry: SearchEntry, } | { "ask": "turn_page", forward: boolean, } | { "ask": "close_search" } | { "ask": "show_pack" } | { "ask": "show_outbox" } | { "ask": "retry_message", message: string, } | { "ask": "retry_platform", platform: string, } | { "ask": "settle_message", message: string, receipt: string | null, } | { "ask": "export_outbox" } | { "ask": "import_answers", file: string, } | { "ask": "show_statistics" } | { "ask": "ask_statistics", entry: StatisticsEntry, } | { "ask": "export_statistics", what: ExportChoice, } | { "ask": "show_follow_ups" } | { "ask": "settle_follow_up", case: string, seq: number, found: string, done: string, } | { "ask": "exclude_follow_up", case: string, seq: number, why: ExclusionChoice, reason: string, } | { "ask": "unmask_rater", case: string, reason: string, } | { "ask": "show_stock" } | { "ask": "receive_blanks", first: string, last: string, count: number, source: string, } | { "ask": "spoil_blanks", serial: string, count: number, cause: string, } | { "ask": "report_blanks_lost", serial: string, count: number, cause: string, } | { "ask": "grant_block", first: number, last: number, } | { "ask": "show_day", day: string, } | { "ask": "close_day", day: string, blanks: number | null, old_cards: number, reason: string, } | { "ask": "print_day", day: string, row: number, } | { "ask": "show_results" } | { "ask": "show_batch" } | { "ask": "open_batch", standing: string, typed: TypedIdentity | null, } | { "ask": "next_of_batch", kind: Kind, } | { "ask": "end_batch" } | { "ask": "close_page" } | { "ask": "close_case" } | { "ask": "read_card" } | { "ask": "cancel_read" } | { "ask": "read_agent_card" } | { "ask": "type_identity", role: CardRole, entry: TypedIdentity, } | { "ask": "set_aside", role: CardRole, field: ChipField, after: string, reason: string, } | { "ask": "correct_entry", field: EntryChoice, after: string, } | { "ask": "correct_material", material: string, left: Array<string>, how: string, } | { "ask": "go_to", step: string, } | { "ask": "go_on" } | { "ask": "keep_entry", field: string, value: string, } | { "ask": "take_over" } | { "ask": "fill_applicant", mode: Mode, hukou: HukouSide, hukou_basis: string, phone: string, contact_address: string, department: string, } | { "ask": "judge_eligibility" } | { "ask": "scan_material", material: string, } | { "ask": "scan_pages", material: string, files: Array<string>, } | { "ask": "rescan_page", material: string, page: number, } | { "ask": "arrange_pages", material: string, order: Array<number>, } | { "ask": "keep_page", material: string, page: number, reason: string, } | { "ask": "reuse_history", material: string, picture: string, age_days: number, } | { "ask": "commit_tolerance", material: string, acknowledged: boolean, } | { "ask": "record_loss_notice", paper: string, published: string, page: string, } | { "ask": "record_old_card", number: string, condition: string, } | { "ask": "check_material", material: string, original_inspected: boolean, errors: Array<string>, } | { "ask": "return_material", material: string, } | { "ask": "take_photo" } | { "ask": "judge_photo", same_person: boolean, bareheaded: boolean, recent: boolean, } | { "ask": "accept" } | { "ask": "reserve_number" } | { "ask": "take_blank", serial: string, } | { "ask": "spoil_number", cause: string, } | { "ask": "print_card", reprint: string | null, } | { "ask": "confirm_card" } | { "ask": "spoil_card", cause: string, } | { "ask": "nothing_came_out", seen: string, } | { "ask": "deliver", 
/**
 * What was shown: one suffices, and both are kept.
 */
proofs: Array<Proof>, receiver: Taker, 
/**
 * Who it is, when it is neither applicant nor agent.
 */
collector: CollectorForm | null, 
/**
 * Why the promised time was missed; asked for only when it was.
 */
late: string | null, } | { "ask": "read_collector" } | { "ask": "decline_rating" } | { "ask": "give_rating", level: number, codes: Array<string>, text: string, } | { "ask": "correct_rating", level: number, codes: Array<string>, text: string, } | { "ask": "remind_department", channel: string, person: string, said: string, } | { "ask": "help_register", guide: string, } | { "ask": "decline_help" } | { "ask": "hand_over", to: string, password: Secret | null, } | { "ask": "export_package" } | { "ask": "export_packages" } | { "ask": "show_retention" } | { "ask": "show_card_code" } | { "ask": "check_card_code" } | { "ask": "show_calibration" } | { "ask": "print_calibration" } | { "ask": "measure_calibration", side: CardSide, readings: Array<CrossReading>, } | { "ask": "scan_calibration", side: CardSide, dpi: string, } | { "ask": "keep_calibration" } | { "ask": "erase_due", day_is_right: boolean, } | { "ask": "show_hand_over" } | { "ask": "sign_hand_over", to: HandOverTo, cases: Array<string>, old_cards: number, taker: string, password: Secret, } | { "ask": "seal" } | { "ask": "refuse_case", reasons: Array<string>, } | { "ask": "refuse_at_door", reason: string, born: string | null, } | { "ask": "issue_notice" } | { "ask": "print_slip", number: string, } | { "ask": "reprint_receipt", reason: string, } | { "ask": "understood" } | { "ask": "set_up_first", name: string, password: Secret, } | { "ask": "sign_in", name: string, password: Secret, } | { "ask": "sign_out" } | { "ask": "add_person", name: string, roles: Array<StationRole>, password: Secret, } | { "ask": "set_roles", name: string, roles: Array<StationRole>, } | { "ask": "set_password", name: string, old: Secret | null, password: Secret, } | { "ask": "dismiss_person", name: string, } | { "ask": "unmask", reason: string, };

export type Kind = "first" | "reissue_lost" | "reissue_damaged";

export type CardRole = "applicant" | "agent";

export type ChipField = "name" | "ethnicity" | "address";

export type EntryChoice = "hukou_basis" | "phone" | "contact_address";

export type TypedIdentity = { name: string, 
/**
 * `male`, `female`, or blank: as the number says.
 */
sex: string, ethnicity: string, birth: string, address: string, number: string, issuing_authority: string, valid_from: string, valid_until: string, };

export type Mode = "in_person" | "agent";

export type HukouSide = "local" | "outside";

export type Proof = "id_card" | "receipt_list";

export type Taker = "applicant" | "agent" | "other";

export type CollectorForm = { name: string, contact: string, };

export type Secret = string;

export type StationRole = "clerk" | "issuer" | "archivist" | "supervisor" | "administrator" | "tester";

export type View = { 
/**
 * Counts up with every change, so that a page can drop a late one.
 */
version: number, station: StationView, lights: Array<Light>, screen: Screen, 
/**
 * So much waits that somebody should know.
 */
backlog: BacklogView | null, 
/**
 * The band under the status line; stays until resolved.
 */
trouble: Fault | null, };

export type StationView = { 
/**
 * `我要办理老年优待证`.
 */
package_name: string, window_name: string, 
/**
 * Where the window is, or where that is published.
 */
window_address: string, 
/**
 * `None` while nobody is signed in.
 */
at_work: AtWork | null, training: boolean, 
/**
 * `2021年11月8日`; in training it is a simulated day.
 */
today: string, pack: string, 
/**
 * CSS pixels a millimetre of this screen, from `station.toml`.
 */
px_per_mm: number, };

export type AtWork = { name: string, 
/**
 * `收件人员、发证人员`.
 */
roles: string, 
/**
 * A kiosk: nobody signed in, and nobody can sign out.
 */
public: boolean, 
/**
 * Fewest characters of a password, for whoever changes their own.
 */
shortest_password: number, };

export type Light = { 
/**
 * `reader`, `printer`, `platform`.
 */
device: string, 
/**
 * `读卡器`.
 */
name: string, state: LightState, 
/**
 * State in words, for example `就绪` or `待发送 3 条`.
 */
words: string, };

export type LightState = "good" | "waiting" | "needs_hand" | "stopped";

export type Screen = { "show": "first_run", shortest_password: number, } | { "show": "sign_in" } | { "show": "people" } & PeopleView | { "show": "lobby", 
/**
 * The newest of the open ones.
 */
cases: Array<CaseLine>, 
/**
 * How many are open; the others are found by searching.
 */
open: number, delivered_today: number, door: Door, 
/**
 * What the person at work may do from here, and if not, why.
 */
acts: Array<Act>, } | { "show": "search" } & SearchView | { "show": "pack" } & PackView | { "show": "outbox" } & OutboxView | { "show": "statistics" } & StatisticsView | { "show": "follow_ups" } & FollowUpsView | { "show": "stock" } & StockView | { "show": "day" } & DayView | { "show": "results" } & ResultsView | { "show": "hand_over" } & HandOverView | { "show": "batch" } & BatchView | { "show": "retention" } & RetentionView | { "show": "card_code" } & CardCodeView | { "show": "calibration" } & CalibrationView | { "show": "case" } & CaseView;

export type Door = { 
/**
 * The item is not taken on this day at all: said in large words instead of offering to open a case.
 */
ended: Ended | null, 
/**
 * Reasons of the pack for which somebody may be refused here.
 */
refusals: Array<Choice>, 
/**
 * The one among them that asks for the birth date.
 */
asks_birth: string, 
/**
 * The last slip given out here since the station started.
 */
last_slip: string | null, 
/**
 * A card is awaited, to take up its holder's case.
 */
taking_over: boolean, 
/**
 * What stands in the door's own form, by field.
 */
kept: { [key in string]: string }, };

export type Ended = { reason: string, 
/**
 * 老年人优待证已经停止办理。
 */
what: string, 
/**
 * 凭身份证即可享受优待，请带好身份证。
 */
remedy: string, };

export type CaseLine = { case: string, 
/**
 * Masked.
 */
name: string, step: string, step_name: string, since: string, 
/**
 * The village clock, while it runs.
 */
clock: ClockView | null, 
/**
 * How it stands with its handling department, while that decides what is next.
 */
waits: string | null, };

export type ResultsView = { 
/**
 * The newest first.
 */
lines: Array<ResultLine>, 
/**
 * Cases that wait for an answer.
 */
waiting: number, 
/**
 * Why no results come, in words, if something keeps them away.
 */
away: string | null, };

export type ResultLine = { 
/**
 * The case as the result names it.
 */
case: string, 
/**
 * Masked; `None` when there is no such case.
 */
name: string | null, at: string, became: ResultBecame, 
/**
 * 同意, 不同意, or that it cannot be read.
 */
says: string, 
/**
 * Why it was not taken, or what is next for the case.
 */
why: string, reference: string | null, 
/**
 * The case can be taken up from here.
 */
open: boolean, 
/**
 * The platform knows what became of it.
 */
told: boolean, };

export type ResultBecame = "fits" | "known" | "refused";

export type AnswerState = "not_yet" | "approved" | "rejected";

export type PackView = { title: string, 
/**
 * `正在办理` or `已经停办`.
 */
status: string, 
/**
 * `2021年1月1日至2022年2月28日`.
 */
in_force: string, 
/**
 * What the pack puts into values, and of what day that says it is.
 */
procedure: string, 
/**
 * The day on which the pack was put together.
 */
compiled: string, 
/**
 * SM3 of the file, 64 hex digits: what every case of it carries.
 */
hash: string, chapters: Array<PackChapter>, districts: Array<DistrictLine>, };

export type PackChapter = { name: string, lines: Array<PackLine>, };

export type PackLine = { name: string, value: string, from: SourceLine, note: string | null, };

export type SourceLine = { source: string, 
/**
 * The source's own day, or the day on which it was read: `2022-03-12`, `2026-11-23 查阅`.
 */
date: string, sure: Sure, };

export type Sure = "low" | "medium" | "high";

export type DistrictLine = { name: string, 
/**
 * The number that may be dialled; `None` while it has to be checked.
 */
phone: string | null, 
/**
 * `可用`, `可用，写法已修整`, `号码待核实：位数不对`.
 */
status: string, 
/**
 * As the procedure writes it, where that differs from the number.
 */
raw: string | null, 
/**
 * Which platform takes what its department handles.
 */
platform: string, from: SourceLine, };

export type OutboxView = { 
/**
 * The first of those that are not done: the ones on which a person has to look, those that go next, those that wait for
 * another one; newest first.
 */
lines: Array<OutboxLine>, 
/**
 * How many are not done.
 */
undone: number, arrived_today: number, 
/**
 * Platforms for which something waits.
 */
platforms: Array<PlatformRow>, stick: StickView, 
/**
 * The station's clock when this view was made, milliseconds since 1970.
 */
now_ms: number, acts: Array<Act>, };

export type OutboxLine = { 
/**
 * Its key, by which acts name it.
 */
message: string, state: OutboxState, state_name: string, platform_name: string, kind_name: string, case: string, 
/**
 * Why it is not done, in words.
 */
cause: string, 
/**
 * What to do about it, in words; blank when nothing has to be done.
 */
do_now: string, 
/**
 * What the platform itself said, masked.
 */
said: string | null, 
/**
 * When it is tried next: `今天 09:20`; `None` when it is not tried by itself.
 */
next: string | null, 
/**
 * The same in milliseconds since 1970, on the station's clock.
 */
due_ms: number | null, 
/**
 * How often it was sent.
 */
tries: number, 
/**
 * When it last went out on a stick.
 */
exported: string | null, 
/**
 * It may be sent again at once.
 */
retry: boolean, 
/**
 * A person has to say what became of it.
 */
settle: boolean, };

export type OutboxState = "due" | "in_flight" | "held" | "rejected" | "unknown" | "closed";

export type PlatformRow = { platform: string, name: string, 
/**
 * Messages that wait for it.
 */
waiting: number, };

export type StickView = { 
/**
 * What is missing or in the way, and what to do; `None` when the stick is there.
 */
missing: string | null, 
/**
 * Messages that an export would hold.
 */
exportable: number, 
/**
 * The last export that is on a stick: `第 2 份，今天 09:20，3 条`.
 */
last: string | null, 
/**
 * Files of answers on the stick.
 */
answers: Array<Choice>, 
/**
 * Being written or read this moment.
 */
busy: boolean, 
/**
 * What came of the last act, in words.
 */
note: string | null, 
/**
 * This counter's public key, which the county has to know; once there is one.
 */
counter_key: string | null, };

export type BacklogView = { 
/**
 * No new case is opened; open ones may be finished.
 */
stopped: boolean, what: string, do_now: string, };

export type StatisticsView = { asked: StatisticsEntry, 
/**
 * The days in words: `2021年11月8日至2021年11月14日`.
 */
days: string, figures: Array<Figure>, 
/**
 * One pair of bars a day or month, in order; empty for a single day.
 */
bars: Array<Bar>, 
/**
 * The axis goes from 0 to this number, which no bar exceeds; a multiple of four.
 */
top: number, tables: Array<CountTable>, 
/**
 * What was exported last from this page.
 */
exported: ExportLine | null, 
/**
 * Whether whoever is at work may take figures or the list of cases out, and if not, why.
 */
export: Act, };

export type StatisticsEntry = { span: SpanChoice, 
/**
 * First and last day, `2021-11-08`; asked of a range only, and for the others filled in by the answer.
 */
from: string, to: string, };

export type SpanChoice = "day" | "week" | "month" | "range";

export type ExportChoice = "figures" | "cases";

export type Figure = { name: string, value: string, note: string, };

export type Bar = { 
/**
 * `11-08`, or `2021-11`.
 */
name: string, accepted: number, delivered: number, };

export type CountTable = { name: string, 
/**
 * What it counts, where that is not plain.
 */
note: string | null, 
/**
 * As many as each row has cells. The first names the rows.
 */
head: Array<string>, rows: Array<Array<string>>, };

export type ExportLine = { file: string, folder: string, rows: number, 
/**
 * SM3 of the file, 64 hex digits.
 */
sm3: string, };

export type BatchView = { open: OpenBatch | null, 
/**
 * Why the last one of today is over, in words.
 */
over: string | null, 
/**
 * The cases of this agent's batches of today; with none open, of all batches of today.
 */
lines: Array<BatchLine>, 
/**
 * How many cases each agent had today, in or out of a batch.
 */
agents: Array<AgentLine>, 
/**
 * The reader waits for the agent's card.
 */
reading: boolean, 
/**
 * For how long one read serves, in words; `None` where the pack lets none be used again.
 */
good_for: string | null, 
/**
 * GB/T 3304, for an identity that has to be typed.
 */
ethnicities: Array<Choice>, acts: Array<Act>, };

export type OpenBatch = { number: string, 
/**
 * The agent, masked.
 */
agent: string, 
/**
 * 村干部, 子女.
 */
standing: string, 
/**
 * 芯片读取, 手工录入（未核验）.
 */
source: string, 
/**
 * `今天 09:05`.
 */
read_at: string, 
/**
 * `今天 11:05`.
 */
good_until: string, 
/**
 * Cases of this agent today.
 */
today: number, 
/**
 * That these are more than the pack warns of.
 */
warning: string | null, };

export type BatchLine = { case: string, name: string, 
/**
 * 首次办理.
 */
kind: string, 
/**
 * The step it stands at, or how it ended.
 */
stands: string, standing: BatchStanding, };

export type BatchStanding = "draft" | "accepted" | "done" | "ended";

export type AgentLine = { 
/**
 * Masked.
 */
name: string, cases: number, 
/**
 * More than the pack warns of.
 */
over: boolean, };

export type HandOverTo = "issuer" | "archivist";

export type HandOverView = { 
/**
 * `None` at a village window, where the intake clerk is the issuing staff.
 */
issuer: Array<HandOverRow> | null, archivist: Array<HandOverRow>, 
/**
 * The list that was signed last since the station started.
 */
last: string | null, 
/**
 * Sealed cases whose archive package has not left the station.
 */
packages: number, 
/**
 * What the last touch took out.
 */
left: PackagesLeftLine | null, acts: Array<Act>, };

export type HandOverRow = { case: string, 
/**
 * The number of its package, which the list carries too.
 */
package: string, 
/**
 * Masked.
 */
name: string, papers: Array<string>, 
/**
 * The retained old card, by number and condition; it has to be counted.
 */
old_card: string | null, 
/**
 * Why it cannot go on a list yet.
 */
why_not: string | null, };

export type PackagesLeftLine = { count: number, folder: string, };

export type PackageLine = { 
/**
 * Sixteen hex digits in groups that tell this package from another and nothing of a rating; `archive verify` says the
 * same. Blank while it cannot be read.
 */
comparison: string, 
/**
 * It has left the station at least once.
 */
has_left: boolean, 
/**
 * Where the last touch put it.
 */
left: PackagesLeftLine | null, };

export type CalibrationView = { 
/**
 * The blank that is measured: the card template's id and its sheet, mm.
 */
stock: string, width_mm: number, height_mm: number, 
/**
 * Where the cross-hairs 1 to 5 are meant, on every side.
 */
crosses: Array<CrossHair>, 
/**
 * How each side is put right now.
 */
sides: Array<CalibratedSide>, 
/**
 * What became of the sheet that was asked for last; `None` before.
 */
sheet: CalibrationSheet | null, 
/**
 * What the last readings gave.
 */
found: CalibrationFound | null, acts: Array<Act>, };

export type CrossHair = { number: number, x: number, y: number, };

export type CardSide = "front" | "back";

export type CalibratedSide = { side: CardSide, 
/**
 * `正面`.
 */
name: string, 
/**
 * What was measured, a line each; empty where nobody did.
 */
lines: Array<string>, 
/**
 * When and by whom; blank where nobody did.
 */
measured: string, };

export type CalibrationSheet = "under_way" | "taken";

export type CalibrationFound = { side: CardSide, 
/**
 * A line each.
 */
lines: Array<string>, 
/**
 * It is kept and counts from the next card on.
 */
kept: boolean, };

export type CrossReading = { 
/**
 * 1 to 5.
 */
number: number, left: string, top: string, };

export type CardCodeView = { 
/**
 * What the newest picture showed; `None` until one was looked at.
 */
checked: CodeChecked | null, acts: Array<Act>, };

export type CodeChecked = { 
/**
 * A trusted station signed the lines below.
 */
signed: boolean, what: string, do_now: string, 
/**
 * What the code says, only when it is signed.
 */
lines: Array<CodeLine>, };

export type CodeLine = { name: string, value: string, };

export type RetentionView = { 
/**
 * The day that periods are counted by: `2021年12月8日`.
 */
day: string, 
/**
 * The clock's day, when it is later and nobody has said that it is right.
 */
clock: string | null, 
/**
 * Days that a finished case is kept.
 */
days: number, 
/**
 * What goes when the day above counts.
 */
due: RetentionDue, 
/**
 * What goes when somebody says that the clock is right; only while `clock` is there.
 */
due_by_clock: RetentionDue | null, 
/**
 * Why cases that are over stay, the most frequent first.
 */
kept: Array<RetentionKept>, 
/**
 * What was done last, since the page was opened.
 */
done: string | null, acts: Array<Act>, };

export type RetentionDue = { 
/**
 * Finished cases.
 */
cases: number, 
/**
 * Forms that nobody went on with: ended first.
 */
abandoned: number, 
/**
 * The first of them, by number.
 */
named: Array<string>, };

export type RetentionKept = { why: string, 
/**
 * What somebody can do about it; blank where nothing has to be done.
 */
do_now: string, cases: number, 
/**
 * The first of them, by number.
 */
named: Array<string>, };

export type SearchView = { 
/**
 * What is looked for, as it was asked.
 */
asked: SearchEntry, 
/**
 * As what the text was understood: `按姓名查`.
 */
understood: string, 
/**
 * What is known of the number that was typed: that it is void, since when, and by which case.
 */
told: string | null, lines: Array<FoundLine>, 
/**
 * Counted from 1.
 */
page: number, 
/**
 * Whether there is a page after this one.
 */
more: boolean, };

export type SearchEntry = { 
/**
 * A name or a part of one, or the number of a card, a case, a receipt list or an identity card.
 */
text: string, 
/**
 * First and last day, `2021-11-08`.
 */
from: string, to: string, stage: StageChoice, };

export type StageChoice = "any" | "open" | "delivered" | "sealed" | "refused" | "withdrawn";

export type FoundLine = { case: string, 
/**
 * Masked.
 */
name: string, kind_name: string, stage_name: string, 
/**
 * Its good card number.
 */
card: string | null, 
/**
 * That number is void: another card was delivered in its place.
 */
card_is_void: boolean, 
/**
 * `2021年11月8日`.
 */
opened: string, delivered: string | null, 
/**
 * Nothing can be added to it any more; it can be looked at.
 */
closed: boolean, };

export type StockView = { gives: NumberGiver, 
/**
 * Where the numbers come from, in words.
 */
mode: string, 
/**
 * `None` while no batch was ever received: then no book is kept, and printing asks for no blank.
 */
blanks: BlankAccount | null, 
/**
 * The next serial in the pile, where blanks bear serials.
 */
next: string | null, blocks: Array<BlockLine>, 
/**
 * The newest rows of each kind, newest first.
 */
received: Array<StockRow>, used: Array<StockRow>, spoiled: Array<StockRow>, lost: Array<StockRow>, acts: Array<Act>, };

export type NumberGiver = "block" | "blank" | "system";

export type BlankAccount = { received: number, on_hand: number, 
/**
 * Of those on hand, how many are bespoken by cases that have a number and no card yet.
 */
bespoken: number, used: number, spoiled: number, lost: number, 
/**
 * Used although the book had none.
 */
unbooked: number, };

export type BlockLine = { first: number, last: number, left: number, 
/**
 * Reserved or printed, and not yet a card in the hand.
 */
in_work: number, 
/**
 * Cards that wait for their person.
 */
made: number, delivered: number, spoiled: number, };

export type StockRow = { 
/**
 * `2021-11-08 09:05`.
 */
at: string, by: string, 
/**
 * `A0001 – A0050，50 张`; of one blank its serial or its card's number.
 */
what: string, 
/**
 * From where it came, for which case it was used, or why it is gone.
 */
why: string, };

export type DayView = { 
/**
 * `2021-11-08`.
 */
day: string, 
/**
 * `2021年11月8日`.
 */
name: string, 
/**
 * First day of the period, where that is another one: the days between were not closed.
 */
since: string | null, groups: Array<DayGroup>, 
/**
 * A book of blanks is kept, so the drawer is counted.
 */
counts_blanks: boolean, 
/**
 * What keeps the book from balancing already, before anything is counted.
 */
open_points: Array<string>, 
/**
 * The closes of this day, in order.
 */
closes: Array<CloseLine>, 
/**
 * The last days, newest first.
 */
days: Array<DayChoice>, acts: Array<Act>, };

export type DayGroup = { name: string, 
/**
 * What was there, what came, what went and what is left: the signs make a sum of them.
 */
sum: Array<DayPart>, balances: boolean, 
/**
 * What is only told, and enters no sum.
 */
told: Array<DayFigure>, };

export type DayPart = { 
/**
 * Nothing before the first, then `+`, `−` or `=`.
 */
sign: string, name: string, n: number, };

export type DayFigure = { name: string, n: number, };

export type CloseLine = { row: number, at: string, by: string, 
/**
 * `平`, or each difference in words.
 */
result: Array<string>, balanced: boolean, reason: string | null, 
/**
 * A sheet was made of it and can be printed again.
 */
sheet: boolean, };

export type DayChoice = { day: string, name: string, 
/**
 * `未结`, `平`, `不平，已说明`.
 */
state: string, closed: boolean, };

export type PeopleView = { people: Array<PersonLine>, 
/**
 * The roles that can be given here, in the order of the procedure: [`StationRole`] and its name.
 */
roles: Array<Choice>, 
/**
 * Fewest characters of a password.
 */
shortest_password: number, };

export type PersonLine = { name: string, 
/**
 * Names of [`StationRole`].
 */
roles: Array<string>, 
/**
 * The roles in words.
 */
role_names: string, 
/**
 * The person who is looking at this list.
 */
own: boolean, 
/**
 * `到 09:20 才能再登录`, while the name is locked.
 */
locked: string | null, };

export type CaseView = { case: string, kind_name: string, 
/**
 * The eleven steps, in order.
 */
steps: Array<StepLine>, 
/**
 * The step whose screen is shown: one of the eleven names, or `closed`.
 */
at: string, person: PersonView | null, clock: ClockView | null, materials_done: number, materials_needed: number, 
/**
 * Originals that lie on the counter and have to go back, by material and name.
 */
unreturned: Array<Choice>, body: StepBody, 
/**
 * What stands beside the step, at every step.
 */
aside: Aside, 
/**
 * What may be done now, and if not, why.
 */
acts: Array<Act>, };

export type Aside = { 
/**
 * For what this case may be refused now.
 */
refusals: Array<Refusal>, 
/**
 * Papers that were given out, in order.
 */
given: Array<Given>, 
/**
 * The agent, once their card was read.
 */
agent: PersonView | null, 
/**
 * The verdict in a word, once there is one: 符合条件（2021年11月8日）.
 */
verdict: string | null, 
/**
 * 更正记录: what was set aside or put right, in order.
 */
trail: Array<TrailLine>, 
/**
 * Reminders to the department, and help with registering.
 */
aftercare: AftercareView, 
/**
 * What may be put right now.
 */
correctable: Array<Correctable>, 
/**
 * What stands in forms that were not sent yet, by `FORM.FIELD`.
 */
kept: { [key in string]: string }, 
/**
 * Whether the card was reported to the parent township, once there is one to report.
 */
filing: FilingView | null, };

export type AftercareView = { 
/**
 * `None` where the department is not waited for.
 */
remind: RemindView | null, 
/**
 * Reminders on record, in order.
 */
reminded: Array<RemindedLine>, 
/**
 * Help with registering, as long as it is on offer; empty once it was declined.
 */
guides: Array<GuideView>, 
/**
 * 注册引导：已帮助 …, or 不需要; `None` while nothing was said.
 */
helped: string | null, };

export type RatingView = { 
/**
 * `acceptance`, `delivery`.
 */
point: string, 
/**
 * 受理之后, 领证之后.
 */
when: string, 
/**
 * Who is asked: 申请人 or 代理人.
 */
rater: string, 
/**
 * Best first. None is preselected.
 */
levels: Array<RatingChoice>, rated: Rated, 
/**
 * The answer may still be put right.
 */
may_correct: boolean, 
/**
 * Characters of the free text.
 */
longest_text: number, };

export type RatingChoice = { level: number, 
/**
 * 非常满意.
 */
name: string, reasons: Array<Choice>, };

export type Rated = "open" | "given" | "declined";

export type RemindView = { 
/**
 * Whom to call: 赫山区 0737-4423642.
 */
line: string, channels: Array<Choice>, 
/**
 * It has waited as long as the pack says.
 */
suggested: boolean, 
/**
 * 已经等了 25 分钟.
 */
waiting: string, };

export type RemindedLine = { at: string, channel: string, person: string, said: string, by: string, };

export type GuideView = { guide: string, name: string, text: string, 
/**
 * The address or the account, in print.
 */
holds: string, 
/**
 * Invented for practice.
 */
sample: boolean, 
/**
 * Name of the QR code at the picture door.
 */
picture: string, helped: boolean, };

export type FollowUpsView = { 
/**
 * The most pressing first.
 */
lines: Array<FollowUpLine>, open: number, overdue: number, 
/**
 * How far the table of days off reaches, in words; or that there is none.
 */
days_off: string, integrity: IntegrityView, };

export type FollowUpLine = { case: string, 
/**
 * Place of the rating in its case.
 */
seq: number, 
/**
 * 受理之后, 领证之后.
 */
point: string, rated_at: string, 
/**
 * 申请人, 代理人.
 */
rater: string, 
/**
 * 不满意.
 */
level: string, 
/**
 * The reasons that were chosen; none were added where none were.
 */
reasons: Array<string>, text: string, 
/**
 * What the person said in its place, or once more, in order.
 */
later: Array<string>, 
/**
 * Masked until somebody asked for it with a reason.
 */
name: string, unmasked: boolean, standing: FollowUpStanding, 
/**
 * 还有 3 天, 到 2021年11月29日.
 */
due: string, 
/**
 * What came of it.
 */
end: Array<string>, 
/**
 * Why the person at work may not settle it; `None` where they may.
 */
why_not: string | null, };

export type FollowUpStanding = "open" | "overdue" | "unknown" | "done" | "excluded";

export type IntegrityView = { 
/**
 * 2021年10月9日至2021年11月8日.
 */
span: string, 
/**
 * By who was present; the last line is that of all.
 */
lines: Array<IntegrityLine>, 
/**
 * What came of the bad ratings of this time, in words.
 */
follow_ups: string, };

export type IntegrityLine = { present: string, offered: number, given: number, declined: number, unanswered: number, 
/**
 * 25%.
 */
skipped: string, 
/**
 * The middle one of the times from the offer to the answer: 38 秒.
 */
time: string, 
/**
 * Answered faster than anybody reads five words.
 */
too_fast: number, };

export type ExclusionChoice = "mistaken" | "malicious";

export type Refusal = { reason: string, words: string, 
/**
 * The rule itself says so; the clerk does not choose.
 */
by_rule: boolean, };

export type FilingView = { done: boolean, 
/**
 * 已报备，回执号 …, or what it waits for.
 */
words: string, };

export type Given = { 
/**
 * 收文清单, 不予收件告知书, 一次性告知单.
 */
title: string, number: string, 
/**
 * A slip: it may be handed to the printer again.
 */
slip: boolean, };

export type TrailLine = { 
/**
 * 姓名（申请人）, 联系电话, 授权委托书.
 */
what: string, before: string, after: string, 
/**
 * The reason of an override, or how a paper was put right.
 */
why: string, by: string, at: string, };

export type Correctable = { name: string, 
/**
 * What stands there now.
 */
value: string, of: Corrects, };

export type Corrects = { "kind": "chip", role: CardRole, field: ChipField, choices: Array<Choice>, } | { "kind": "entry", field: EntryChoice, } | { "kind": "material", material: string, errors: Array<Choice>, };

export type StepLine = { 
/**
 * `identify`, `applicant`, …: the file names in `casework/src/steps` and `ui/src/steps`.
 */
step: string, name: string, state: StepState, 
/**
 * It may be looked at with `go_to`.
 */
open: boolean, };

export type StepState = "done" | "here" | "ahead";

export type PersonView = { name: string, sex: string, ethnicity: string, 
/**
 * `1951年3月8日`.
 */
birth: string, age: number, 
/**
 * Masked by the pack's rule, for example `430903********0025`; in full while `unmasked`.
 */
number: string, 
/**
 * Somebody asked for the full number, with a reason; until the case is left.
 */
unmasked: boolean, address: string, valid: string, mode_name: string, 
/**
 * `芯片读取` or `手工录入（未核验）`.
 */
source: string, 
/**
 * What is odd about the card's record, in words; none of it blocks.
 */
notes: Array<string>, };

export type ClockView = { 
/**
 * Milliseconds since 1970 when the promise ends, on the station's clock.
 */
due_ms: number, 
/**
 * When it becomes short, same unit.
 */
amber_ms: number, 
/**
 * The station's clock when this view was made, same unit.
 */
now_ms: number, stopped: boolean, };

export type Act = { 
/**
 * The `ask` of the request it permits.
 */
ask: string, allowed: boolean, why_not: string | null, };

export type StepBody = { "step": "identify", reading: boolean, 
/**
 * Whose card is awaited, or would be with `read_card`.
 */
expects: CardRole, 
/**
 * Masked names of those whose cards were read.
 */
applicant: string | null, agent: string | null, 
/**
 * GB/T 3304, for an identity that has to be typed.
 */
ethnicities: Array<Choice>, } | { "step": "applicant", departments: Array<Choice>, hukou_hint: string, 
/**
 * What the chip's address suggests; the clerk decides.
 */
suggested_hukou: HukouSide | null, suggested_department: string | null, filled: ApplicantEntry | null, } | { "step": "eligibility", verdict: VerdictView | null, } | { "step": "materials", rows: Array<MaterialRow>, 
/**
 * What lies in the document camera's folder, newest first.
 */
dropped: Array<DroppedView>, } | { "step": "photo", photo: PhotoView | null, } | { "step": "acceptance", gaps: Array<Gap>, receipt: string | null, } | { "step": "awaiting", answer: AnswerState, 
/**
 * The department's own name for its answer.
 */
reference: string | null, lines: Array<string>, receipt: string | null, } | { "step": "numbering", mode: string, left: number, number: string | null, 
/**
 * A blank's serial is scanned where the blank gives the number.
 */
gives: NumberGiver, 
/**
 * The number that came with the department's result.
 */
returned: string | null, 
/**
 * Blanks that are free; `None` where no book of them is kept.
 */
blanks: number | null, 
/**
 * The next serial in the pile.
 */
next_blank: string | null, } | { "step": "printing", number: string, preview: string | null, preview_back: string | null, width_mm: number, height_mm: number, state: PrintState, words: string, } | { "step": "delivery", number: string, proofs: Array<Choice>, 
/**
 * Who may take it; the agent only where there is one.
 */
receivers: Array<Choice>, 
/**
 * The reader waits for the identity card that is shown.
 */
reading: boolean, 
/**
 * Whose identity card was read.
 */
read: Taker | null, 
/**
 * The promised time is over: it asks for the reason.
 */
late: boolean, } | { "step": "rating", rating: RatingView, } | { "step": "archive", papers: Array<PaperLine>, handed_over: boolean, 
/**
 * Whoever takes the papers signs with their password: not at a village window.
 */
taker_signs: boolean, 
/**
 * The number of the archive package; the papers are on the list under the same one.
 */
package: string, 
/**
 * The list that both signed.
 */
list: string | null, } | { "step": "closed", ended: EndedAs, title: string, lines: Array<string>, 
/**
 * Of a sealed case.
 */
package: PackageLine | null, };

export type EndedAs = "refused" | "withdrawn" | "sealed";

export type Choice = { value: string, name: string, };

export type ApplicantEntry = { mode: Mode, hukou: HukouSide, hukou_basis: string, phone: string, contact_address: string, department: string, };

export type VerdictView = { eligible: boolean, rules: Array<RuleLine>, };

export type RuleLine = { name: string, passed: boolean, 
/**
 * `为什么`: value, source and confidence of the pack.
 */
because: string, 
/**
 * Public wording of the reason when it did not pass.
 */
reason: string | null, };

export type MaterialRow = { material: string, name: string, hint: string, 
/**
 * What becomes of the paper, in words: `扫描后退回申请人`.
 */
handling: string, original_inspected: boolean, checked: boolean, common_errors: Array<Choice>, ticked: Array<string>, 
/**
 * In their order.
 */
pages: Array<PageView>, needs_scan: boolean, needs_return: boolean, returned: boolean, 
/**
 * Given where the newspaper has to be written down.
 */
loss_notice: LossNoticeForm | null, 
/**
 * Given where the card has to be written down that is to be replaced.
 */
old_card: OldCardForm | null, 
/**
 * Pages of earlier cases of the same person that may stand in for a scan, newest first.
 */
history: Array<HistoryOffer>, 
/**
 * Given only where the pack lets the paper be promised.
 */
tolerance: ToleranceOffer | null, };

export type PageView = { 
/**
 * From 1.
 */
page: number, 
/**
 * Name for the picture door.
 */
picture: string, findings: Array<PageFindingLine>, 
/**
 * Something blocking was found, and nobody kept the page in spite of it.
 */
stands_in_the_way: boolean, 
/**
 * Why the clerk kept the page.
 */
kept: string | null, 
/**
 * Where a page of an earlier case comes from, with its age.
 */
history: string | null, };

export type PageFindingLine = { code: string, blocks: boolean, 
/**
 * What was found and what to do, in the pack's words.
 */
words: string, 
/**
 * What was measured, with its unit.
 */
measured: string, 
/**
 * What it missed, with its unit.
 */
threshold: string, };

export type LossNoticeForm = { recorded: boolean, paper: string, 
/**
 * `2021-11-01`, or empty.
 */
published: string, page: string, };

export type OldCardForm = { recorded: boolean, 
/**
 * False where the case can be accepted without it.
 */
required: boolean, 
/**
 * Empty while nothing is written down, and when nobody knows it.
 */
number: string, condition: string, 
/**
 * The number of the card that this station made for the person, if it did.
 */
known: string | null, };

export type HistoryOffer = { 
/**
 * Name for the picture door, and the name by which it is taken over.
 */
picture: string, 
/**
 * The earlier case.
 */
source: string, 
/**
 * `2020年3月1日`.
 */
taken_on: string, age_days: number, 
/**
 * `1年8个月前`.
 */
age: string, };

export type ToleranceOffer = { 
/**
 * `2021年11月18日`.
 */
until: string, 
/**
 * What the person signs: material, form, deadline and consequence.
 */
notice: string, committed: boolean, };

export type DroppedView = { 
/**
 * The bare file name by which it is taken.
 */
file: string, 
/**
 * Name for the picture door.
 */
thumbnail: string, 
/**
 * When it was written: `今天 09:05`.
 */
since: string, };

export type PhotoView = { 
/**
 * Names for the picture door.
 */
original: string, crop: string, width_mm: number, height_mm: number, findings: Array<FindingLine>, 
/**
 * The chip's own picture, or `None`: 芯片照片不可显示.
 */
chip: string | null, judged: boolean, };

export type FindingLine = { code: string, blocks: boolean, measured: string, words: string, };

export type Gap = { step: string, reason: string, words: string, };

export type PrintState = "ready" | "printing" | "ask_person" | "unknown" | "failed" | "spoiled" | "made";

export type PaperLine = { name: string, handling: string, done: boolean, };

export type Fault = { kind: FaultKind, 
/**
 * `identify.no_card`: step or device, then what.
 */
code: string, what: string, do_now: string, 
/**
 * Whom to call, with the number.
 */
call: string, fields: Array<FieldFault>, reasons: Array<string>, incident: string | null, };

export type FieldFault = { field: string, words: string, };

export type FaultKind = "refused" | "correct" | "attend" | "later" | "broken";
