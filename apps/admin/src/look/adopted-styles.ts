import createCache from '@emotion/cache'
import { type Options, StyleSheet } from '@emotion/sheet'

/**
 * Emotion's style sheet on constructed sheets (`document.adoptedStyleSheets`) instead of `<style>` elements. The Content-Security-Policy can
 * then refuse every inline style, and needs neither `'unsafe-inline'` nor a nonce in each page.
 */
class AdoptedStyleSheet extends StyleSheet {
  private readonly rules = new CSSStyleSheet()

  constructor(options: Options) {
    super({ ...options, speedy: true })
    const adopted = document.adoptedStyleSheets
    // Global rules come before those of components, as the order of their elements would have it.
    document.adoptedStyleSheets = options.key.endsWith('-global') ? [this.rules, ...adopted] : [...adopted, this.rules]
  }

  override hydrate(): void {}

  override insert(rule: string): void {
    try {
      this.rules.insertRule(rule, this.rules.cssRules.length)
    } catch {
      // A rule for the engine of another browser, `::-moz-focus-inner`: no browser takes them all.
    }
  }

  override flush(): void {
    this.rules.replaceSync('')
  }
}

/** Emotion's cache for the whole console. */
export function createAdoptedCache() {
  const cache = createCache({ key: 'ev' })
  cache.sheet = new AdoptedStyleSheet({ key: 'ev', container: document.head })
  return cache
}
