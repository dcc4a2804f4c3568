import { setTimeout as pause } from 'node:timers/promises'

const pollMs = 10

/**
 * Waits until `condition` gives something truthy, and gives that back. A condition that throws is asked again. Fails after
 * `timeoutMs` with what the condition last said.
 */
export async function until<T>(
  condition: () => T | Promise<T>,
  { timeoutMs }: { timeoutMs: number },
): Promise<Exclude<T, false | null | undefined | 0 | ''>> {
  const deadline = performance.now() + timeoutMs
  for (;;) {
    const answer = await ask(condition)
    if (answer.value) return answer.value as Exclude<T, false | null | undefined | 0 | ''>
    if (performance.now() > deadline) {
      const said = answer.error ?? String(answer.value)
      throw new Error(`Waited ${timeoutMs} ms in vain; the condition last said: ${said}`, { cause: answer.error })
    }
    await pause(pollMs)
  }
}

async function ask<T>(condition: () => T | Promise<T>): Promise<{ value?: T; error?: unknown }> {
  try {
    return { value: await condition() }
  } catch (error) {
    return { error }
  }
}
