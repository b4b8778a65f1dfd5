// The page on which a card's code is checked: nothing looked at yet, a card that is signed, and one that is not.
import type { CardCodeView } from '../src/contract'

const acts = [{ ask: 'check_card_code', allowed: true, why_not: null }]

export const cardCodeEmpty: CardCodeView = { checked: null, acts }

export const cardCodeSigned: CardCodeView = {
  checked: {
    signed: true,
    what: '签名有效',
    do_now: '签名有效只说明内容没有被改过，不说明证没有挂失。请与证面和本人核对。',
    lines: [
      { name: '姓名', value: '阿卜杜拉·买买提·热合曼·托合提江·阿不都热西提' },
      { name: '性别', value: '男' },
      { name: '出生', value: '1946年3月2日' },
      { name: '证号', value: 'YYHS0101000001' },
      { name: '发证机关', value: '老龄工作部门' },
      { name: '发证日期', value: '2021年11月8日' },
    ],
  },
  acts,
}

export const cardCodeForged: CardCodeView = {
  checked: { signed: false, what: '签名对不上：不是窗口 0123456789abcdef 签的，或者内容被改过', do_now: '请向发证的窗口核实，并告诉县级主管部门', lines: [] },
  acts,
}
