// A correction that the page itself asks for: an answer that has not been given, so that no request can be formed.
import type { Fault, FieldFault } from '../contract'
import { errorSummary } from './frame'

export function missing(fields: FieldFault[]): Fault {
  return { kind: 'correct', code: 'page.unanswered', what: errorSummary.title, do_now: '', call: '', fields, reasons: [], incident: null }
}
