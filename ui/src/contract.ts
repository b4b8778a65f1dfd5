// Generated from crates/desk/src/contract by `npm run contract`. Do not edit.

export type Request = "Look" | { "OpenCase": { kind: Kind, } } | { "ResumeCase": { case: string, } } | "ParkCase" | { "WithdrawCase": { reason: string, } } | "CloseCase" | "ReadCard" | "CancelRead" | { "FillApplicant": { mode: Mode, hukou: HukouSide, hukou_basis: string, phone: string, contact_address: string, department: string, } } | "JudgeEligibility" | { "ScanMaterial": { material: string, } } | { "CheckMaterial": { material: string, original_inspected: boolean, errors: Array<string>, } } | { "ReturnMaterial": { material: string, } } | "TakePhoto" | { "JudgePhoto": { same_person: boolean, bareheaded: boolean, recent: boolean, } } | "Accept" | "ReserveNumber" | { "PrintCard": { reprint: string | null, } } | "ConfirmCard" | { "SpoilCard": { cause: string, } } | { "Deliver": { proof: Proof, receiver: Taker, } } | "DeclineRating" | { "GiveRating": { level: number, codes: Array<string>, } } | { "HandOver": { to: string, } } | "Seal" | "RefuseCase" | "Understood";

export type Kind = "First" | "ReissueLost" | "ReissueDamaged";

export type Mode = "InPerson" | "Agent";

export type HukouSide = "Local" | "Outside";

export type Proof = "IdCard" | "ReceiptList";

export type Taker = "Applicant" | "Agent" | "Other";

export type View = { 
/**
 * Counts up with every change, so that a page can drop a late one.
 */
version: number, station: StationView, lights: Array<Light>, screen: Screen, 
/**
 * The band under the status line; stays until resolved.
 */
trouble: Fault | null, };

export type StationView = { 
/**
 * `我要办理老年优待证`.
 */
package_name: string, window_name: string, clerk: string, training: boolean, 
/**
 * `2021年11月8日`; in training it is a simulated day.
 */
today: string, pack: string, 
/**
 * CSS pixels a millimetre of this screen, from `station.toml`.
 */
px_per_mm: number, };

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

export type LightState = "Good" | "Waiting" | "NeedsHand" | "Stopped";

export type Screen = { "Lobby": { cases: Array<CaseLine>, delivered_today: number, } } | { "Case": CaseView };

export type CaseLine = { case: string, 
/**
 * Masked.
 */
name: string, step: string, step_name: string, since: string, };

export type CaseView = { case: string, kind_name: string, 
/**
 * The eleven steps, in order.
 */
steps: Array<StepLine>, 
/**
 * The step whose screen is shown: one of the eleven names, or `closed`.
 */
at: string, person: PersonView | null, clock: ClockView | null, materials_done: number, materials_needed: number, body: StepBody, 
/**
 * What may be done now, and if not, why.
 */
acts: Array<Act>, };

export type StepLine = { 
/**
 * `identify`, `applicant`, …: the file names in `casework/src/steps` and `ui/src/steps`.
 */
step: string, name: string, state: StepState, };

export type StepState = "Done" | "Here" | "Ahead";

export type PersonView = { name: string, sex: string, ethnicity: string, 
/**
 * `1951年3月8日`.
 */
birth: string, age: number, 
/**
 * Masked by the pack's rule, for example `430903********0025`.
 */
number: string, address: string, valid: string, mode_name: string, 
/**
 * `芯片读取` or `手工录入（未核验）`.
 */
source: string, };

export type ClockView = { 
/**
 * Milliseconds since 1970 when the promise ends, on the station's clock.
 */
due_ms: number, 
/**
 * The station's clock when this view was made, same unit.
 */
now_ms: number, stopped: boolean, };

export type Act = { 
/**
 * The `ask` of the request it permits.
 */
ask: string, allowed: boolean, why_not: string | null, };

export type StepBody = { "Identify": { reading: boolean, } } | { "Applicant": { departments: Array<Choice>, hukou_hint: string, filled: ApplicantEntry | null, } } | { "Eligibility": { verdict: VerdictView | null, } } | { "Materials": { rows: Array<MaterialRow>, } } | { "Photo": { photo: PhotoView | null, } } | { "Acceptance": { gaps: Array<Gap>, receipt: string | null, } } | { "Numbering": { mode: string, left: number, number: string | null, } } | { "Printing": { number: string, preview: string | null, preview_back: string | null, width_mm: number, height_mm: number, state: PrintState, words: string, } } | { "Delivery": { number: string, proofs: Array<Choice>, } } | { "Rating": { point: string, } } | { "Archive": { papers: Array<PaperLine>, handed_over: boolean, } } | { "Closed": { title: string, lines: Array<string>, } };

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

export type MaterialRow = { material: string, name: string, hint: string, original_inspected: boolean, checked: boolean, common_errors: Array<Choice>, ticked: Array<string>, 
/**
 * Pages, as names for the picture door.
 */
pages: Array<string>, needs_scan: boolean, needs_return: boolean, returned: boolean, };

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

export type PrintState = "Ready" | "Printing" | "AskPerson" | "Unknown" | "Failed" | "Spoiled" | "Made";

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

export type FaultKind = "Refused" | "Correct" | "Attend" | "Later" | "Broken";
