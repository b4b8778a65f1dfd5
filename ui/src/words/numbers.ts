// How numbers are written for the eye.

/** An identity number in its natural groups: region, birth, order. Anything else stays as it came. */
export function grouped(number: string): string {
  return number.length === 18 ? `${number.slice(0, 6)} ${number.slice(6, 14)} ${number.slice(14)}` : number
}

/** Millimetres with one digit after the point. */
export function tenths(mm: number): string {
  return mm.toFixed(1)
}
