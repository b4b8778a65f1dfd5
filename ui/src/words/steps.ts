// Words of the eleven steps' own screens.

export const identify = {
  lead: '请把身份证平放在读卡器上',
  point1: '人像那面朝上，放平，不要动',
  point2: '只用二代身份证，复印件和手机照片不行',
  read: '读身份证',
  reading: '正在读卡……',
  usual: '一般 3 秒读完',
  slow: '比平时久。请拿起来，重新放平；还不行就按“停下”。',
  stop: '停下',
  drawing: '身份证平放在读卡器上',
} as const

export const applicant = {
  mode: '谁来办？',
  modes: { in_person: '本人来办', agent: '代理人来办' },
  hukou: '户口在哪里？',
  hukous: { local: '本窗口所在区县', outside: '外地' },
  hukouBasis: '凭什么这样定',
  hukouBasisHint: '例如：身份证住址在本区；或看过户口簿、居住证',
  phone: '联系电话',
  phoneHint: '手机，或带区号的座机',
  contactAddress: '现在住哪里',
  contactAddressHint: '能找到人的地址',
  department: '承办部门',
  departmentPick: '请选承办部门',
  chooseMode: '请选谁来办',
  chooseHukou: '请选户口在哪里',
  chooseDepartment: '请选承办部门',
  next: '填好了',
} as const

export const eligibility = {
  lead: '按政策核对：年龄、户口、有没有领过',
  leadHint: '核对的每一条，都会写明依据。',
  judge: '核对资格',
  again: '重新核对',
  yes: '符合条件',
  no: '不符合条件',
  passed: '符合',
  failed: '不符合',
  why: '为什么',
  refuse: '不予收件',
} as const

export const materials = {
  scan: '扫描',
  scanAgain: '再扫一页',
  inspected: '已看过原件',
  errors: '有这些毛病就勾上',
  noErrors: '规程没有列常见毛病，看过原件就行。',
  fine: '看过了，没问题',
  withErrors: (count: number) => `看过了，有 ${count} 处问题`,
  giveBack: '原件已还给申请人',
  page: (number: number) => `第 ${number} 页`,
  noPage: '还没有扫描。把原件放在高拍仪下，按“扫描”。',
  todo: '待核对',
  toReturn: '待退还',
  problem: '有问题',
  done: '好了',
  enough: '材料都看过了',
} as const

export const photo = {
  take: '取照片',
  again: '重拍',
  leadNone: '请老人坐正，摘帽子，脸对着镜头',
  leadNoneHint: '拍好后按“取照片”，程序会量尺寸、看清不清楚。',
  taken: '要印的照片',
  original: '原图',
  chip: '身份证芯片照片',
  noChip: '芯片照片不可显示，请对着身份证看',
  measured: '量出来的',
  fine: '合格',
  notice: '留意',
  blocks: '不合格',
  size: (width: string, height: string) => `${width} × ${height} 毫米`,
  ask: '请您看一看',
  same: '是本人',
  bare: '没戴帽子',
  recent: '是近期的',
  yes: '是',
  no: '不是',
  confirm: '是本人，免冠，近期',
  reject: '照片不行，记下来',
  unanswered: '先答完三个问题',
} as const

export const acceptance = {
  ready: '可以受理了',
  readyHint: '受理后打印收文清单，开始计 30 分钟。受理后前面的内容不能再改。',
  accept: '受理',
  gaps: (count: number) => `还差 ${count} 项`,
  gapsHint: '请一次都告诉申请人。',
  redo: '去补',
  receipt: '收文清单编号',
} as const

export const numbering = {
  lead: '给这张证取一个号',
  hint: '号取出来就归这张证，不会再给别人。',
  left: '空白证还有',
  cards: (count: number) => `${count} 张`,
  mode: '取号方式',
  number: '证号',
  take: '取号',
} as const

export const printing = {
  front: '正面',
  back: '背面',
  trueSize: '与实物一样大',
  noPreview: '预览还没有画好',
  print: '打印',
  reprint: '重新打印',
  reprintReason: '为什么重打',
  reprintHint: '例如：卡纸、颜色不全',
  wait: '正在打印',
  waitUsual: '一般不到 1 分钟',
  waitSlow: '比平时久。请看打印机有没有亮灯报错；程序会等着，不会重复打。',
  ask: '卡片打印好了吗？',
  askHint: (number: string) => `请把卡片拿在手里看一看：姓名、照片清楚，证号是 ${number}。`,
  good: '好卡',
  goodHint: '清楚、端正，可以发',
  bad: '废卡',
  badHint: '花了、歪了、缺了',
  cause: '废在哪里',
  causes: ['印花了', '印歪了', '字缺了', '卡面有划痕', '没有出卡'],
  causeOther: '别的原因',
  causeSend: '记为废卡',
  unknown: '不知道是否已出卡',
  unknownHint: '打印时断了。请先看出卡口和打印机里有没有这张卡，再回答。',
  unknownGood: '有卡，是好的',
  unknownBad: '没有卡，或者坏了',
  failed: '这次没有打印成',
  spoiled: '这张卡记为废卡了',
  made: '卡片做好了',
  needCause: '请选废在哪里',
  needReason: '请写为什么重打',
  number: '证号',
} as const

export const delivery = {
  lead: '把证交给老人',
  number: '证号',
  proof: '凭什么领？',
  receiver: '谁领走？',
  receivers: { applicant: '本人', agent: '代理人', other: '其他人' },
  deliver: '已交到手里',
  chooseProof: '请选凭什么领',
  chooseReceiver: '请选谁领走',
} as const

export const rating = {
  ask: '您对这次办理满意吗？',
  hint: '点一个就行。不想评也可以。工作人员看不到您选了哪一个。',
  faces: { 5: '非常满意', 4: '满意', 3: '基本满意', 2: '不满意', 1: '非常不满意' },
  decline: '不评价',
  turn: '请把屏幕转向申请人',
} as const

export const archive = {
  papers: '纸质材料',
  done: '已处理',
  todo: '待处理',
  to: '交给谁',
  toHint: '归档人员姓名',
  needTo: '请写交给谁',
  hand: '交接完成',
  handed: '已经交接',
  seal: '封存归档',
  sealHint: '封存后这件事就办完了，不能再改。',
} as const
