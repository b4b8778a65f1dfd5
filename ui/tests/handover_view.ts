// The page of the hand-over at a hall: papers that wait for the issuing staff, and papers that wait for the archive.
import type { HandOverRow, HandOverView } from '../src/contract'

function row(n: number, more: Partial<HandOverRow> = {}): HandOverRow {
  const number = `HS0100-20211108-000${n}`
  return { case: number, package: `DA-${number}`, name: '欧*', papers: ['收文清单'], old_card: null, why_not: null, ...more }
}

export const handOverView: HandOverView = {
  issuer: [row(1), row(2, { name: '柳**', why_not: '原件还没有还给申请人' })],
  archivist: [
    row(3, { name: '周**', papers: ['收文清单', '旧优待证'], old_card: '旧证：证号 YYHS000012，折断，字迹看不清' }),
    row(4, { name: '赵*' }),
  ],
  last: 'YDHS0100-20211108-001',
  packages: 3,
  left: null,
  acts: [
    { ask: 'sign_hand_over', allowed: true, why_not: null },
    { ask: 'export_packages', allowed: true, why_not: null },
  ],
}
