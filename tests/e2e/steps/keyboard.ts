import type { Page } from '@playwright/test'

/** Counts what a person without a mouse does: each key that is not a letter, and each word typed. */
export class Keyboard {
  actions = 0

  constructor(readonly page: Page) {}

  async press(key: string): Promise<void> {
    this.actions += 1
    await this.page.keyboard.press(key)
  }

  async type(text: string): Promise<void> {
    this.actions += 1
    await this.page.keyboard.type(text)
  }

  /** Moves on until the focus is on what has this name. */
  async tabTo(name: string, most = 20): Promise<void> {
    for (let steps = 0; steps < most; steps += 1) {
      if ((await this.#focused()) === name) return
      await this.press('Tab')
    }
    throw new Error(`${most} times Tab do not lead to "${name}", but to "${await this.#focused()}"`)
  }

  /** The accessible name, near enough: a label, aria-label or the text of a button or link. */
  #focused(): Promise<string> {
    return this.page.evaluate(() => {
      const element = document.activeElement as HTMLInputElement | null
      const label = element?.getAttribute('aria-label') ?? element?.labels?.[0]?.textContent ?? element?.textContent ?? ''
      return label.trim()
    })
  }
}
