// The host of the unit tests: keeps what was asked and answers what it is told to.
import type { Fault, View } from '../src/contract'
import type { Asking, Host } from '../src/host/host'

export const asked: Asking[] = []
export const answers: (Fault | Error | null)[] = []

export const host: Host = {
  ask(request: Asking): Promise<Fault | null> {
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
