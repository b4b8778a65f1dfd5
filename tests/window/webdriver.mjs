// A W3C WebDriver client: no dependency, nothing to download.

export class Driver {
  /** Opens a session at a driver's address. An application that shows no window makes the driver wait, hence the limit. */
  static async start(address, capabilities) {
    const driver = new Driver(address)
    const session = await driver.#call('POST', '/session', { capabilities: { alwaysMatch: capabilities } }, 30_000)
    driver.#session = `/session/${session.sessionId}`
    return driver
  }

  #address
  #session

  constructor(address) {
    this.#address = address
  }

  handles = () => this.#ask('GET', '/window/handles')
  enter = (handle) => this.#ask('POST', '/window', { handle })
  title = () => this.#ask('GET', '/title')
  url = () => this.#ask('GET', '/url')
  go = (url) => this.#ask('POST', '/url', { url })
  quit = () => this.#ask('DELETE', '')

  /** Runs a function body in the page and gives what it returns. */
  inPage = (script, ...args) => this.#ask('POST', '/execute/sync', { script, args })

  /** The same for a body that calls its last argument when it is done. */
  inPageLater = (script, ...args) => this.#ask('POST', '/execute/async', { script, args })

  /** The page as a PNG. */
  picture = async () => Buffer.from(await this.#ask('GET', '/screenshot'), 'base64')

  /** The visible text of the first element that fits. */
  async text(css) {
    const found = await this.#ask('POST', '/element', { using: 'css selector', value: css })
    return this.#ask('GET', `/element/${Object.values(found)[0]}/text`)
  }

  #ask(method, path, body) {
    return this.#call(method, this.#session + path, body, 15_000)
  }

  async #call(method, path, body, patience) {
    const response = await fetch(this.#address + path, {
      method,
      body: body === undefined ? undefined : JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
      signal: AbortSignal.timeout(patience),
    })
    const { value } = await response.json()
    if (!response.ok || value?.error) throw new Error(`${method} ${path}: ${value?.error}: ${value?.message}`)
    return value
  }
}

/** Asks `question` again until its answer is true, and gives it. An error counts as not yet. */
export async function until(what, question, patience = 20_000) {
  const end = Date.now() + patience
  for (;;) {
    let refused
    const answer = await Promise.resolve().then(question).catch((error) => ((refused = error), false))
    if (answer) return answer
    if (Date.now() > end) throw new Error(`waited ${patience} ms for ${what}`, { cause: refused })
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
