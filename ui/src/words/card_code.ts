// Words of the page on which the code of a card is checked (验证证件).
export const cardCode = {
  open: '验证证件',
  title: '验证证件',
  hint: '把证件背面的二维码放在相机下拍一张，再按“看这张”。不用联网。',
  check: '看这张',
  nothing: '还没有看过证件。',
} as const
