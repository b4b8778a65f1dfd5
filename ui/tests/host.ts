// The host of the unit tests: keeps what was asked and answers what it is told to.
import type { Fault, Request, View } from '../src/contract'
import type { Host } from '../src/host/host'

export const asked: Request[] = []
/** Fields that were left, apart from what was asked. */
export const left: Extract<Request, { ask: 'keep_entry' }>[] = []
export const answers: (Fault | Error | null)[] = []

export const host: Host = {
  ask(request: Request): Promise<Fault | null> {
    if (request.ask === 'keep_entry') {
      left.push(request)
      return Promise.resolve(null)
    }
    asked.push(request)
    const answer = answers.shift() ?? null
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer)
  },
  picture(name: string): Promise<string> {
    return name === 'lost' ? Promise.reject(new Error('no such picture')) : Promise.resolve(`blob:${name}`)
  },
  listen(_show: (view: View) => void): Promise<void> {
    return Promise.resolve()
  },
}
