// The outbox laid open, as the desk shows it: a message in each state, with the words of its cause.
import type { BacklogView, OutboxLine, OutboxView, StickView } from '../src/contract'

const NOW = 1_636_340_000_000

function line(state: OutboxLine['state'], state_name: string, place: number, more: Partial<OutboxLine>): OutboxLine {
  return {
    message: `00000000-0000-0000-0000-00000000000${place}`,
    state,
    state_name,
    platform_name: '市一体化平台',
    kind_name: '受理材料',
    case: `HS0101-20211108-000${place}`,
    cause: '',
    do_now: '',
    said: null,
    next: null,
    due_ms: null,
    tries: 0,
    exported: null,
    retry: false,
    settle: false,
    ...more,
  }
}

const stick: StickView = {
  missing: null,
  exportable: 3,
  last: '第 1 份，昨天 16:20，2 条',
  answers: [{ value: 'answers-HS0101-0001.yda', name: 'answers-HS0101-0001.yda' }],
  busy: false,
  note: null,
  counter_key: null,
}

export const noStick: StickView = { ...stick, missing: '没有看到 U 盘。请插好送县里的 U 盘，等几秒钟。', answers: [], last: null }

export const warned: BacklogView = {
  stopped: false,
  what: '待发的消息有 312 条，达到了 300 条；最早的一条已经等了 6 天，达到了 5 天',
  do_now: '不影响办理。请联系 技术支持 0737-0000000 恢复网络，或在发件箱把待发的导出到 U 盘送县里。',
}

export const stopped: BacklogView = {
  stopped: true,
  what: '待发的消息有 1000 条，达到了 1000 条',
  do_now: '暂时不能开办新的。已经开办的事可以接着办完。请联系 技术支持 0737-0000000 恢复网络，或在发件箱导出到 U 盘送县里。',
}

export const outboxView: OutboxView = {
  lines: [
    line('rejected', '被退回', 1, {
      cause: '平台退回，代码 BAD_NUMBER。',
      do_now: '请把平台的话问承办部门；平台那边改好了，再点“再发一次”。这件事后面的消息先不发，别的事照常。',
      said: '证件号码 ****************** 与库中不符',
      tries: 2,
      retry: true,
    }),
    line('unknown', '要问清楚', 2, {
      kind_name: '制证报备',
      platform_name: '报备平台',
      cause: '发出去了，没有收到回答，不知道平台收没收到。',
      do_now: '请打电话问平台：收到了就填回执号；没收到就再发一次。',
      tries: 1,
      settle: true,
    }),
    line('closed', '平台已关', 3, { cause: '这个平台已经关闭，材料都在本站。', do_now: '不影响办理。请问承办部门；平台恢复后再点“再发一次”。', tries: 1, retry: true }),
    line('due', '待发', 4, { cause: '网络不通。', do_now: '请看网线和路由器。网络好了会自动再发，也可以导出到 U 盘送县里。', next: '今天 11:00', due_ms: NOW + 3 * 60_000 + 500, tries: 7, exported: '昨天 16:20', retry: true }),
    line('in_flight', '正在发', 5, { kind_name: '好差评', platform_name: '好差评平台', cause: '已经发出，在等平台回答。', tries: 1 }),
    line('held', '排在后面', 1, { message: '00000000-0000-0000-0000-000000000009', kind_name: '好差评', platform_name: '好差评平台', cause: '同一件事前面的一条被退回了。', do_now: '请先处理被退回的那一条。' }),
  ],
  undone: 6,
  arrived_today: 12,
  platforms: [
    { platform: 'city', name: '市一体化平台', waiting: 2 },
    { platform: 'rating', name: '好差评平台', waiting: 1 },
  ],
  stick,
  now_ms: NOW,
  acts: (['retry_message', 'retry_platform', 'settle_message', 'export_outbox', 'import_answers'] as const).map((ask) => ({ ask, allowed: true, why_not: null })),
}
