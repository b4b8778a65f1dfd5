// Words of the parts that are not bound to a step.

export const picture = { lost: '图片打不开', coming: '图片正在取……' } as const

export const ask = { cancel: '先不', close: '关上' } as const

export const page = { back: '回到大厅' } as const
