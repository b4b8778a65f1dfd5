// Corrections of a form: their fields by name, and the one the page itself asks for, when no request can be formed.
import type { Fault, FieldFault } from '../contract'
import { errorSummary } from './frame'
import { typed } from './identity'
import { door, people, unmask } from './people'
import { applicant, archive, delivery, materials } from './steps'
import { day, stock } from './stock'

/** The labels of the fields a correction may name. */
export const labels: Partial<Record<string, string>> = {
  mode: applicant.mode,
  hukou: applicant.hukou,
  hukou_basis: applicant.hukouBasis,
  phone: applicant.phone,
  contact_address: applicant.contactAddress,
  department: applicant.department,
  proof: delivery.proof,
  receiver: delivery.receiver,
  to: archive.to,
  name: door.name,
  password: door.password,
  again: door.again,
  old: people.oldPassword,
  roles: people.roles,
  reason: unmask.reason,
  paper: materials.newspaper,
  published: materials.published,
  page: materials.newspaperPage,
  number: '号码',
  condition: materials.condition,
  looked_at: materials.history,
  acknowledged: materials.promise,
  files: materials.folder,
  sex: '性别',
  ethnicity: typed.ethnicity,
  birth: '出生日期',
  address: typed.address,
  issuing_authority: '签发机关',
  valid_from: '有效期起',
  valid_until: typed.validUntil,
  first: stock.first,
  last: stock.last,
  block_first: stock.first,
  block_last: stock.last,
  count: stock.count,
  source: stock.source,
  serial: stock.serial,
  cause: stock.cause,
  blanks: day.blanks,
  old_cards: day.oldCards,
}

/** Answers that have not been given. */
export function missing(fields: FieldFault[]): Fault {
  return { kind: 'correct', code: 'page.unanswered', what: errorSummary.title, do_now: '', call: '', fields, reasons: [], incident: null }
}
