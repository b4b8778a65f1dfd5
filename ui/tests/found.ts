// What a search finds.
import type { FoundLine } from '../src/contract'

/** Cases of several years, as a search finds them. */
export const foundLines: FoundLine[] = [
  { case: 'HS0101-20211108-0012', name: '欧**', kind_name: '首次办理', stage_name: '制证中', card: 'YYHS0101000042', card_is_void: false, opened: '2021年11月8日', delivered: null, closed: false },
  { case: 'HS0101-20211108-0003', name: '阿***·***', kind_name: '首次办理', stage_name: '填写中，已暂存', card: null, card_is_void: false, opened: '2021年11月8日', delivered: null, closed: false },
  { case: 'HS0101-20210305-0007', name: '䶮*', kind_name: '遗失补发', stage_name: '办结，已归档', card: 'YYHS0101000038', card_is_void: false, opened: '2021年3月5日', delivered: '2021年3月5日', closed: true },
  { case: 'HS0101-20200917-0002', name: '欧*', kind_name: '首次办理', stage_name: '不予收件', card: null, card_is_void: false, opened: '2020年9月17日', delivered: null, closed: true },
  { case: 'HS0101-20190612-0011', name: '上***', kind_name: '破损补发', stage_name: '申请人已撤回', card: null, card_is_void: false, opened: '2019年6月12日', delivered: null, closed: true },
  { case: 'HS0101-20190403-0001', name: '欧**', kind_name: '首次办理', stage_name: '办结，已归档', card: 'YYHS0101000001', card_is_void: false, opened: '2019年4月3日', delivered: '2019年4月4日', closed: true },
]
