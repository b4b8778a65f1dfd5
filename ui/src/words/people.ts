// Words of the door and of the list of people.

export const door = {
  signIn: '请登录',
  signInHint: '输入您自己的姓名和密码。办的每一步都记在您名下。',
  name: '姓名',
  password: '密码',
  passwordHint: (shortest: number) => `至少 ${shortest} 个字符，不要用好猜的，如 12345678`,
  again: '再输一次密码',
  notTheSame: '两次输入的密码不一样',
  go: '登录',
  firstRun: '第一次使用：设管理员',
  firstRunHint: '管理员添加窗口人员、重设密码，自己不办件。请由单位指定的人来设，并记牢密码：忘了没有别的办法进来。',
  firstRunGo: '设好了',
  firstRunName: '管理员姓名',
} as const

export const people = {
  title: '窗口人员',
  hint: '管理员不办件。办件的人用自己的姓名登录。',
  add: '添加人员',
  own: '您自己',
  roles: '岗位',
  changeRoles: '改岗位',
  resetPassword: '重设密码',
  ownPassword: '改密码',
  dismiss: '停用',
  newPassword: '新密码',
  oldPassword: '原来的密码',
  save: '保存',
  cancel: '先不',
  dismissAsk: (name: string) => `停用${name}？`,
  dismissText: '停用后不能再登录。以前办过的件，名字仍然留着。',
  addTitle: '添加人员',
  rolesTitle: (name: string) => `${name}的岗位`,
  passwordTitle: (name: string) => `${name}的新密码`,
  passwordText: '设好后请当面告诉本人，请本人登录后自己再改。',
} as const

export const session = {
  signOut: '退出',
  ownPassword: '改密码',
} as const

export const unmask = {
  show: '显示完整证号',
  ask: '为什么要看完整证号？',
  text: '原因和您的姓名会记进台账。离开这件事后，证号会重新遮住。',
  reason: '原因',
  yes: '显示',
} as const
