// The page on which the card printer is put right: nobody measured yet, readings that are half typed, and what was found.
import type { CalibrationView } from '../src/contract'

const line = (ask: string, allowed = true, why_not: string | null = null) => ({ ask, allowed, why_not })

export const calibrationNew: CalibrationView = {
  stock: 'card-cr80',
  width_mm: 85.6,
  height_mm: 54,
  crosses: [
    { number: 1, x: 12, y: 12 },
    { number: 2, x: 73.6, y: 12 },
    { number: 3, x: 42.8, y: 27 },
    { number: 4, x: 12, y: 42 },
    { number: 5, x: 73.6, y: 42 },
  ],
  sides: [
    { side: 'front', name: '正面', lines: [], measured: '' },
    { side: 'back', name: '背面', lines: [], measured: '' },
  ],
  sheet: null,
  found: null,
  acts: [line('print_calibration'), line('measure_calibration'), line('scan_calibration'), line('keep_calibration', false, '请先量校准页。')],
}

export const calibrationSheet: CalibrationView = { ...calibrationNew, sheet: 'taken' }

export const calibrationFound: CalibrationView = {
  ...calibrationSheet,
  sides: [
    { side: 'front', name: '正面', lines: ['印得偏左 0.42 毫米，偏下 0.18 毫米', '横向是应有的 100.12%，纵向是 99.95%，顺时针转了 0.21 度'], measured: '2021年11月8日 9:12　周敏' },
    { side: 'back', name: '背面', lines: [], measured: '' },
  ],
  found: {
    side: 'front',
    lines: ['印得偏左 1.98 毫米，偏下 0.03 毫米', '横向是应有的 100.00%，纵向是 100.00%，顺时针转了 0.00 度', '校准前最多差 1.99 毫米；只量了两个十字，读数不能互相核对'],
    kept: false,
  },
  acts: [line('print_calibration'), line('measure_calibration'), line('scan_calibration'), line('keep_calibration')],
}

export const calibrationKept: CalibrationView = { ...calibrationFound, found: calibrationFound.found && { ...calibrationFound.found, kept: true } }
